"""Le plan en lignes et colonnes, prêt à écrire dans l’un des trois formats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cls_platform.socle.tableur import ecriture_csv
from cls_platform.socle.tableur.feuille import Valeur
from contrats.models import Contrat
from contrats.tableur import ecriture_ods, ecriture_xlsx
from contrats.tableur.budget import colonnes_presentes
from contrats.tableur.colonnes import EXPORTEES, TEMOIN, Colonne, Genre
from contrats.tableur.etat import Etat, lire_etats

FEUILLE = "Actions"
# Excel coupe une cellule à 32 767 caractères : la suite va dans une autre colonne
CARACTERES_PAR_CELLULE = 32_000

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Une colonne écrite ; `rang` : sa place quand un texte en occupe plusieurs."""

    colonne: Colonne
    rang: int = 1

    @property
    def entete(self) -> str:
        suite = f" (suite {self.rang})" if self.rang > 1 else ""
        return f"{self.colonne.entete}{suite}"

    def valeur(self, valeurs: dict[str, Valeur]) -> Valeur:
        valeur = valeurs.get(self.colonne.cle)
        if not isinstance(valeur, str) or len(valeur) <= CARACTERES_PAR_CELLULE:
            return valeur if self.rang == 1 else None
        parts = couper(valeur)
        return parts[self.rang - 1] if self.rang <= len(parts) else None


def couper(texte: str) -> list[str]:
    """Des parts d’une cellule au plus, jamais coupées au bord d’une espace : elle serait perdue."""
    parts = []
    while len(texte) > CARACTERES_PAR_CELLULE:
        bout = CARACTERES_PAR_CELLULE
        while bout > 1 and (texte[bout - 1].isspace() or texte[bout].isspace()):
            bout -= 1
        parts.append(texte[:bout])
        texte = texte[bout:]
    return [*parts, texte]


@dataclass(frozen=True, slots=True)
class Tableau:
    titre: str
    parts: list[Part]
    lignes: list[list[Valeur]]

    @property
    def entetes(self) -> list[str]:
        return [part.entete for part in self.parts]


def preparer(contrat: Contrat, actions: Any, *, avec_argent: bool) -> Tableau:
    """`actions` : la liste filtrée ; ces lignes-là, aucune autre.

    `avec_argent` : une colonne par année et par famille de montants que le plan a.
    """
    lus = list(lire_etats(actions, contrat, avec_argent=avec_argent))
    d_argent = colonnes_presentes(etat.budget for etat in lus)
    colonnes = (*EXPORTEES, *d_argent, *([TEMOIN] if d_argent else []))
    etats = [_avec_le_budget(etat) if d_argent else etat.valeurs for etat in lus]
    parts = [part for colonne in colonnes for part in _parts(colonne, etats)]
    lignes = [[part.valeur(valeurs) for part in parts] for valeurs in etats]
    return Tableau(f"Plan d’actions : {contrat.nom}", parts, lignes)


def _avec_le_budget(etat: Etat) -> dict[str, Valeur]:
    return etat.valeurs | etat.budget.cellules | {TEMOIN.cle: etat.budget.temoin()}


def _parts(colonne: Colonne, etats: list[dict[str, Valeur]]) -> list[Part]:
    if colonne.genre is not Genre.TEXTE and colonne.genre is not Genre.ETAPES:
        return [Part(colonne)]
    textes = (v for valeurs in etats if isinstance(v := valeurs.get(colonne.cle), str))
    nombre = max((len(couper(texte)) for texte in textes), default=1)
    return [Part(colonne, rang) for rang in range(1, nombre + 1)]


ECRITURES: dict[str, Callable[[Tableau], bytes]] = {
    "xlsx": lambda tableau: ecriture_xlsx.ecrire(FEUILLE, tableau),
    "ods": lambda tableau: ecriture_ods.ecrire(FEUILLE, tableau),
    "csv": lambda tableau: ecriture_csv.ecrire(tableau.entetes, tableau.lignes),
}


def exporter(contrat: Contrat, actions: Any, extension: str, *, avec_argent: bool = False) -> bytes:
    """`avec_argent` : la personne voit le budget."""
    return ECRITURES[extension](preparer(contrat, actions, avec_argent=avec_argent))
