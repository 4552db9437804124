"""Où en est une action : son statut affiché, son avancement, ce qui la met à risque.

Les seules écritures de ces règles. Chacune est une expression SQL, que les listes filtrent et que
les totaux comptent ; `templates/contrats/fragments/_regles.html` les dit en français.
"""

import calendar
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from contrats.etats import (
    STATUTS_COMMENCES,
    STATUTS_MIS_EN_RETARD,
    STATUTS_OUVERTS,
    StatutAction,
)


def mise_en_retard(le: date, prefixe: str = "") -> Q:
    """L’échéance est passée, l’action attend encore, et rien ne tient le statut noté."""
    return Q(
        **{
            f"{prefixe}date_fin__lt": le,
            f"{prefixe}statut__in": STATUTS_MIS_EN_RETARD,
            f"{prefixe}statut_est_impose": False,
        }
    )


def statut_affiche(le: date, prefixe: str = "") -> Case:
    """Le statut noté, ou EN_RETARD pour une action mise en retard ce jour-là."""
    return Case(
        When(mise_en_retard(le, prefixe), then=Value(StatutAction.EN_RETARD.value)),
        default=F(f"{prefixe}statut"),
        output_field=CharField(),
    )


def avancement(jalons: QuerySet[Any]) -> Case:
    """Part des étapes faites (0–1), les abandonnées à part ; `jalons` sont celles qui comptent.

    Réalisée : 1. Sans étape : 0,5 si réalisée partiellement, sinon 0.
    """
    faits, tous = Count("pk", filter=~Q(fait_le=None)), Count("pk")
    siens = jalons.filter(action=OuterRef("pk")).order_by().values("action")
    part = siens.annotate(part=ExpressionWrapper(faits * 1.0 / tous, FloatField())).values("part")
    sans_etape = Case(
        When(statut=StatutAction.REALISEE_PARTIELLEMENT, then=Value(0.5)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return Case(
        When(statut=StatutAction.REALISEE, then=Value(1.0)),
        default=Coalesce(Subquery(part), sans_etape),
        output_field=FloatField(),
    )


def seuil_des_nouvelles(le: date, mois: int) -> date:
    """Le même jour, `mois` mois plus tôt ; le dernier du mois s’il n’existe pas."""
    annee, rang = divmod(le.year * 12 + le.month - 1 - mois, 12)
    return date(annee, rang + 1, min(le.day, calendar.monthrange(annee, rang + 1)[1]))


def a_une_etape_depassee(jalons: QuerySet[Any], le: date) -> Q:
    """L’action n’est pas finie, et une étape ni faite ni abandonnée aurait dû l’être."""
    depassees = jalons.filter(
        action=OuterRef("pk"), fait_le=None, est_abandonne=False, echeance__lt=le
    )
    return Q(statut__in=STATUTS_OUVERTS) & Q(Exists(depassees))


def debut_des_nouvelles(le: date, mois: int) -> datetime:
    return timezone.make_aware(datetime.combine(seuil_des_nouvelles(le, mois), time.min))


def est_sans_nouvelles(jalons: QuerySet[Any], notes: QuerySet[Any], depuis: datetime) -> Q:
    """Commencée, pas finie, et ni la fiche, ni une étape, ni une note n’a été écrite depuis."""
    ecrites = {"action": OuterRef("pk"), "modifie_le__gte": depuis}
    return (
        Q(statut__in=STATUTS_COMMENCES, modifie_le__lt=depuis)
        & ~Q(Exists(jalons.filter(**ecrites)))
        & ~Q(Exists(notes.filter(**ecrites)))
    )
