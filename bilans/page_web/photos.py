"""Une photo sur une page : deux largeurs, son texte alternatif, son crédit."""

from collections.abc import Callable
from dataclasses import dataclass

from bilans.instantane import Image

# En px : un téléphone, une colonne de lecture
LARGEURS = (480, 960)

# De l’image et d’une largeur à l’adresse
Adresser = Callable[[Image, int], str]


@dataclass(frozen=True, slots=True)
class PhotoWeb:
    """`largeur` et `hauteur` réservent la place avant que l’image arrive."""

    adresse: str
    toutes: str
    alternative: str
    credit: str
    largeur: int
    hauteur: int


def photo(image: Image | None, adresser: Adresser) -> PhotoWeb | None:
    if image is None:
        return None
    largeurs = [min(largeur, image.largeur) for largeur in LARGEURS]
    return PhotoWeb(
        adresse=adresser(image, LARGEURS[0]),
        toutes=", ".join(
            f"{adresser(image, voulue)} {servie}w"
            for voulue, servie in zip(LARGEURS, largeurs, strict=True)
        ),
        alternative=image.alternative,
        credit=image.credit,
        largeur=largeurs[-1],
        hauteur=max(1, round(image.hauteur * largeurs[-1] / image.largeur)),
    )
