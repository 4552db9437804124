"""Les réunions tenues et les organisations mobilisées (P04, P05), comme la gouvernance les dit."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import ExtractYear

from contrats.gouvernance import organisations_actives
from contrats.models import Reunion
from indicateurs.calcul.pilotage.vue import Point, Points, Vue
from indicateurs.models import MesureDePilotage


def des_reunions(vue: Vue, mesures: Collection[str]) -> Points:
    """Une requête. Depuis la première réunion notée, une année sans réunion compte zéro."""
    tenues = Reunion.objects.tenues().filter(instance__contrat__in=vue.cles, date__lte=vue.le)
    comptes: dict[tuple[UUID, int], int] = {
        (contrat, annee): n
        for contrat, annee, n in tenues.order_by()
        .annotate(an=ExtractYear("date"))
        .values_list("instance__contrat", "an")
        .annotate(n=Count("pk"))
    }
    points: dict[tuple[UUID, str], dict[int, Point]] = defaultdict(dict)
    for contrat in vue.contrats:
        siennes = [an for pk, an in comptes if pk == contrat.pk]
        for annee in (
            range(min(siennes), max(*siennes, *vue.annees(contrat)) + 1) if siennes else ()
        ):
            tenues_en = comptes.get((contrat.pk, annee), 0)
            points[contrat.pk, MesureDePilotage.REUNIONS_TENUES][annee] = Point(
                releve=vue.nombre(annee, tenues_en),
                phrase="Réunions notées comme tenues, toutes instances.",
            )
    return points


def des_organisations(vue: Vue, mesures: Collection[str]) -> Points:
    """Une requête par année de chaque contrat."""
    return {
        (contrat.pk, MesureDePilotage.PARTENAIRES_MOBILISES.value): {
            annee: Point(
                releve=vue.nombre(annee, len(organisations_actives(contrat, annee))),
                phrase="Organisations distinctes qui pilotent ou accompagnent une action ouverte, "
                "ou présentes à une réunion.",
            )
            for annee in vue.annees(contrat)
        }
        for contrat in vue.contrats
    }
