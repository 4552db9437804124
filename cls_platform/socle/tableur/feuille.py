"""Une feuille lue : un tableau de valeurs simples, bornées, cellules fusionnées comprises."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cls_platform.socle.tableur.limites import (
    LIGNES_VIDES_MAX,
    ORDINAIRES,
    Limites,
    trop_de_cellules,
    trop_de_colonnes,
    trop_de_lignes,
)

Valeur = str | int | float | bool | date | None


@dataclass(slots=True)
class Feuille:
    """`lignes[i][j]` : la ligne i+1, la colonne j+1. `fusions` : (ligne, colonne, hauteur)."""

    nom: str
    lignes: list[list[Valeur]] = field(default_factory=list)
    fusions: list[tuple[int, int, int]] = field(default_factory=list)
    lignes_lues: int = 0
    cellules: int = 0
    limites: Limites = ORDINAIRES

    def ajouter(self, ligne: list[Valeur]) -> None:
        """Lève ClasseurRefuse dès que la feuille dépasse ce que l’on lit."""
        self.lignes_lues += 1
        while ligne and ligne[-1] in (None, ""):
            ligne.pop()
        if len(ligne) > self.limites.colonnes:
            raise trop_de_colonnes(self.limites)
        if not ligne:
            self.lignes.append(ligne)
            if self.lignes_lues > max(LIGNES_VIDES_MAX, self.limites.lignes):
                raise trop_de_lignes(self.limites)
            return
        self.cellules += sum(valeur not in (None, "") for valeur in ligne)
        if len(self.lignes) >= self.limites.lignes:
            raise trop_de_lignes(self.limites)
        if self.cellules > self.limites.cellules:
            raise trop_de_cellules(self.limites)
        self.lignes.append(ligne)

    def finir(self) -> "Feuille":
        """Retire les lignes vides de la fin et descend chaque valeur fusionnée en hauteur."""
        while self.lignes and not self.lignes[-1]:
            self.lignes.pop()
        for ligne, colonne, hauteur in self.fusions:
            if ligne >= len(self.lignes) or colonne >= len(self.lignes[ligne]):
                continue
            valeur = self.lignes[ligne][colonne]
            for suivante in self.lignes[ligne + 1 : ligne + hauteur]:
                suivante.extend([None] * (colonne + 1 - len(suivante)))
                suivante[colonne] = valeur
        return self


def simplifier(valeur: Any) -> Valeur:
    """Texte sans espaces autour, nombre entier quand il l’est, date sans heure."""
    if isinstance(valeur, str):
        return epurer(valeur)
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, float) and valeur.is_integer() and abs(valeur) < 10**15:
        return int(valeur)
    if valeur is None or isinstance(valeur, bool | int | float | date):
        return valeur
    return str(valeur)


def epurer(texte: str) -> str:
    """Fins de ligne unifiées, caractères de commande retirés, espaces du bord ôtées."""
    if texte.isprintable():
        return texte.strip()
    texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in texte if c >= " " or c in "\n\t").strip()
