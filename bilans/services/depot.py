"""Les fichiers produits. Le nom contient l’empreinte : un fichier déposé ne change jamais."""

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from bilans.models import Bilan
from bilans.pdf import ResultatPdf


def deposer(bilan: Bilan, resultat: ResultatPdf) -> str:
    """Le PDF d’un bilan, à son adresse définitive. Rend son chemin."""
    chemin = f"bilans/{bilan.contrat_id}/{bilan.annee}-{bilan.edition}-{resultat.sha256[:16]}.pdf"
    return ranger(chemin, resultat.octets)


def ranger(chemin: str, octets: bytes) -> str:
    """Écrit à côté, puis renomme : jamais de fichier à demi écrit. Rend le chemin."""
    destination = Path(settings.MEDIA_ROOT) / chemin
    destination.parent.mkdir(parents=True, exist_ok=True)
    descripteur, provisoire = tempfile.mkstemp(dir=destination.parent, suffix=".provisoire")
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


def ouvrir(bilan: Bilan) -> BinaryIO:
    """Le PDF du bilan. Lève FileNotFoundError s’il n’a jamais été demandé."""
    if not bilan.chemin:
        raise FileNotFoundError("Aucun PDF pour ce bilan.")
    return (Path(settings.MEDIA_ROOT) / bilan.chemin).open("rb")
