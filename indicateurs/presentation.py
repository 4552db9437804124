"""Une valeur telle que les pages la montrent, et d’où l’on regarde une grille."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from cls_platform.socle import typographie
from indicateurs.models import Indicateur, Mesure, Qualite, Sens

SIGNES = {Qualite.PROVISOIRE: "p", Qualite.ESTIMEE: "e"}
MOTS = {Qualite.SECRET_STATISTIQUE: "secret", Qualite.NON_DISPONIBLE: "indisponible"}
FLECHES = {Sens.HAUSSE: "↗", Sens.BAISSE: "↘", Sens.NEUTRE: ""}


@dataclass(frozen=True, slots=True)
class Case:
    """La valeur d’une année : `texte` écrit, `brut` à reprendre dans le champ, `version` lue."""

    annee: int
    texte: str
    brut: str
    version: int
    signe: str = ""


@dataclass(frozen=True, slots=True)
class Cadre:
    """D’où l’on regarde la grille : le contrat, ou une `fiche` que l’on peut délier."""

    fiche: UUID | None = None
    peut_delier: bool = False

    @property
    def delier(self) -> str:
        """L’adresse du geste ; vide s’il n’est pas permis."""
        if self.fiche is None or not self.peut_delier:
            return ""
        return reverse("indicateurs:delier", args=[self.fiche])


DU_CONTRAT = Cadre()


def ecrire(valeur: Decimal, decimales: int) -> str:
    return typographie.nombre(valeur, decimales)


def case_de(indicateur: Indicateur, mesure: Mesure | None, annee: int) -> Case:
    if mesure is None:
        return Case(annee, "", "", 0)
    if mesure.valeur is None:
        return Case(annee, MOTS[Qualite(mesure.qualite)], "", mesure.version)
    brut = f"{mesure.valeur.normalize():f}".replace(".", ",")
    signe = SIGNES.get(Qualite(mesure.qualite), "")
    return Case(annee, ecrire(mesure.valeur, indicateur.decimales), brut, mesure.version, signe)
