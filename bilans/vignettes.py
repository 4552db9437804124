"""Une photo réduite pour l’écran, depuis l’original ré-encodé ; pure, sans disque ni réseau."""

import io

from PIL import Image

QUALITE = 72


def reduire(octets: bytes, largeur: int, extension: str) -> bytes:
    """La même image, pas plus large que `largeur`. `extension` : « jpg » ou « png ».

    L’original a été borné et ré-encodé à l’envoi : ici rien n’est plus à craindre de lui.
    """
    with Image.open(io.BytesIO(octets)) as lue:
        lue.load()
        image = _a_la_largeur(lue, largeur)
        sortie = io.BytesIO()
        if extension == "png":
            image.save(sortie, "PNG", optimize=True)
        else:
            image.convert("RGB").save(
                sortie, "JPEG", quality=QUALITE, optimize=True, progressive=True
            )
        return sortie.getvalue()


def _a_la_largeur(image: Image.Image, largeur: int) -> Image.Image:
    if image.width <= largeur:
        return image
    hauteur = max(1, round(image.height * largeur / image.width))
    return image.resize((largeur, hauteur), Image.Resampling.LANCZOS)
