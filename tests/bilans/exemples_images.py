"""Des images d’essai, faites ici : une photo avec ses métadonnées, et ce que l’on refuse."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

ORIENTATION, APPAREIL, POSITION = 0x0112, 0x010F, 0x8825


def image(
    largeur: int = 400, hauteur: int = 300, genre: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """À gauche du rouge, à droite du bleu : on voit si elle est droite."""
    dessin = Image.new(mode, (largeur, hauteur), "blue")
    dessin.paste("red", (0, 0, largeur // 2, hauteur))
    sortie = io.BytesIO()
    dessin.save(sortie, genre, **options)
    return sortie.getvalue()


def photo_de_telephone() -> bytes:
    """Couchée, avec son appareil et sa position."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[APPAREIL] = "Appareil Espion"
    exif.get_ifd(POSITION)[1] = "N"
    exif.get_ifd(POSITION)[2] = (48.0, 6.0, 8.0)
    return image(genre="JPEG", exif=exif, comment=b"chez moi")


def png_annonce(largeur: int, hauteur: int) -> bytes:
    """Un PNG de quelques octets dont l’en-tête annonce ces dimensions."""
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    corps = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(octets))
        + genre
        + octets
        + struct.pack(">I", zlib.crc32(genre + octets))
        for genre, octets in ((b"IHDR", entete), (b"IDAT", corps), (b"IEND", b""))
    )


def jpeg_annonce(largeur: int, hauteur: int) -> bytes:
    """Un JPEG dont l’en-tête ment sur ses dimensions."""
    vraie = image(64, 64)
    place = vraie.index(b"\xff\xc0") + 5
    return vraie[:place] + struct.pack(">HH", hauteur, largeur) + vraie[place + 4 :]
