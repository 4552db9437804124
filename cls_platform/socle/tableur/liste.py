"""Emporter une liste : les mêmes lignes en CSV, en XLSX ou en ODS."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from cls_platform.socle.tableur import ecriture_csv, ecriture_ods
from cls_platform.socle.tableur.feuille import Valeur

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": ecriture_ods.TYPE,
    "csv": "text/csv; charset=utf-8",
}
# Rien de ce qu’une personne a écrit ne devient une formule, un lien ou un nombre
REGLAGES = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LARGEURS = (10, 60)
Lignes = Sequence[Sequence[Valeur]]


def ecrire(extension: str, nom: str, entetes: Sequence[str], lignes: Lignes) -> bytes:
    """`nom` : celui de la feuille, 31 caractères au plus. Lève KeyError sur un autre format."""
    return ECRITURES[extension](nom, entetes, lignes)


def _en_xlsx(nom: str, entetes: Sequence[str], lignes: Lignes) -> bytes:
    return ecrire_classeur([(nom, entetes, lignes)])


def ecrire_classeur(feuilles: Iterable[tuple[str, Sequence[str], Lignes]]) -> bytes:
    """Un XLSX de plusieurs feuilles : (nom de 31 caractères au plus, en-têtes, lignes)."""
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, REGLAGES)
    for nom, entetes, lignes in feuilles:
        _feuille(classeur, nom, entetes, lignes)
    classeur.close()
    return sortie.getvalue()


def _feuille(classeur: Any, nom: str, entetes: Sequence[str], lignes: Lignes) -> None:
    gras = classeur.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})
    jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
    feuille = classeur.add_worksheet(nom)
    feuille.freeze_panes(1, 0)
    for rang, entete in enumerate(entetes):
        feuille.set_column(rang, rang, _largeur(entete, [ligne[rang] for ligne in lignes[:200]]))
        feuille.write_string(0, rang, entete, gras)
    for numero, ligne in enumerate(lignes, start=1):
        for rang, valeur in enumerate(ligne):
            _cellule(feuille, numero, rang, valeur, jour)
    if lignes:
        feuille.autofilter(0, 0, len(lignes), len(entetes) - 1)


def _en_csv(_nom: str, entetes: Sequence[str], lignes: Lignes) -> bytes:
    """Un nombre à virgule s’y écrit comme un tableur français le lit."""
    return ecriture_csv.ecrire(entetes, [[_a_virgule(valeur) for valeur in li] for li in lignes])


def _a_virgule(valeur: Valeur) -> Valeur:
    return str(valeur).replace(".", ",") if isinstance(valeur, float) else valeur


def _cellule(feuille: Any, numero: int, rang: int, valeur: Valeur, jour: Any) -> None:
    if isinstance(valeur, date):
        feuille.write_datetime(numero, rang, valeur, jour)
    elif isinstance(valeur, bool | str):
        feuille.write_string(numero, rang, valeur if isinstance(valeur, str) else _oui(valeur))
    elif valeur is not None:
        feuille.write_number(numero, rang, valeur)


def _oui(valeur: bool) -> str:  # noqa: FBT001  (une valeur de cellule, pas un réglage)
    return "oui" if valeur else "non"


def _largeur(entete: str, valeurs: Sequence[Valeur]) -> int:
    longueurs = [len(entete), *(len(str(valeur)) for valeur in valeurs if valeur is not None)]
    return min(max(LARGEURS[0], *longueurs) + 2, LARGEURS[1])


ECRITURES: dict[str, Callable[[str, Sequence[str], Lignes], bytes]] = {
    "xlsx": _en_xlsx,
    "ods": lambda nom, entetes, lignes: ecriture_ods.ecrire([(nom, entetes, lignes)]),
    "csv": _en_csv,
}
