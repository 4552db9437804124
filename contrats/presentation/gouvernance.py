"""Ce que montrent les pages de la gouvernance : instances, réunions, décisions, calendrier."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree
from contrats.etats import PHASES_TERMINEES
from contrats.gouvernance import organisations_actives, reunions_tenues
from contrats.models import (
    Contrat,
    DecisionReunion,
    EtatReunion,
    Instance,
    Reunion,
    StatutDecision,
)
from contrats.models.decision import DECISIONS_OUVERTES
from contrats.rythme import Rythme, rythme

# Le signe d’un état : ceux des actions, dont les formes sont déjà connues
SIGNE_DE_LA_REUNION: dict[str, str] = {
    EtatReunion.PREVUE: "A_VENIR",
    EtatReunion.TENUE: "REALISEE",
    EtatReunion.ANNULEE: "ABANDONNEE",
}
SIGNE_DE_LA_DECISION: dict[str, str] = {
    StatutDecision.A_FAIRE: "A_VENIR",
    StatutDecision.EN_COURS: "EN_COURS",
    StatutDecision.FAIT: "REALISEE",
    StatutDecision.ANNULE: "ABANDONNEE",
}
GESTES: dict[str, str] = {
    StatutDecision.FAIT: "C’est fait",
    StatutDecision.EN_COURS: "En cours",
    StatutDecision.A_FAIRE: "À faire",
    StatutDecision.ANNULE: "Annuler",
}
INSTANCES, DECISIONS, CALENDRIER = "instances", "decisions", "calendrier"


@dataclass(frozen=True, slots=True)
class InstanceMontree:
    """`sans_suite` : la dernière réunion passée dont personne n’a dit si elle s’est tenue."""

    instance: Instance
    membres: int
    tenues: int
    derniere: date | None
    prochaine: date | None
    sans_suite: date | None
    rythme: Rythme


@dataclass(frozen=True, slots=True)
class DecisionMontree:
    """`premier` : le geste qui fait avancer ; `autres` : le reste du menu."""

    decision: DecisionReunion
    signe: str
    mot: str
    retard: str
    premier: tuple[str, str]
    autres: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reperes:
    annee: int
    tenues: int
    organisations: int
    en_attente: int
    en_retard: int


def reperes(contrat: Contrat, le: date) -> Reperes:
    """Les chiffres de l’année et du relevé de décisions ; quatre requêtes."""
    decisions = DecisionReunion.objects.du_contrat(contrat)
    return Reperes(
        annee=le.year,
        tenues=reunions_tenues(contrat, le.year),
        organisations=len(organisations_actives(contrat, le.year)),
        en_attente=decisions.en_attente().count(),
        en_retard=decisions.en_retard(le).count(),
    )


def onglets(contrat: Contrat, courant: str, lus: Reperes | None = None) -> list[Entree]:
    """Les trois vues ; les décisions en retard en ambre."""
    compte = lus.en_retard or lus.en_attente if lus else 0
    vues = (
        (INSTANCES, "Instances et réunions", "contrats:gouvernance"),
        (DECISIONS, "Décisions", "contrats:decisions"),
        (CALENDRIER, "Calendrier", "contrats:gouvernance_calendrier"),
    )
    return [
        Entree(
            libelle,
            reverse(adresse, args=[contrat.pk]),
            compte=typographie.nombre(compte) if compte and cle == DECISIONS else "",
            a_traiter=bool(lus and lus.en_retard),
            est_courante=cle == courant,
        )
        for cle, libelle, adresse in vues
    ]


def instances_montrees(contrat: Contrat, le: date) -> list[InstanceMontree]:
    """Trois requêtes au plus, quel que soit le nombre d’instances."""
    instances = list(contrat.instances.avec_reunions(le).dans_l_ordre())
    membres = Counter(pk for pk, _ in Instance.objects.membres_de([i.pk for i in instances]))
    return [instance_montree(i, contrat, le, membres[i.pk]) for i in instances]


def instance_montree(instance: Any, contrat: Contrat, le: date, membres: int) -> InstanceMontree:
    """`instance` : lue par `avec_reunions`."""
    return InstanceMontree(
        instance=instance,
        membres=membres,
        tenues=instance.nombre_tenues,
        derniere=instance.derniere_tenue,
        prochaine=instance.prochaine,
        sans_suite=instance.sans_suite,
        rythme=rythme(
            mois=mois_de(instance, contrat),
            depuis=debut_de(instance, contrat),
            derniere=instance.derniere_tenue,
            prochaine=instance.prochaine or instance.sans_suite,
            le=le,
        ),
    )


def mois_de(instance: Instance, contrat: Contrat) -> int:
    """Le rythme écrit, à défaut celui du type ; 0 quand plus rien n’est attendu."""
    if not instance.est_active or contrat.phase in PHASES_TERMINEES:
        return 0
    if instance.frequence_mois is not None:
        return instance.frequence_mois
    return instance.type.frequence_mois or 0


def debut_de(instance: Instance, contrat: Contrat) -> date:
    """Le plus tard du début du contrat et du jour où l’instance a été écrite ici."""
    ecrite = timezone.localdate(instance.cree_le)
    return max(ecrite, contrat.date_debut) if contrat.date_debut else ecrite


def decisions_montrees(decisions: Iterable[Any], le: date) -> list[DecisionMontree]:
    return [decision_montree(decision, le) for decision in decisions]


def decision_montree(decision: Any, le: date) -> DecisionMontree:
    """`decision` : lue par `avec_retard(le)`."""
    attend = decision.statut in DECISIONS_OUVERTES
    premier = StatutDecision.FAIT if attend else StatutDecision.A_FAIRE
    autres = [s for s in StatutDecision if s not in {premier, decision.statut}]
    return DecisionMontree(
        decision=decision,
        signe="EN_RETARD" if decision.est_en_retard else SIGNE_DE_LA_DECISION[decision.statut],
        mot=str(StatutDecision(decision.statut).label),
        retard=_retard(decision.echeance, le) if decision.est_en_retard else "",
        premier=(premier.value, GESTES[premier] if attend else "Rouvrir"),
        autres=[(s.value, GESTES[s]) for s in autres],
    )


def _retard(echeance: date, le: date) -> str:
    return f"{typographie.pluriel((le - echeance).days, 'jour')} de retard"


A_CONFIRMER = ("EN_RETARD", "À confirmer")


def signe_de(reunion: Reunion) -> str:
    return SIGNE_DE_LA_REUNION[reunion.etat]


def reunions_montrees(reunions: Iterable[Reunion]) -> list[tuple[Reunion, str, str]]:
    """(réunion, signe, mot)."""
    return [(r, signe_de(r), str(EtatReunion(r.etat).label)) for r in reunions]


@dataclass(frozen=True, slots=True)
class Jour:
    """Un jour du calendrier : une réunion, ou une réunion attendue (`reunion` None)."""

    le: date
    instance: Instance
    reunion: Reunion | None = None
    signe: str = ""
    mot: str = ""


@dataclass(frozen=True, slots=True)
class Mois:
    nom: str
    jours: Sequence[Jour]
    est_courant: bool


def calendrier(
    reunions: Iterable[Reunion], instances: Sequence[InstanceMontree], annee: int, le: date
) -> list[Mois]:
    """Douze mois : chaque réunion, et chaque réunion que son rythme fait attendre.

    Une réunion passée dont personne n’a dit si elle s’est tenue le demande.
    """
    a_dire = {(i.instance.pk, i.sans_suite) for i in instances}
    jours = [
        Jour(r.date, r.instance, r, *(A_CONFIRMER if _est_a_dire(r, a_dire) else (signe, mot)))
        for r, signe, mot in reunions_montrees(reunions)
    ]
    jours += [Jour(quand, i.instance) for i in instances if (quand := _attendue(i, le))]
    places: Mapping[int, list[Jour]] = {m: [] for m in range(1, 13)}
    for jour in sorted(jours, key=lambda j: (j.le, j.instance.nom)):
        if jour.le.year == annee:
            places[jour.le.month].append(jour)
    return [
        Mois(typographie.MOIS[m - 1].capitalize(), tenus, (annee, m) == (le.year, le.month))
        for m, tenus in places.items()
    ]


def _est_a_dire(reunion: Reunion, a_dire: Collection[tuple[UUID, date | None]]) -> bool:
    prevue = reunion.etat == EtatReunion.PREVUE
    return prevue and (reunion.instance_id, reunion.date) in a_dire


def _attendue(montree: InstanceMontree, le: date) -> date | None:
    """Rien n’est attendu avant la réunion déjà prévue, ou celle dont on attend de savoir."""
    return None if montree.prochaine or montree.sans_suite else montree.rythme.attendue_le


def organisations_des_decisions(contrat: Contrat) -> list[tuple[UUID, str]]:
    """Celles qui ont au moins une décision à suivre, par nom."""
    liees = DecisionReunion.objects.du_contrat(contrat).exclude(acteur=None)
    noms = liees.values_list("acteur", "acteur__nom", "acteur__cle_tri").distinct()
    return [(pk, nom) for pk, nom, _ in noms.order_by("acteur__cle_tri")]
