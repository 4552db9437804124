"""Les fichiers dérivés que montre le site public : faits à la première demande, gardés ensuite."""

from pathlib import Path

from django.conf import settings

from bilans import image_partage, vignettes
from bilans.instantane import relire
from bilans.models import Bilan
from bilans.services.depot import ranger
from cls_platform.socle.svg.image import en_png
from contrats.models import Contrat

# Change quand le dessin change : les images gardées se refont
DESSIN = 1


def image_de_partage(bilan: Bilan) -> bytes:
    """Le PNG que montre un lien partagé ; un bilan publié ne change pas, son image non plus."""
    chemin = f"bilans/partage/{bilan.sha256}-{DESSIN}.png"
    if (garde := _lire(chemin)) is not None:
        return garde
    png = en_png(image_partage.dessiner(relire(bilan.instantane or {})), grossissement=1)
    ranger(chemin, png)
    return png


def photo_publiee(*, contrat: Contrat, sha256: str, largeur: int, extension: str) -> bytes | None:
    """La photo réduite, si un bilan publié et non retiré de ce contrat la montre ; sinon None."""
    if not Bilan.objects.qui_montrent(contrat, sha256).exists():
        return None
    chemin = f"bilans/reduites/{sha256}-{largeur}.{extension}"
    if (garde := _lire(chemin)) is not None:
        return garde
    original = _lire(f"bilans/images/{contrat.pk}/{sha256}.{extension}")
    if original is None:
        return None
    reduite = vignettes.reduire(original, largeur, extension)
    ranger(chemin, reduite)
    return reduite


def _lire(chemin: str) -> bytes | None:
    try:
        return (Path(settings.MEDIA_ROOT) / chemin).read_bytes()
    except FileNotFoundError:
        return None
