"""Ce que l’on sait d’un territoire, avant toute règle : des valeurs, sans base ni phrase."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SuiviLu:
    """Ce que l’agence en a noté. `version` 0 : rien encore."""

    version: int = 0
    referent: UUID | None = None
    referent_nom: str = ""
    en_veille_jusqu_au: date | None = None
    note_le: date | None = None
    note_genre: str = ""
    note_texte: str = ""


SANS_SUIVI = SuiviLu()


class FaitsContrat(NamedTuple):
    """Un contrat ouvert. Populations en habitants, au périmètre du jour.

    `departements` : le plus peuplé d’abord. `sans_signature` : signataires qui n’ont pas signé ;
    `sans_deliberation` : parmi eux, ceux qui n’ont pas délibéré. `derniere_nouvelle` : le dernier
    jour où l’équipe ou l’agence a écrit quelque chose.
    """

    id: UUID
    nom: str
    cle_tri: str
    region: str
    est_demonstration: bool
    phase: str
    date_signature: date | None
    date_debut: date | None
    date_fin: date | None
    phase_depuis: date | None
    population: int
    communes: int
    departements: tuple[str, ...]
    coordinateurs: int
    signataires: int
    sans_signature: int
    sans_deliberation: int
    derniere_nouvelle: date
    a_une_suite: bool
    a_un_bilan: bool = True
    suivi: SuiviLu = SANS_SUIVI

    @property
    def cle(self) -> str:
        """Ce qui désigne la ligne dans une adresse."""
        return str(self.id)


class FaitsEpci(NamedTuple):
    """Une intercommunalité dont la plupart des habitants n’ont aucun contrat, dans une région.

    `communes_couvertes` : celles d’un contrat signé ou en projet. `pauvrete` : C03, en pourcentage.
    `sous_dense` : part des habitants, de 0 à 1, dans une zone où les médecins manquent.
    """

    siren: str
    nom: str
    cle_tri: str
    region: str
    population: int
    communes: int
    communes_couvertes: int
    departements: tuple[str, ...]
    fin_precedente: date | None
    suivi: SuiviLu = SANS_SUIVI
    pauvrete: Decimal | None = None
    sous_dense: float | None = None

    @property
    def cle(self) -> str:
        return f"{self.region}-{self.siren}"
