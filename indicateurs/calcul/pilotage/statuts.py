"""Les parts d’actions engagées, réalisées, abandonnées, et associant les habitants (P01–P03, P07).

Les actions du plan, abandonnées comprises ; celles de la corbeille n’en sont plus. L’année en cours
se lit sur les fiches ; une année passée, sur les changements de statut notés au 31 décembre, dès
que la plateforme en garde un, et sur les fiches telles qu’elles étaient ce jour-là.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from cls_platform.socle.typographie import date_longue
from contrats.etats import STATUTS_COMMENCES, StatutAction
from contrats.models import Action, Contrat, PassageStatut
from contrats.models.fiche_complete import NiveauParticipation
from indicateurs.calcul.pilotage.vue import Point, Points, Vue, absent
from indicateurs.models import MesureDePilotage

REALISEES = (StatutAction.REALISEE, StatutAction.REALISEE_PARTIELLEMENT)
STATUTS: dict[str, tuple[str, ...]] = {
    MesureDePilotage.ACTIONS_ENGAGEES: (*STATUTS_COMMENCES, *REALISEES),
    MesureDePilotage.ACTIONS_REALISEES: REALISEES,
    MesureDePilotage.ACTIONS_ABANDONNEES: (StatutAction.ABANDONNEE,),
}
CE_QUE_L_ON_COMPTE: dict[str, str] = {
    MesureDePilotage.ACTIONS_ENGAGEES: "en cours, en pause, bloquées ou réalisées",
    MesureDePilotage.ACTIONS_REALISEES: "réalisées, en entier ou en partie",
    MesureDePilotage.ACTIONS_ABANDONNEES: "abandonnées",
}
ASSOCIENT = (NiveauParticipation.CONCERTATION, NiveauParticipation.CO_CONSTRUCTION)
SANS_ACTION = "Le plan n’a pas encore d’action."


def des_statuts(vue: Vue, mesures: Collection[str]) -> Points:
    """Deux requêtes : les fiches d’aujourd’hui, et l’histoire de leurs statuts."""
    voulues = [m for m in STATUTS if m in mesures]
    actuels = _actuels(vue)
    anciens = _histoire(vue)
    points: dict[tuple[UUID, str], dict[int, Point]] = defaultdict(dict)
    for contrat in vue.contrats:
        for annee in vue.annees(contrat):
            en_cours = annee == vue.le.year
            comptes = actuels[contrat.pk] if en_cours else _au(anciens[contrat.pk], annee)
            if comptes or en_cours:
                for mesure in voulues:
                    points[contrat.pk, mesure][annee] = _point(vue, mesure, annee, comptes)
    return points


def _actuels(vue: Vue) -> dict[UUID, Counter[str]]:
    lus: Any = Action.objects.filter(contrat__in=vue.cles).order_by()
    comptes: dict[UUID, Counter[str]] = defaultdict(Counter)
    for contrat, statut, nombre in lus.values_list("contrat", "statut").annotate(n=Count("pk")):
        comptes[contrat][statut] = nombre
    return comptes


Passage = tuple[datetime, UUID, str]


def _histoire(vue: Vue) -> dict[UUID, list[Passage]]:
    """Du plus ancien au plus récent, sans les fiches jetées ; rien si aucune année n’est passée."""
    anciens = [c.pk for c in vue.contrats if vue.annees(c)[0] < vue.le.year]
    histoires: dict[UUID, list[Passage]] = defaultdict(list)
    if not anciens:
        return histoires
    lus = PassageStatut.objects.filter(
        action__contrat__in=anciens, action__corbeille_le=None
    ).order_by("le", "pk")
    for contrat, le, action, vers in lus.values_list("action__contrat", "le", "action", "vers"):
        histoires[contrat].append((le, action, vers))
    return histoires


def _au(histoire: Iterable[Passage], annee: int) -> Counter[str]:
    """Combien d’actions dans chaque statut à la fin de l’année."""
    fin = timezone.make_aware(datetime.combine(date(annee + 1, 1, 1), time.min))
    return Counter({action: vers for le, action, vers in histoire if le < fin}.values())


def _point(vue: Vue, mesure: str, annee: int, comptes: Counter[str]) -> Point:
    tout = comptes.total()
    if not tout:
        return absent(annee, SANS_ACTION)
    partie = sum(comptes[statut] for statut in STATUTS[mesure])
    ou = "Statuts notés" if annee < vue.le.year else "Statuts des fiches"
    return Point(
        releve=vue.part(annee, partie, tout),
        phrase=f"Actions {CE_QUE_L_ON_COMPTE[mesure]}\u00a0: {partie} sur {tout} au plan. "
        f"{ou} au {date_longue(vue.jour(annee))}.",
    )


def de_la_participation(vue: Vue, mesures: Collection[str]) -> Points:
    """Deux requêtes : les fiches d’aujourd’hui, et ce qu’elles étaient à la fin des années."""
    lus: Any = Action.objects.filter(contrat__in=vue.cles).order_by().values_list("contrat")
    actuels = {
        contrat: (partie, tout)
        for contrat, partie, tout in lus.annotate(
            partie=Count("pk", filter=Q(participation__in=ASSOCIENT)), tout=Count("pk")
        )
    }
    anciennes = _participations_passees(vue)
    return {
        (contrat.pk, MesureDePilotage.ACTIONS_AVEC_HABITANTS.value): _participations(
            vue, contrat, anciennes[contrat.pk], actuels.get(contrat.pk, (0, 0))
        )
        for contrat in vue.contrats
    }


# Année, action, niveau écrit sur la fiche à la fin de cette année-là
Ecrite = tuple[int, UUID, str]


def _participations_passees(vue: Vue) -> dict[UUID, list[Ecrite]]:
    """La dernière copie de chaque fiche, année par année ; sans les fiches jetées.

    Une fiche est datée par `modifie_le`, sa propre colonne : vrai aussi pour un import.
    """
    anciens = [c.pk for c in vue.contrats if vue.annees(c)[0] < vue.le.year]
    ecrites: dict[UUID, list[Ecrite]] = defaultdict(list)
    if not anciens:
        return ecrites
    copies: Any = Action.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    dernieres = (
        copies.objects.filter(pgh_obj__contrat__in=anciens, pgh_obj__corbeille_le=None)
        .annotate(an=ExtractYear("modifie_le"))
        .order_by("an", "pgh_obj_id", "-modifie_le", "-pgh_id")
        .distinct("an", "pgh_obj_id")
    )
    for contrat, an, action, niveau in dernieres.values_list(
        "pgh_obj__contrat", "an", "pgh_obj_id", "participation"
    ):
        ecrites[contrat].append((an, action, niveau))
    return ecrites


def _participations(
    vue: Vue, contrat: Contrat, ecrites: Iterable[Ecrite], actuelle: tuple[int, int]
) -> dict[int, Point]:
    points = {}
    for annee in vue.annees(contrat):
        if annee == vue.le.year:
            points[annee] = _participation(vue, annee, *actuelle)
            continue
        niveaux = {action: niveau for an, action, niveau in ecrites if an <= annee}
        if niveaux:
            partie = sum(niveau in ASSOCIENT for niveau in niveaux.values())
            points[annee] = _participation(vue, annee, partie, len(niveaux))
    return points


def _participation(vue: Vue, annee: int, partie: int, tout: int) -> Point:
    if not tout:
        return absent(annee, SANS_ACTION)
    phrase = (
        f"Actions en concertation ou en co-construction\u00a0: {partie} sur {tout} au plan. "
        f"Lu sur les fiches, telles qu’elles étaient au {date_longue(vue.jour(annee))}."
    )
    return Point(releve=vue.part(annee, partie, tout), phrase=phrase)
