"""Les photos et les logos reçus : reconnus par leur contenu, bornés, ré-encodés sans métadonnées.

Pur : des octets entrent, des octets sortent. Ni base, ni disque, ni réseau. Les dimensions se
lisent dans l’en-tête : une image trop grande est refusée avant d’être décodée.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageFile, ImageOps

POIDS_MAX = 20_000_000
MEGAPIXELS_MAX = 50
# PNG et WebP se décodent en entier ; un JPEG se lit directement en plus petit
MEGAPIXELS_MAX_SANS_PERTE = 30
COTE_MIN = 32
COTE_PHOTO, COTE_LOGO = 1600, 800
QUALITE = 82
FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP"}
ACCEPTES = "image/jpeg,image/png,image/webp"
AIDE = (
    f"JPEG, PNG ou WebP, {POIDS_MAX // 1_000_000}\u00a0Mo et"
    f" {MEGAPIXELS_MAX}\u00a0mégapixels au plus."
)


class ImageRefusee(ValueError):
    """Une image que l’on ne prend pas ; le message dit pourquoi et quoi faire."""


@dataclass(frozen=True, slots=True)
class ImagePrete:
    """Une image ré-encodée, en `image/jpeg` ou `image/png` ; dimensions en pixels."""

    octets: bytes
    type_mime: str
    largeur: int
    hauteur: int

    @property
    def sha256(self) -> str:
        return sha256(self.octets).hexdigest()

    @property
    def extension(self) -> str:
        return "png" if self.type_mime == "image/png" else "jpg"


def preparer_photo(octets: bytes) -> ImagePrete:
    """Un JPEG d’au plus 1 600 px, droit, sans rien qui dise où, quand ni par quel appareil.

    La transparence devient blanche. Lève ImageRefusee.
    """
    with _ouverte(octets) as image:
        droite = _reduite(image, COTE_PHOTO)
        neuve = Image.new("RGB", droite.size, "white")
        _poser(droite, neuve)
        return _ecrite(neuve, "JPEG", quality=QUALITE, optimize=True, progressive=True)


def preparer_logo(octets: bytes) -> ImagePrete:
    """Un PNG d’au plus 800 px, transparence gardée. Lève ImageRefusee."""
    with _ouverte(octets) as image:
        droite = _reduite(image, COTE_LOGO).convert("RGBA")
        neuve = Image.new("RGBA", droite.size)
        neuve.paste(droite)
        return _ecrite(neuve, "PNG", optimize=True)


def dimensions(octets: bytes) -> tuple[int, int]:
    """Largeur et hauteur annoncées par l’en-tête, en pixels. Lève ImageRefusee."""
    image = _en_tete(octets)
    return image.size


@contextmanager
def _ouverte(octets: bytes) -> Iterator[Image.Image]:
    """L’image, ses bornes vérifiées ; ce qui casse au décodage devient une phrase."""
    try:
        with _en_tete(octets) as image, _entiere():
            yield image
    except (OSError, SyntaxError, ValueError, MemoryError, Image.DecompressionBombError) as erreur:
        if isinstance(erreur, ImageRefusee):
            raise
        raise ImageRefusee(
            "Cette image est abîmée ou incomplète. Ouvrez-la sur votre ordinateur,"
            " enregistrez-la de nouveau en JPEG, puis recommencez."
        ) from erreur


@contextmanager
def _entiere() -> Iterator[None]:
    """WeasyPrint demande à Pillow de compléter en gris une image coupée ; ici, on la refuse."""
    complete = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = complete


def _en_tete(octets: bytes) -> Image.Image:
    if len(octets) > POIDS_MAX:
        raise ImageRefusee(trop_lourde(len(octets)))
    if _est_svg(octets):
        raise ImageRefusee(
            "Un dessin SVG n’est pas accepté\u00a0: exportez-le en PNG de 800 pixels de large."
        )
    try:
        with warnings.catch_warnings():
            # Nos bornes, plus basses, sont vérifiées juste après
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(octets), formats=tuple(FORMATS))
    except Image.DecompressionBombError as erreur:
        raise ImageRefusee(f"Cette image est trop grande. {AIDE}") from erreur
    except (OSError, SyntaxError, ValueError) as erreur:
        raise ImageRefusee(f"Ce fichier n’est pas une image que nous lisons. {AIDE}") from erreur
    _verifier_la_taille(image)
    return image


def _verifier_la_taille(image: Image.Image) -> None:
    largeur, hauteur = image.size
    limite = MEGAPIXELS_MAX if image.format == "JPEG" else MEGAPIXELS_MAX_SANS_PERTE
    if largeur * hauteur > limite * 1_000_000:
        raise ImageRefusee(
            f"Cette image a {largeur * hauteur // 1_000_000} mégapixels\u00a0; {limite} au plus"
            f" en {FORMATS[image.format or 'PNG']}. Réduisez-la, 1 600 pixels de large suffisent."
        )
    if min(largeur, hauteur) < COTE_MIN:
        raise ImageRefusee(
            f"Cette image est trop petite ({largeur} sur {hauteur} pixels) pour être imprimée."
        )


def trop_lourde(poids: int) -> str:
    """En mégaoctets entiers, arrondis au-dessus : « 21 Mo ; 20 Mo au plus »."""
    pese, limite = -(-poids // 1_000_000), POIDS_MAX // 1_000_000
    return (
        f"Ce fichier pèse {pese}\u00a0Mo\u00a0; {limite}\u00a0Mo au plus. Réduisez l’image,"
        " 1 600 pixels de large suffisent."
    )


def _est_svg(octets: bytes) -> bool:
    return b"<svg" in octets[:4096].lower()


def _reduite(image: Image.Image, cote: int) -> Image.Image:
    """Remise droite, puis ramenée à `cote` ; un JPEG se décode d’emblée à l’échelle voisine."""
    image.draft("RGB", (cote, cote))
    droite = ImageOps.exif_transpose(image)
    droite.thumbnail((cote, cote), Image.Resampling.LANCZOS)
    return droite


def _poser(image: Image.Image, fond: Image.Image) -> None:
    """Sur une image neuve : ni commentaire, ni profil, ni position ne passent."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        avec_alpha = image.convert("RGBA")
        fond.paste(avec_alpha, mask=avec_alpha.getchannel("A"))
    else:
        fond.paste(image.convert("RGB"))


def _ecrite(image: Image.Image, genre: str, **options: int | bool) -> ImagePrete:
    sortie = io.BytesIO()
    image.save(sortie, genre, **options)
    return ImagePrete(sortie.getvalue(), f"image/{genre.lower()}", image.width, image.height)
