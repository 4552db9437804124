"""Les bénéficiaires d’un contrat : ce que l’équipe sait, et ce que les habitants en liront."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle.navigation import Entree, Lien
from cls_platform.socle.tableur import liste as tableur
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import peut_sur_des_actions
from contrats.views.portes import contrat_suivi
from indicateurs.beneficiaires.annees import annee_demandee, annees_du_contrat
from indicateurs.beneficiaires.export import ENTETES, lignes_du_tableur
from indicateurs.beneficiaires.lecture import (
    Bilan,
    annees_publiees,
    bilan_interne,
    bilan_publie,
)
from indicateurs.models import Beneficiaires
from indicateurs.onglets import onglets_des_indicateurs

PUBLIQUE = "publique"


@require_safe
def beneficiaires(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    annees = _annees(contrat)
    annee = annee_demandee(request.GET.get("annee", ""), annees, _derniere_comptee(contrat))
    vue = PUBLIQUE if request.GET.get("vue") == PUBLIQUE else ""
    actions = contrat.actions.lisibles_par(request.user).dans_l_ordre()
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Bénéficiaires")])
    bilan = _bilan(request, contrat, annee, vue)
    comptees = {ligne.action.pk for ligne in bilan.actions}
    contexte |= {
        "onglets": onglets_des_indicateurs(contrat, "beneficiaires"),
        "bilan": bilan,
        "annee": annee,
        "annees": annees,
        "vue": vue,
        "bascule": _bascule(contrat, annee, vue),
        "sans_compte": [] if vue else [a for a in actions if a.pk not in comptees],
        "nombre_actions": len(actions),
        "peut_saisir": peut_sur_des_actions(contexte["droits"], Droit.SAISIR_MESURES),
        "seuil": settings.SEUIL_SECRET_STATISTIQUE,
    }
    return render(request, "indicateurs/beneficiaires/contrat.html", contexte)


@require_safe
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Le tableau de l’année ; `vue=publique` : celui que l’on peut donner à tous."""
    if extension not in tableur.TYPES:
        raise Http404("Ce format n’est pas proposé.")
    contrat = contrat_suivi(request, pk)
    annee = annee_demandee(request.GET.get("annee", ""), _annees(contrat))
    vue = PUBLIQUE if request.GET.get("vue") == PUBLIQUE else ""
    lignes = lignes_du_tableur(_bilan(request, contrat, annee, vue))
    nom = f"beneficiaires-{contrat.slug}-{annee}{'-a-publier' if vue else ''}.{extension}"
    return HttpResponse(
        tableur.ecrire(extension, "Bénéficiaires", ENTETES, lignes),
        content_type=tableur.TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@login_not_required
@require_safe
def publics(request: HttpRequest, slug: str) -> HttpResponse:
    """La page que tout le monde lit ; sans aucun compte publié, elle n’existe pas."""
    contrat = get_object_or_404(Contrat.objects.publics(), slug=slug)
    annees = annees_publiees(contrat)
    if not annees:
        raise Http404("Ce contrat n’a pas encore publié qui en bénéficie.")
    annee = annee_demandee(request.GET.get("annee", ""), annees, annees[0])
    contexte = {
        "contrat": contrat,
        "bilan": bilan_publie(contrat, annee),
        "annee": annee,
        "annees": annees,
        "seuil": settings.SEUIL_SECRET_STATISTIQUE,
    }
    return render(request, "indicateurs/beneficiaires/public.html", contexte)


def _bilan(request: HttpRequest, contrat: Contrat, annee: int, vue: str) -> Bilan:
    return bilan_publie(contrat, annee) if vue else bilan_interne(contrat, annee, request.user)


def _annees(contrat: Contrat) -> list[int]:
    """Celles du contrat, et toute autre où quelque chose a été compté."""
    comptees = Beneficiaires.objects.filter(action__contrat=contrat).values_list("annee", flat=True)
    return sorted({*annees_du_contrat(contrat, timezone.localdate()), *comptees.distinct()})


def _derniere_comptee(contrat: Contrat) -> int | None:
    comptes = Beneficiaires.objects.filter(action__contrat=contrat)
    return comptes.order_by("-annee").values_list("annee", flat=True).first()


def _bascule(contrat: Contrat, annee: int, vue: str) -> list[Entree]:
    adresse = reverse("indicateurs:beneficiaires", args=[contrat.pk])
    return [
        Entree("Pour l’équipe", f"{adresse}?annee={annee}", est_courante=not vue),
        Entree(
            "Ce que les habitants voient",
            f"{adresse}?annee={annee}&vue={PUBLIQUE}",
            est_courante=bool(vue),
        ),
    ]
