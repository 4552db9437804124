"""La gouvernance d’une année, lue en six requêtes : réunions, présences, décisions."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, Q

from bilans.technique.donnees import Decision, Instance, Reunion
from contrats.models import (
    Contrat,
    DecisionReunion,
    EtatPresence,
    EtatReunion,
    NiveauInstance,
    Presence,
    StatutDecision,
)
from contrats.models import Instance as InstanceDuContrat
from contrats.models import Reunion as ReunionDuContrat
from contrats.models.decision import DECISIONS_OUVERTES


def lire_instances(contrat: Contrat, annee: int) -> tuple[Instance, ...]:
    """Les instances actives, et celles qui se sont réunies cette année-là."""
    presences = Presence.objects.select_related("acteur").order_by("acteur__cle_tri", "pk")
    reunions = ReunionDuContrat.objects.de_l_annee(annee).dans_l_ordre()
    liees = Prefetch("reunions", reunions.prefetch_related(Prefetch("presences", presences)))
    lues = InstanceDuContrat.objects.filter(contrat=contrat).dans_l_ordre().prefetch_related(liees)
    return tuple(_instance(i) for i in lues if i.est_active or i.reunions.all())


def _instance(instance: Any) -> Instance:
    return Instance(
        nom=instance.nom,
        genre=instance.type.libelle,
        niveau=NiveauInstance(instance.type.niveau).label,
        role=instance.role,
        reunions=tuple(_reunion(reunion) for reunion in instance.reunions.all()),
    )


def _reunion(reunion: Any) -> Reunion:
    notes: dict[str, list[str]] = defaultdict(list)
    for presence in reunion.presences.all():
        notes[presence.etat].append(presence.acteur.nom)
    return Reunion(
        jour=reunion.date,
        lieu=reunion.lieu,
        etat=EtatReunion(reunion.etat).label,
        participants=reunion.participants,
        est_publique=reunion.est_publique,
        ordre_du_jour=reunion.ordre_du_jour,
        presents=tuple(notes[EtatPresence.PRESENT]),
        excuses=tuple(notes[EtatPresence.EXCUSE]),
    )


def lire_decisions(contrat: Contrat, annee: int) -> tuple[Decision, ...]:
    """Celles de l’année, et celles d’avant qui attendaient encore."""
    retenues = DecisionReunion.objects.du_contrat(contrat).filter(
        Q(reunion__date__year=annee)
        | Q(reunion__date__year__lt=annee, statut__in=DECISIONS_OUVERTES)
    )
    lues = retenues.avec_reunion().order_by("reunion__date", "reunion", "ordre", "cree_le", "pk")
    return tuple(
        Decision(
            jour=decision.reunion.date,
            instance=decision.reunion.instance.nom,
            texte=decision.texte,
            organisation=decision.acteur.nom if decision.acteur else "",
            echeance=decision.echeance,
            etat=StatutDecision(decision.statut).label,
            en_attente=decision.statut in DECISIONS_OUVERTES,
        )
        for decision in lues
    )
