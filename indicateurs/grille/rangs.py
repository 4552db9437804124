"""Ce que la grille lit d’un indicateur, d’une valeur, d’une part : des rangs, pas des objets.

Les requêtes sont figées : une page en relit quatre cents lignes, leur forme ne change jamais.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from uuid import UUID

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.models import Contrat
from indicateurs.models import Agregation, Calcul, Indicateur, Mesure, Ventilation


class AxeLu(NamedTuple):
    numero: str
    titre: str
    ordre: int

    def __str__(self) -> str:
        return f"{self.numero}. {self.titre}"


class IndicateurLu(NamedTuple):
    """Les champs d’un indicateur que sa ligne montre, sous les mêmes noms."""

    pk: UUID
    axe_id: UUID | None
    libelle: str
    unite: str
    sens: str
    agregation: str
    calcul: str
    decimales: int
    annee_reference: int | None
    cible: Decimal | None
    annee_cible: int | None
    numerateur: str
    denominateur: str
    axe: AxeLu | None

    @property
    def est_ratio(self) -> bool:
        return self.agregation == Agregation.RATIO

    @property
    def est_saisi(self) -> bool:
        return self.calcul == Calcul.SAISIE


class ValeurLue(NamedTuple):
    indicateur_id: UUID
    periode_debut: date
    periode_fin: date
    annee: int
    code_territoire: str
    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    qualite: str
    version: int


class PartLue(NamedTuple):
    """La part d’une valeur, avec la période de celle-ci."""

    indicateur_id: UUID
    periode_debut: date
    periode_fin: date
    annee: int
    code_territoire: str
    code: str
    libelle: str
    dimension: str
    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    qualite: str
    version: int


def indicateurs_de(contrat: Contrat) -> list[IndicateurLu]:
    """Tous ceux du contrat, dans l’ordre ; une requête."""
    lus = []
    for *champs, numero, titre, ordre in _indicateurs().lire(contrat=contrat.pk):
        axe = AxeLu(numero, titre, ordre) if champs[1] is not None else None
        lus.append(IndicateurLu._make((*champs, axe)))
    return lus


def valeurs_de(cles: Sequence[UUID]) -> list[ValeurLue]:
    """Toutes leurs valeurs, d’une année ou non, de tout le territoire ou non ; une requête."""
    return [ValeurLue._make(ligne) for ligne in _valeurs().lire(cles=list(cles))]


def parts_de(cles: Sequence[UUID], de: int, a: int) -> list[PartLue]:
    """Celles de tout le territoire, dans l’ordre de la nomenclature ; une requête."""
    return [PartLue._make(ligne) for ligne in _parts().lire(cles=list(cles), de=de, a=a)]


@cache
def _indicateurs() -> RequeteFigee:
    du_contrat = Indicateur.objects.filter(contrat=Parametre("contrat")).dans_l_ordre()
    champs = IndicateurLu._fields[:-1]
    return figer(du_contrat.values_list(*champs, "axe__numero", "axe__titre", "axe__ordre"))


@cache
def _valeurs() -> RequeteFigee:
    valeurs = Mesure.objects.filter(indicateur__pk__anyof=Parametre("cles"))
    return figer(valeurs.values_list(*ValeurLue._fields))


@cache
def _parts() -> RequeteFigee:
    parts = Ventilation.objects.filter(
        mesure__indicateur__pk__anyof=Parametre("cles"),
        mesure__code_territoire="",
        mesure__annee__gte=Parametre("de"),
        mesure__annee__lte=Parametre("a"),
    ).order_by("modalite__dimension", "modalite__ordre", "modalite")
    de_la_valeur = ("indicateur_id", "periode_debut", "periode_fin", "annee", "code_territoire")
    return figer(
        parts.values_list(
            *(f"mesure__{nom}" for nom in de_la_valeur),
            *("modalite_id", "modalite__libelle", "modalite__dimension"),
            *("valeur", "numerateur", "denominateur", "qualite", "version"),
        )
    )
