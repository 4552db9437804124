"""Les fichiers produits. Le nom contient l’empreinte : un fichier déposé ne change jamais."""

import os
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from bilans.instantane import Image, Instantane
from bilans.models import Bilan, DocumentBilan
from bilans.pdf import ResultatPdf

PROVISOIRE, ABANDON_SECONDES = ".provisoire", 3600


def deposer(bilan: Bilan, resultat: ResultatPdf) -> str:
    """Le PDF d’un bilan, à son adresse définitive. Rend son chemin."""
    chemin = f"bilans/{bilan.contrat_id}/{bilan.annee}-{bilan.edition}-{resultat.sha256[:16]}.pdf"
    return ranger(chemin, resultat.octets)


def deposer_document(document: DocumentBilan, octets: bytes, extension: str) -> str:
    """Un autre document du bilan, à son adresse définitive. Rend son chemin."""
    bilan, empreinte = document.bilan, sha256(octets).hexdigest()
    nom = f"{bilan.annee}-{bilan.edition}-{document.genre.lower()}-{empreinte[:16]}.{extension}"
    return ranger(f"bilans/{bilan.contrat_id}/documents/{nom}", octets)


def ranger(chemin: str, octets: bytes) -> str:
    """Écrit à côté, puis renomme : jamais de fichier à demi écrit. Rend le chemin."""
    destination = Path(settings.MEDIA_ROOT) / chemin
    destination.parent.mkdir(parents=True, exist_ok=True)
    _oter_les_abandonnes(destination.parent)
    descripteur, provisoire = tempfile.mkstemp(dir=destination.parent, suffix=PROVISOIRE)
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(octets)
            fichier.flush()
            os.fsync(fichier.fileno())
        Path(provisoire).chmod(0o644)
        Path(provisoire).replace(destination)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise
    return chemin


def _oter_les_abandonnes(dossier: Path) -> None:
    """Ce qu’un processus tué écrivait : passé une heure, personne n’y revient."""
    limite = time.time() - ABANDON_SECONDES
    for provisoire in dossier.glob(f"*{PROVISOIRE}"):
        try:
            if provisoire.stat().st_mtime < limite:
                provisoire.unlink()
        except FileNotFoundError:
            continue


def ouvrir(bilan: Bilan) -> BinaryIO:
    """Le PDF du bilan. Lève FileNotFoundError s’il n’a jamais été demandé."""
    if not bilan.chemin:
        raise FileNotFoundError("Aucun PDF pour ce bilan.")
    return (Path(settings.MEDIA_ROOT) / bilan.chemin).open("rb")


def ouvrir_document(document: DocumentBilan) -> BinaryIO:
    """Lève FileNotFoundError tant que le document n’est pas fait."""
    if not document.chemin:
        raise FileNotFoundError("Ce document n’est pas encore fait.")
    return (Path(settings.MEDIA_ROOT) / document.chemin).open("rb")


def lire_images(instantane: Instantane) -> dict[str, bytes]:
    """Les octets de chaque image, par chemin ; absente ou abîmée, elle n’y est pas.

    Le rendu ne touche pas au disque : il ne connaît que ce qu’on lui donne ici.
    """
    lues = ((image, _octets(image)) for image in instantane.images)
    return {image.chemin: octets for image, octets in lues if octets}


def _octets(image: Image) -> bytes:
    racine = Path(settings.MEDIA_ROOT).resolve()
    fichier = (racine / image.chemin).resolve()
    if not fichier.is_relative_to(racine) or not fichier.is_file():
        return b""
    octets = fichier.read_bytes()
    return octets if sha256(octets).hexdigest() == image.sha256 else b""
