"""Les images qui entrent dans un document : seulement celles que l’instantané décrit, intactes."""

import io
import warnings
from collections.abc import Mapping
from hashlib import sha256

from PIL import Image as Lecteur

from bilans.instantane import Image, Instantane
from bilans.mise_en_page.visuels import Adresser

EXTENSIONS = {"image/jpeg": ("JPEG", ".jpg"), "image/png": ("PNG", ".png")}
# À l’ajout, une image est réduite bien au-dessous ; au-delà, elle n’est pas passée par là
POINTS_MAXIMUM, OCTETS_MAXIMUM = 16_000_000, 8_000_000


def images_sures(instantane: Instantane, images: Mapping[str, bytes]) -> dict[str, bytes]:
    """Par nom de fichier, les octets dont l’empreinte, le type et la taille sont ceux attendus.

    Une image absente, changée, ou d’un autre type n’y est pas : le document se fait sans elle.
    """
    return {
        nom_du_fichier(image): octets
        for image in instantane.images
        if (octets := images.get(image.chemin)) is not None and _est_intacte(image, octets)
    }


def adresser(sures: Mapping[str, bytes]) -> Adresser:
    """L’adresse que le gabarit écrit ; vide pour une image que l’on n’a pas."""

    def adresse(image: Image) -> str:
        if image.type_mime not in EXTENSIONS:
            return ""
        nom = nom_du_fichier(image)
        return f"cls:{nom}" if nom in sures else ""

    return adresse


def nom_du_fichier(image: Image) -> str:
    return f"{image.sha256}{EXTENSIONS.get(image.type_mime, ('', ''))[1]}"


def _est_intacte(image: Image, octets: bytes) -> bool:
    if image.type_mime not in EXTENSIONS or len(octets) > OCTETS_MAXIMUM:
        return False
    if sha256(octets).hexdigest() != image.sha256:
        return False
    genre, _ = EXTENSIONS[image.type_mime]
    try:
        with warnings.catch_warnings():
            # Notre borne, plus basse, est vérifiée juste après
            warnings.simplefilter("ignore", Lecteur.DecompressionBombWarning)
            with Lecteur.open(io.BytesIO(octets), formats=[genre]) as lue:
                return lue.width * lue.height <= POINTS_MAXIMUM
    except (OSError, ValueError, SyntaxError, Lecteur.DecompressionBombError):
        return False
