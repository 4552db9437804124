"""Écrire en CSV : un texte qui ressemble à une formule reste un texte, sans dommage."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cls_platform.socle.tableur.feuille import Valeur

# OWASP, « CSV injection » : ces débuts sont lus comme une formule par un tableur
_FORMULE = re.compile(r"^'*[=+\-@\t\r]")
_GARDEE = re.compile(r"^'+[=+\-@\t\r]")


def avec_garde(texte: str) -> str:
    return f"'{texte}" if _FORMULE.match(texte) else texte


def sans_garde(texte: str) -> str:
    return texte[1:] if _GARDEE.match(texte) else texte


def ecrire(entetes: Sequence[str], lignes: Iterable[Sequence[Valeur]]) -> bytes:
    sortie = io.StringIO(newline="")
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow(entetes)
    for ligne in lignes:
        plume.writerow([_texte(valeur) for valeur in ligne])
    return sortie.getvalue().encode("utf-8-sig")


def _texte(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    if hasattr(valeur, "strftime"):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, float):
        # « 12.5 » serait lu comme un 12 mai
        return str(valeur).replace(".", ",")
    return avec_garde(valeur) if isinstance(valeur, str) else str(valeur)
