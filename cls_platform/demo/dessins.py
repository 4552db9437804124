"""Les « photos » de la démonstration : des dessins faits ici, où personne ne se reconnaît."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

LARGEUR, HAUTEUR = 1600, 1000
CIEL, MER, SABLE, ENCRE = "#cfe3ea", "#2f6f86", "#e9d9b6", "#12323f"
VERT, VERT_SOMBRE, BLANC, SOLEIL, BRIQUE = "#5d8f5b", "#2f5d3a", "#fdfbf7", "#ffc23c", "#b3543b"

Trait = ImageDraw.ImageDraw


def dessiner(motif: str) -> bytes:
    """Un JPEG ; `motif` : une clé de MOTIFS."""
    taille, tracer = MOTIFS[motif]
    image = Image.new("RGB", taille, CIEL)
    tracer(ImageDraw.Draw(image))
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=90)
    return sortie.getvalue()


def _port(trait: Trait) -> None:
    trait.ellipse((1180, 90, 1380, 290), fill=SOLEIL)
    trait.polygon([(0, 520), (420, 330), (760, 520)], fill=VERT)
    trait.polygon([(500, 520), (1050, 400), (1600, 520)], fill=VERT_SOMBRE)
    trait.rectangle((0, 515, LARGEUR, HAUTEUR), fill=MER)
    for rang, x in enumerate((90, 250, 410)):
        _maison(trait, x, 515, 130, (BLANC, "#f0e4d0", BLANC)[rang])
    for y in (640, 740, 860):
        trait.line((0, y, LARGEUR, y - 30), fill="#4d8ba0", width=6)
    trait.polygon([(800, 720), (1300, 720), (1220, 820), (880, 820)], fill=BLANC)
    trait.rectangle((930, 620, 1110, 720), fill=BRIQUE)
    trait.line((1180, 720, 1180, 470), fill=ENCRE, width=10)
    trait.polygon([(1180, 480), (1270, 530), (1180, 570)], fill=SOLEIL)
    trait.rectangle((0, 900, LARGEUR, HAUTEUR), fill=SABLE)


def _marche(trait: Trait) -> None:
    trait.rectangle((0, 620, LARGEUR, HAUTEUR), fill=SABLE)
    for x in range(0, LARGEUR, 320):
        _maison(trait, x + 20, 620, 280, (BLANC, "#f3e0cc", "#e6ebe3")[x // 320 % 3])
    for rang, x in enumerate((120, 620, 1120)):
        teintes = (BRIQUE, MER, VERT_SOMBRE)[rang], BLANC
        for bande in range(6):
            gauche = x + bande * 60
            trait.rectangle((gauche, 560, gauche + 60, 660), fill=teintes[bande % 2])
        trait.line((x + 10, 660, x + 10, 900), fill=ENCRE, width=12)
        trait.line((x + 350, 660, x + 350, 900), fill=ENCRE, width=12)
        trait.rectangle((x, 780, x + 360, 850), fill="#8a5a33")
        for fruit in range(7):
            gauche = x + 18 + fruit * 48
            teinte = (SOLEIL, VERT, BRIQUE)[(fruit + rang) % 3]
            trait.ellipse((gauche, 735, gauche + 44, 779), fill=teinte)


def _chemin(trait: Trait) -> None:
    trait.rectangle((0, 480, LARGEUR, HAUTEUR), fill=VERT)
    trait.polygon([(690, 480), (790, 480), (1250, HAUTEUR), (350, HAUTEUR)], fill=SABLE)
    _maison(trait, 1080, 500, 290, BLANC)
    for x, y, rayon in ((180, 430, 150), (420, 400, 110), (960, 400, 90), (1520, 430, 130)):
        trait.rectangle((x - 14, y, x + 14, y + rayon + 120), fill="#6b4a2c")
        trait.ellipse((x - rayon, y - rayon, x + rayon, y + rayon), fill=VERT_SOMBRE)
    for rang in range(5):
        y = 540 + rang * 90
        trait.rectangle((735 - rang * 6, y, 755 + rang * 6, y + 40), fill=BLANC)
    trait.ellipse((120, 60, 300, 240), fill=SOLEIL)


def _silhouette(trait: Trait) -> None:
    """Le portrait de qui signe : une forme, aucun visage."""
    trait.rectangle((0, 0, 960, 1240), fill=ENCRE)
    for rayon in range(160, 1500, 130):
        trait.ellipse(
            (480 - rayon, 420 - rayon, 480 + rayon, 420 + rayon), outline="#2d5566", width=5
        )
    trait.ellipse((310, 250, 650, 620), fill=SOLEIL)
    trait.pieslice((80, 700, 880, 1780), 180, 360, fill=SABLE)


def _maison(trait: Trait, x: int, sol: int, large: int, teinte: str) -> None:
    haut = sol - large
    trait.rectangle((x, haut, x + large, sol), fill=teinte)
    sommet = (x + large // 2, haut - large // 2)
    trait.polygon([(x - 10, haut), sommet, (x + large + 10, haut)], fill=BRIQUE)
    porte = large // 4
    trait.rectangle((x + porte, sol - porte * 2, x + porte * 2, sol), fill=MER)


MOTIFS: dict[str, tuple[tuple[int, int], Callable[[Trait], None]]] = {
    "port": ((LARGEUR, HAUTEUR), _port),
    "marche": ((LARGEUR, HAUTEUR), _marche),
    "chemin": ((LARGEUR, HAUTEUR), _chemin),
    "silhouette": ((960, 1240), _silhouette),
}
