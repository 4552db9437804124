"""Ce que la gouvernance d’un contrat dit d’une année : les réunions tenues, qui s’est mobilisé.

« Réunion tenue » : notée comme telle, à une date de l’année, quelle que soit l’instance.
« Organisation active » : elle pilote une action ouverte cette année-là, y est associée (quel que
soit son rôle), ou elle était présente à une réunion tenue. Chaque organisation compte une fois.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from contrats.etats import STATUTS_COMMENCES, StatutAction
from contrats.models import Action, Contrat, EtatPresence, PassageStatut, Presence, Reunion

STATUTS_ACHEVES = (StatutAction.REALISEE, StatutAction.REALISEE_PARTIELLEMENT)


def reunions_tenues(contrat: Contrat, annee: int) -> int:
    return Reunion.objects.du_contrat(contrat).tenues().filter(date__year=annee).count()


def organisations_actives(contrat: Contrat, annee: int) -> set[UUID]:
    """Une seule requête ; les fiches restreintes comptent, aucune n’est nommée."""
    ouvertes = actions_ouvertes(contrat, annee)
    presentes = Presence.objects.filter(
        reunion__in=Reunion.objects.du_contrat(contrat).tenues().filter(date__year=annee),
        etat=EtatPresence.PRESENT,
    )
    pilotes = ouvertes.exclude(pilote=None).order_by().values_list("pilote")
    associees = ouvertes.exclude(acteurs=None).order_by().values_list("acteurs")
    return {pk for (pk,) in pilotes.union(associees, presentes.order_by().values_list("acteur"))}


def actions_ouvertes(contrat: Contrat, annee: int) -> QuerySet[Any]:
    """Les actions du plan commencées au plus tard cette année-là, et pas finies avant elle.

    Le statut est celui de la fin de l’année, ou d’aujourd’hui. Une action à discuter, à venir,
    reportée ou abandonnée n’est pas ouverte. Une date absente est celle du contrat ; une action
    commencée et pas finie reste ouverte après son échéance.
    """
    jusqu_au, depuis = date(annee, 12, 31), date(annee, 1, 1)
    siennes: Any = Action.objects.filter(contrat=contrat)
    return siennes.annotate(
        ouverte_le=Coalesce("date_debut", "contrat__date_debut"),
        finie_le=Coalesce("date_fin", "contrat__date_fin"),
        statut_alors=_statut_a_la_fin_de(annee),
    ).filter(
        Q(ouverte_le=None) | Q(ouverte_le__lte=jusqu_au),
        Q(statut_alors__in=STATUTS_COMMENCES)
        | Q(statut_alors__in=STATUTS_ACHEVES) & (Q(finie_le=None) | Q(finie_le__gte=depuis)),
    )


def _statut_a_la_fin_de(annee: int) -> Coalesce:
    """Le dernier noté avant ; sinon celui que le premier changement a remplacé.

    Une fiche écrite après cette année-là n’en garde rien : son statut d’aujourd’hui en tient lieu.
    """
    fin = timezone.make_aware(datetime.combine(date(annee + 1, 1, 1), time.min))
    passages = PassageStatut.objects.filter(action=OuterRef("pk"))
    dernier = passages.filter(le__lt=fin).order_by("-le", "-pk").values("vers")[:1]
    premier = passages.order_by("le", "pk").values("de")[:1]
    return Coalesce(Subquery(dernier), NullIf(Subquery(premier), Value("")), F("statut"))
