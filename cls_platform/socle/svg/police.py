"""La police d'une image emportée : les seuls signes qu'elle écrit, dans l'image elle-même."""

import base64
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont

from cls_platform.socle.svg.feuille import POLICE

GRAISSES = (400, 600)
# Sans crénage ni variantes : le placement des textes ne compte que les avances
TABLES_INUTILES = ["GSUB", "GPOS", "GDEF", "kern", "STAT", "DSIG", "meta"]


class PoliceAbsente(RuntimeError):
    """Les polices n’ont pas été construites."""


def fichiers_de_police(graisses: Iterable[int] = GRAISSES) -> list[Path]:
    """Lève PoliceAbsente si `static/vendor/polices` n’est pas construit."""
    dossier = Path(settings.BASE_DIR) / "static" / "vendor" / "polices"
    fichiers = [dossier / f"atkinson-hyperlegible-next-{graisse}.ttf" for graisse in graisses]
    if not all(fichier.exists() for fichier in fichiers):
        raise PoliceAbsente(
            "Les polices manquent. Lancez « manage.py construire_vendor », puis recommencez."
        )
    return fichiers


def police_incorporee(textes: Iterable[str], graisses: Iterable[int] = GRAISSES) -> str:
    """Les règles `@font-face` de ces graisses, réduites aux signes de ces textes."""
    signes = "".join(sorted(set("".join(textes))))
    return "".join(
        f"@font-face{{font-family:'{POLICE}';font-weight:{graisse};"
        f"src:url(data:font/woff2;base64,{_reduite(fichier, signes)})format('woff2')}}"
        for graisse, fichier in zip(graisses, fichiers_de_police(graisses), strict=True)
    )


@lru_cache(maxsize=64)
def _reduite(fichier: Path, signes: str) -> str:
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=[],
        name_IDs=[],
        notdef_outline=True,
        drop_tables=TABLES_INUTILES,
    )
    police = TTFont(fichier, recalcTimestamp=False)
    reduction = subset.Subsetter(options)
    reduction.populate(text=signes)
    reduction.subset(police)
    sortie = io.BytesIO()
    subset.save_font(police, sortie, options)
    return base64.b64encode(sortie.getvalue()).decode()
