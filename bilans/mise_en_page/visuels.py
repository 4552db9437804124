"""Photos et logos : où les trouver, ce qu’ils montrent, la place qu’ils prennent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bilans.instantane import Image
from bilans.mise_en_page.mots_ecrits import typo

# Rend l’adresse d’une image, vide si elle n’est pas là : elle ne paraît pas.
Adresser = Callable[[Image], str]

HAUTEUR_LOGO, LARGEUR_LOGO, ECART_LOGOS = 14.0, 42.0, 8.0
LOGOS_MAXIMUM = 8


@dataclass(frozen=True, slots=True)
class Visuel:
    """Une image prête à poser ; `credit` vide pour un logo."""

    adresse: str
    alternative: str
    credit: str
    millimetres: tuple[float, float] = (0.0, 0.0)

    @property
    def style(self) -> str:
        large, haut = self.millimetres
        return f"width:{large:.1f}mm;height:{haut:.1f}mm"


def sans_image(_image: Image) -> str:
    return ""


def photo(image: Image | None, adresse: Adresser) -> Visuel | None:
    """None sans image, ou si son fichier n’est pas là."""
    if image is None or not (ou := adresse(image)):
        return None
    return Visuel(ou, typo(image.alternative), typo(_credit(image.credit)))


def _credit(dit: str) -> str:
    """« Photo : » une seule fois, que la personne l’ait écrit ou non."""
    return dit if not dit or dit.lower().startswith("photo") else f"Photo : {dit}"


def logos(images: Iterable[Image], adresse: Adresser, largeur: float = 174.0) -> list[Visuel]:
    """Sur une ligne, dans l’ordre voulu, jamais déformés : de même hauteur tant qu’ils tiennent."""
    presents = [(i, ou) for i in images if i.largeur and i.hauteur and (ou := adresse(i))]
    presents = presents[:LOGOS_MAXIMUM]
    if not presents:
        return []
    larges = [min(HAUTEUR_LOGO * i.largeur / i.hauteur, LARGEUR_LOGO) for i, _ in presents]
    place = largeur - ECART_LOGOS * (len(presents) - 1)
    echelle = min(1.0, place / sum(larges))
    return [
        Visuel(ou, typo(image.alternative), "", _taille(large * echelle, image))
        for (image, ou), large in zip(presents, larges, strict=True)
    ]


def _taille(large: float, image: Image) -> tuple[float, float]:
    return large, large * image.hauteur / image.largeur
