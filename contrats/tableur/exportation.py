"""Le plan en lignes et colonnes, prêt à écrire dans l’un des trois formats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contrats.models import Contrat
from contrats.tableur import ecriture_csv, ecriture_ods, ecriture_xlsx
from contrats.tableur.colonnes import EXPORTEES, Colonne, Genre
from contrats.tableur.etat import lire_etats
from contrats.tableur.feuille import Valeur

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


def preparer(contrat: Contrat, actions: Any) -> Tableau:
    """`actions` : la liste filtrée ; ces lignes-là, aucune autre."""
    etats = [etat.valeurs for etat in lire_etats(actions, contrat)]
    parts = [part for colonne in EXPORTEES for part in _parts(colonne, etats)]
    lignes = [[part.valeur(valeurs) for part in parts] for valeurs in etats]
    return Tableau(f"Plan d’actions : {contrat.nom}", parts, lignes)


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


def exporter(contrat: Contrat, actions: Any, extension: str) -> bytes:
    return ECRITURES[extension](preparer(contrat, actions))
