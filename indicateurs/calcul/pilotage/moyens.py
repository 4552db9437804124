"""Le budget exécuté et le temps de coordination (P06, P08), tels que les fiches les écrivent.

Budget : en argent, apports en nature et temps de travail à part. Temps de coordination : celui des
fiches du thème « Gouvernance, coordination et observation », réalisé ou, sinon, prévu.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from cls_platform.socle.typographie import date_longue, pluriel
from contrats.models import Action, LigneBudget, UniteBudget
from contrats.models.lectures_argent import EN_ARGENT, total
from contrats.models.selections_argent import RIEN
from contrats.pilotage.coordination import THEME
from indicateurs.calcul.pilotage.vue import Point, Points, Vue, absent
from indicateurs.models import MesureDePilotage

SANS_PREVU = "Aucune dépense n’est prévue cette année-là."
SANS_REALISE = "Aucune dépense réalisée n’est encore notée cette année-là."


def du_budget(vue: Vue, mesures: Collection[str]) -> Points:
    """Une requête."""
    sommes = _lignes(vue).filter(EN_ARGENT).values_list("action__contrat", "annee")
    points: dict[tuple[UUID, str], dict[int, Point]] = defaultdict(dict)
    for contrat, annee, prevu, realise, lignes, notees in sommes.annotate(
        total_prevu=total(Coalesce("prevu", RIEN)),
        total_realise=total("realise"),
        lignes=Count("pk"),
        notees=Count("pk", filter=Q(realise__isnull=False)),
    ):
        points[contrat, MesureDePilotage.BUDGET_EXECUTE][annee] = _execution(
            vue, annee, prevu, realise, lignes, notees
        )
    return points


def _execution(vue: Vue, annee: int, prevu: Any, realise: Any, lignes: int, notees: int) -> Point:
    if not prevu:
        return absent(annee, SANS_PREVU)
    if not notees:
        return absent(annee, SANS_REALISE)
    phrase = f"Réalisé noté sur {notees} de {pluriel(lignes, 'dépense')}."
    part = vue.part(annee, realise, prevu)
    return Point(releve=part if notees == lignes else vue.provisoire(part), phrase=phrase)


def du_temps(vue: Vue, mesures: Collection[str]) -> Points:
    """Une requête."""
    themes = Action.themes.through.objects.filter(action=OuterRef("action"), theme=THEME)
    lignes = _lignes(vue).filter(Exists(themes), unite=UniteBudget.ETP)
    points: dict[tuple[UUID, str], dict[int, Point]] = defaultdict(dict)
    sommes = lignes.values_list("action__contrat", "annee")
    for contrat, annee, temps in sommes.annotate(temps=total(Coalesce("realise", "prevu", RIEN))):
        if temps:
            points[contrat, MesureDePilotage.ETP_COORDINATION][annee] = Point(
                releve=vue.nombre(annee, temps),
                phrase="Temps de travail des fiches de coordination, réalisé ou sinon prévu, lu "
                f"au {date_longue(vue.le)}.",
            )
    return points


def _lignes(vue: Vue) -> Any:
    """Une fiche à la corbeille n’a plus de budget ; une année à venir n’est pas une mesure."""
    return LigneBudget.objects.filter(
        action__contrat__in=vue.cles, action__corbeille_le=None, annee__lte=vue.le.year
    ).order_by()
