"""Écrire le plan en XLSX : textes en texte, dates en dates, listes proposées, mode d’emploi."""

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from cls_platform.socle.tableur.feuille import Valeur
from contrats.tableur.colonnes import Genre
from contrats.tableur.mode_d_emploi import FEUILLE, LISTES, PHRASES, listes

if TYPE_CHECKING:
    from contrats.tableur.exportation import Tableau

# Rien de ce qu’une personne a écrit ne devient une formule, un lien ou un nombre
REGLAGES = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
LIGNES_PROPOSEES = 2_000
A_UN_SEUL_CHOIX = {Genre.CHOIX, Genre.OUI_NON}


def ecrire(nom: str, tableau: "Tableau") -> bytes:
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, REGLAGES)
    classeur.set_properties({"title": tableau.titre})
    gras = classeur.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})
    ligne = classeur.add_format({"text_wrap": True, "valign": "top"})
    jour = classeur.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    feuille = classeur.add_worksheet(nom)
    emploi = classeur.add_worksheet(FEUILLE)
    permis = classeur.add_worksheet(LISTES)
    plages = _ecrire_listes(permis, gras)
    _ecrire_plan(feuille, tableau, gras, ligne, jour)
    _proposer(feuille, tableau, plages)
    emploi.set_column(0, 0, 110, ligne)
    for rang, phrase in enumerate(PHRASES):
        emploi.write_string(rang, 0, phrase, ligne)
    classeur.close()
    return sortie.getvalue()


def _ecrire_plan(feuille: Any, tableau: "Tableau", gras: Any, ligne: Any, jour: Any) -> None:
    for rang, part in enumerate(tableau.parts):
        feuille.set_column(rang, rang, part.colonne.largeur)
    feuille.freeze_panes(1, 0)
    for rang, entete in enumerate(tableau.entetes):
        feuille.write_string(0, rang, entete, gras)
    for numero, valeurs in enumerate(tableau.lignes, start=1):
        for rang, valeur in enumerate(valeurs):
            _ecrire_cellule(feuille, (numero, rang), valeur, ligne, jour)
    if tableau.lignes:
        feuille.autofilter(0, 0, len(tableau.lignes), len(tableau.parts) - 1)


def _ecrire_cellule(
    feuille: Any, lieu: tuple[int, int], valeur: Valeur, ligne: Any, jour: Any
) -> None:
    if isinstance(valeur, str):
        feuille.write_string(*lieu, valeur, ligne)
    elif isinstance(valeur, date):
        feuille.write_datetime(*lieu, valeur, jour)
    elif valeur is not None:
        feuille.write_number(*lieu, valeur, ligne)


def _ecrire_listes(feuille: Any, gras: Any) -> dict[str, str]:
    """Rend, pour chaque colonne, la plage de ses valeurs."""
    colonnes = list(listes())
    plages = {}
    for rang, (cle, entete, valeurs) in enumerate(colonnes):
        feuille.set_column(rang, rang, 34)
        feuille.write_string(0, rang, entete, gras)
        lettre = xlsxwriter.utility.xl_col_to_name(rang, col_abs=True)
        plages[cle] = f"={LISTES}!{lettre}$2:{lettre}${len(valeurs) + 1}"
    for numero in range(max((len(valeurs) for _, _, valeurs in colonnes), default=0)):
        for rang, (_, _, valeurs) in enumerate(colonnes):
            if numero < len(valeurs):
                feuille.write_string(numero + 1, rang, valeurs[numero])
    return plages


def _proposer(feuille: Any, tableau: "Tableau", plages: dict[str, str]) -> None:
    """Une liste déroulante là où il n’y a qu’un choix ; elle prévient et n’interdit pas."""
    derniere = max(len(tableau.lignes), LIGNES_PROPOSEES)
    for rang, part in enumerate(tableau.parts):
        if part.colonne.genre in A_UN_SEUL_CHOIX:
            feuille.data_validation(
                1,
                rang,
                derniere,
                rang,
                {
                    "validate": "list",
                    "source": plages[part.colonne.cle],
                    "error_type": "warning",
                    "error_title": "Hors de la liste",
                    "error_message": "Cette valeur n’est pas dans la liste.",
                },
            )
