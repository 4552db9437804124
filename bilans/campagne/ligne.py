"""Une ligne de « qui en est où » : un contrat, son bilan de l’année, ce qui reste à faire."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices

from bilans.etats import STATUTS_MODIFIABLES, StatutBilan


class Etape(TextChoices):
    """Le chemin d’un bilan, tel que l’agence le suit ; « retiré » : plus rien en ligne."""

    PAS_COMMENCE = "PAS_COMMENCE", "Pas commencé"
    BROUILLON = "BROUILLON", "Brouillon"
    RELECTURE = "RELECTURE", "En relecture"
    VALIDE = "VALIDE", "Validé"
    PUBLIE = "PUBLIE", "Publié"
    RETIRE = "RETIRE", "Retiré"


DU_STATUT = {
    StatutBilan.BROUILLON: Etape.BROUILLON,
    StatutBilan.RELECTURE: Etape.RELECTURE,
    StatutBilan.VALIDE: Etape.VALIDE,
    StatutBilan.PUBLIE: Etape.PUBLIE,
    StatutBilan.ARCHIVE: Etape.RETIRE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLue:
    """Une édition du bilan de l’année."""

    id: UUID
    edition: int
    statut: str
    publie_le: date | None
    modifie_le: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisLus:
    """`attendus` : demandés et pas encore rendus, dont `en_retard` ceux dont la date est passée."""

    demandes: int = 0
    attendus: int = 0
    en_retard: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneCampagne:
    """`remise_le` : la date qui vaut pour ce contrat, la sienne s’il mène sa campagne.

    `correction` : une édition s’écrit pendant que la précédente est en ligne. `activite_le` : la
    dernière écriture dans le bilan, ses textes, ses commentaires ou ses avis. `coordination` : les
    noms de qui écrit le bilan.
    """

    contrat: UUID
    nom: str
    cle_tri: str
    departement: str
    departement_nom: str
    est_demonstration: bool
    etape: Etape
    bilan: EditionLue | None
    correction: EditionLue | None
    remise_le: date
    a_ses_dates: bool
    le: date
    avis: AvisLus
    activite_le: datetime | None
    coordination: tuple[str, ...]

    @property
    def est_publie(self) -> bool:
        return self.etape == Etape.PUBLIE

    @property
    def est_remis(self) -> bool:
        """Publié, même retiré depuis : plus rien n’est attendu pour la date."""
        return self.etape in (Etape.PUBLIE, Etape.RETIRE)

    @property
    def jours(self) -> int:
        """Jours jusqu’à la remise ; négatif, elle est passée."""
        return (self.remise_le - self.le).days

    @property
    def est_en_retard(self) -> bool:
        return not self.est_remis and self.jours < 0


def situation(editions: Iterable[EditionLue]) -> tuple[Etape, EditionLue | None, EditionLue | None]:
    """(étape, édition qui la dit, correction en cours) d’après toutes les éditions de l’année.

    Ce qui est en ligne l’emporte ; à défaut, ce qui s’écrit ; à défaut, ce qui a été retiré.
    """
    rangees = sorted(editions, key=lambda e: e.edition, reverse=True)
    publiee = next((e for e in rangees if e.statut == StatutBilan.PUBLIE), None)
    ecrite = next((e for e in rangees if e.statut in STATUTS_MODIFIABLES), None)
    dite = publiee or ecrite or next(iter(rangees), None)
    if dite is None:
        return Etape.PAS_COMMENCE, None, None
    return DU_STATUT[StatutBilan(dite.statut)], dite, ecrite if publiee else None
