"""De vraies petites images à la place de celles que l’exemple ne fait que décrire."""

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256

from PIL import Image as Dessin

from bilans.instantane import Image, Instantane, Texte


@cache
def octets(largeur: int, hauteur: int, couleur: str, genre: str = "JPEG") -> bytes:
    sortie = io.BytesIO()
    Dessin.new("RGB", (largeur, hauteur), couleur).save(sortie, genre)
    return sortie.getvalue()


def vraie(couleur: str, largeur: int = 1100, hauteur: int = 700, genre: str = "JPEG") -> tuple[
    Image, bytes
]:  # fmt: skip
    contenu = octets(largeur, hauteur, couleur, genre)
    empreinte = sha256(contenu).hexdigest()
    extension = "jpg" if genre == "JPEG" else "png"
    return Image(
        chemin=f"bilans/images/essai/{empreinte}.{extension}", sha256=empreinte,
        type_mime=f"image/{genre.lower()}", alternative=f"Une image d’essai, {couleur}",
        credit="" if genre == "PNG" else "Service d’essai", largeur=largeur, hauteur=hauteur,
    ), contenu  # fmt: skip


def donner(bilan: Instantane) -> tuple[Instantane, Mapping[str, bytes]]:
    """Un portrait, une photo de volet, une photo du zoom, trois logos."""
    images: dict[str, bytes] = {}

    def poser(couleur: str, *taille: int, genre: str = "JPEG") -> Image:
        image, contenu = vraie(couleur, *taille, genre=genre)
        images[image.chemin] = contenu
        return image

    premier, *suite = bilan.volets
    logos = (poser("navy", 800, 300, genre="PNG"), poser("olive", 400, 400, genre="PNG"),
             poser("maroon", 900, 240, genre="PNG"))  # fmt: skip
    textes = bilan.textes
    return replace(
        bilan,
        volets=(replace(premier, photo=poser("indigo")), *suite),
        textes=replace(
            textes,
            edito=_avec(textes.edito, poser("teal", 600, 800)),
            zoom=_avec(textes.zoom, poser("sienna", 1740, 980)),
        ),
        apparence=replace(bilan.apparence, logos=logos),
    ), images


def _avec(texte: Texte | None, photo: Image) -> Texte | None:
    return replace(texte, photo=photo) if texte else None
