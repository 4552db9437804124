"""Emporter le rapport d’un fichier : une ligne par chose à dire, dans l’ordre du fichier."""

from collections.abc import Iterable, Iterator

from cls_platform.socle.tableur import liste
from cls_platform.socle.tableur.remarques import Remarque

ENTETES = ("ligne", "issue", "colonne", "valeur", "explication")
LigneDeRapport = tuple[int, str, str, str, str]
REFUSEE, A_SAVOIR = "refusée", "à savoir"


def des_remarques(issue: str, remarques: Iterable[Remarque]) -> Iterator[LigneDeRapport]:
    for dite in remarques:
        yield dite.ligne, issue, dite.colonne, dite.valeur, dite.message


def ecrire_le_rapport(extension: str, lignes: Iterable[LigneDeRapport]) -> bytes:
    """Lève KeyError sur un format inconnu."""
    rangees = sorted(lignes, key=lambda ligne: ligne[0])
    return liste.ecrire(extension, "Rapport", ENTETES, rangees)
