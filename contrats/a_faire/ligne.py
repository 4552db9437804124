"""Une ligne de la liste : un contrat ou un territoire sans contrat, sa règle appliquée."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from contrats.a_faire import mots
from contrats.a_faire.faits import FaitsContrat, FaitsEpci, SuiviLu
from contrats.a_faire.regle import RANG_DE_LA_REGLE, Etape, prochaine_etape
from contrats.a_faire.situations import (
    Situation,
    motifs_de_l_epci,
    motifs_du_contrat,
    situation_du_contrat,
)
from contrats.adresses import adresse_de

CONTRAT, EPCI = "contrat", "epci"
JOURS_DE_RETOUR = 30


@dataclass(frozen=True, slots=True)
class LigneAFaire:
    """`fin` : celle du contrat. `pauvrete` en %, `sous_dense` de 0 à 1 ; None : pas de donnée.

    `retour_le` : le jour où la ligne est revenue de veille, pendant un mois. `note` : la dernière,
    quand la phrase ne la dit pas déjà.
    """

    cle: str
    genre: str
    code: UUID | str
    nom: str
    cle_tri: str
    region: str
    region_nom: str
    departements: tuple[str, ...]
    departement_nom: str
    situation: str
    motifs: frozenset[str]
    population: int
    fin: date | None
    ou_en_est_on: str
    note: str
    etape: Etape | None
    suivi: SuiviLu
    est_en_veille: bool
    retour_le: date | None
    pauvrete: Decimal | None
    sous_dense: float | None
    est_demonstration: bool

    @property
    def est_contrat(self) -> bool:
        return self.genre == CONTRAT

    @property
    def adresse(self) -> str:
        if self.genre == CONTRAT:
            return adresse_de("contrats:fiche", self.cle)
        return reverse("contrats:couverture_epci", args=[self.code])

    @property
    def situation_libelle(self) -> str:
        return str(Situation(self.situation).label)

    @property
    def part_sous_dense(self) -> Decimal | None:
        """En %, au dixième, comme la page et l’export l’écrivent."""
        return None if self.sous_dense is None else round(Decimal(self.sous_dense) * 100, 1)

    @property
    def rang_de_l_etape(self) -> int:
        return RANG_DE_LA_REGLE[self.etape.code] if self.etape else len(RANG_DE_LA_REGLE)


Noms = tuple[Mapping[str, str], Mapping[str, str]]


def ligne_du_contrat(faits: FaitsContrat, le: date, noms: Noms) -> LigneAFaire:
    situation, motifs = situation_du_contrat(faits, le), motifs_du_contrat(faits, le)
    etape = prochaine_etape(faits, motifs, le)
    return LigneAFaire(
        genre=CONTRAT,
        code=faits.id,
        situation=situation.value,
        motifs=motifs,
        fin=faits.date_fin,
        ou_en_est_on=mots.du_contrat(faits, situation, etape.code if etape else "", le),
        note=mots.derniere_note(faits),
        etape=etape,
        pauvrete=None,
        sous_dense=None,
        est_demonstration=faits.est_demonstration,
        **_communs(faits, le, noms),
    )


def ligne_de_l_epci(faits: FaitsEpci, le: date, noms: Noms) -> LigneAFaire:
    motifs = motifs_de_l_epci(faits)
    return LigneAFaire(
        genre=EPCI,
        code=faits.siren,
        situation=Situation.SANS_CONTRAT.value,
        motifs=motifs,
        fin=None,
        ou_en_est_on=mots.sans_contrat(faits, le),
        note="",
        etape=prochaine_etape(faits, motifs, le),
        pauvrete=faits.pauvrete,
        sous_dense=faits.sous_dense,
        est_demonstration=False,
        **_communs(faits, le, noms),
    )


def _communs(faits: FaitsContrat | FaitsEpci, le: date, noms: Noms) -> dict[str, Any]:
    regions, departements = noms
    veille = faits.suivi.en_veille_jusqu_au
    revenue = veille is not None and 0 <= (le - veille).days <= JOURS_DE_RETOUR
    return {
        "cle": faits.cle,
        "nom": faits.nom,
        "cle_tri": faits.cle_tri,
        "region": faits.region,
        "region_nom": regions.get(faits.region, ""),
        "departements": faits.departements,
        "departement_nom": departements.get(faits.departements[0], "")
        if faits.departements
        else "",
        "population": faits.population,
        "suivi": faits.suivi,
        "est_en_veille": veille is not None and veille > le,
        "retour_le": veille if revenue else None,
    }
