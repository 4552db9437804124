"""Un tableau à télécharger : CSV, XLSX ou ODS."""

from django.http import HttpResponse

from cls_platform.socle.tableur.liste import TYPES


def a_telecharger(contenu: bytes, nom: str, extension: str) -> HttpResponse:
    """`extension` : l’une de TYPES."""
    return HttpResponse(
        contenu,
        content_type=TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}.{extension}"'},
    )
