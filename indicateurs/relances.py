"""Qui a été relancé, quand, par qui : les envois d’un contrat, lus dans leurs travaux."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from acteurs.models import Utilisateur
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat

GENRE = "relance_valeurs"
DELAI_ENTRE_RELANCES = timedelta(hours=20)
RELANCES_LUES = 50


@dataclass(frozen=True, slots=True)
class Relance:
    """Un envoi ; `par` vide : la plateforme, au début du mois. Un envoi échoué n’en est pas un."""

    le: datetime
    par: str
    personnes: frozenset[UUID]
    est_automatique: bool

    @property
    def nombre(self) -> int:
        return len(self.personnes)


def relances_de(contrat: Contrat) -> list[Relance]:
    """Les derniers envois, les plus récents d’abord ; deux requêtes."""
    travaux = list(
        Travail.objects.filter(genre=GENRE, cible_id=contrat.pk)
        .exclude(etat=EtatTravail.ECHEC)
        .order_by("-cree_le")[:RELANCES_LUES]
    )
    auteurs = Utilisateur.objects.in_bulk({t.demande_par_id for t in travaux if t.demande_par_id})
    return [
        Relance(
            le=travail.cree_le,
            par=str(auteurs.get(travail.demande_par_id) or ""),
            personnes=frozenset(UUID(cle) for cle in travail.parametres["personnes"]),
            est_automatique=bool(travail.parametres.get("automatique")),
        )
        for travail in travaux
    ]


def derniere_relance(contrat: Contrat) -> Relance | None:
    return next(iter(relances_de(contrat)), None)


def derniere_par_personne(relances: list[Relance]) -> dict[UUID, Relance]:
    """`relances` : les plus récentes d’abord."""
    dernieres: dict[UUID, Relance] = {}
    for relance in relances:
        for personne in relance.personnes:
            dernieres.setdefault(personne, relance)
    return dernieres


def est_du_jour(relance: Relance | None) -> bool:
    """Vrai si une autre partirait trop tôt : une par jour au plus."""
    return relance is not None and relance.le > timezone.now() - DELAI_ENTRE_RELANCES
