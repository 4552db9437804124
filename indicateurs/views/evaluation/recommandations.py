"""Le suivi des recommandations d’un contrat, toutes évaluations réunies."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Entree, Lien
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.telechargement import a_telecharger
from contrats.adresses import adresse_avec
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi, voir
from indicateurs.evaluation.affichage import (
    RecommandationMontree,
    adresse_de,
    recommandation_montree,
)
from indicateurs.evaluation.export import RECOMMANDATIONS, lignes_des_recommandations
from indicateurs.filtres_evaluation import RecommandationFilterSet
from indicateurs.forms.evaluation import FormulaireSuite
from indicateurs.models import Recommandation, SuiteDonnee
from indicateurs.services.contenu_evaluation import donner_suite
from indicateurs.views.evaluation.portes import PIECE, element_modifiable, onglets

EN_RETARD = "en_retard"


def _filtrees(
    request: HttpRequest, contrat: Contrat
) -> tuple[list[RecommandationMontree], list[RecommandationMontree]]:
    """Celles que gardent les filtres, puis toutes ; ce qui est ouvert et urgent d’abord."""
    le = timezone.localdate()
    toutes = Recommandation.objects.du_contrat(contrat).avec_actions_lisibles(request.user)
    lues = [recommandation_montree(r) for r in toutes.avec_retard(le).par_urgence()]
    filtre = RecommandationFilterSet(request.GET, queryset=toutes)
    filtre.exiger_valide()
    gardees = set(filtre.qs.values_list("pk", flat=True))
    return [m for m in lues if m.recommandation.pk in gardees], lues


@require_safe
def suivi(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    gardees, toutes = _filtrees(request, contrat)
    en_retard = sum(montree.est_en_retard for montree in toutes)
    contexte = contexte_espace(request, contrat, PIECE, suite=[Lien("Recommandations")]) | {
        "recommandations": gardees,
        "nombre": len(toutes),
        "menus": [_menu(request.GET, request.path, toutes)],
        "puces": _puces(request.GET, request.path, en_retard),
        "parametres": request.GET.urlencode(),
        "est_filtree": bool(request.GET),
        "onglets": onglets(contrat, "recommandations", en_retard),
        "suites": SuiteDonnee.choices,
    }
    contexte["peut_gerer"] = Droit.GERER_INDICATEURS in contexte["droits"]
    return render(request, "indicateurs/evaluation/recommandations.html", contexte)


def _menu(
    parametres: QueryDict, chemin: str, toutes: list[RecommandationMontree]
) -> tuple[str, list[Entree]]:
    """Les suites que le contrat connaît, avec leur nombre."""
    choisie = parametres.get("suite", "")
    sans = adresse_avec(chemin, parametres, {"suite": None})
    entrees = [Entree("Toutes", sans, est_courante=not choisie)]
    for suite in SuiteDonnee:
        nombre = sum(montree.recommandation.suite == suite for montree in toutes)
        if nombre or suite.value == choisie:
            adresse = adresse_avec(chemin, parametres, {"suite": suite.value})
            entrees.append(
                Entree(str(suite.label), adresse, compte=typographie.nombre(nombre),
                       est_courante=suite.value == choisie)
            )  # fmt: skip
    return "Suite donnée", entrees


def _puces(parametres: QueryDict, chemin: str, en_retard: int) -> list[Entree]:
    posee = parametres.get(EN_RETARD) == "true"
    if not en_retard and not posee:
        return []
    adresse = adresse_avec(chemin, parametres, {EN_RETARD: None if posee else "true"})
    return [Entree("En retard", adresse, compte=typographie.nombre(en_retard), est_courante=posee)]


@require_safe
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    if extension not in tableur.TYPES:
        raise Http404
    lignes = lignes_des_recommandations(_filtrees(request, contrat)[0])
    contenu = tableur.ecrire(extension, "Recommandations", RECOMMANDATIONS, lignes)
    return a_telecharger(contenu, f"recommandations-{contrat.slug}", extension)


@require_POST
def suite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change la suite donnée depuis la ligne ; écarter demande de dire pourquoi, sur la fiche."""
    lue: Any = element_modifiable(request, Recommandation, pk)
    form = FormulaireSuite(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez une suite dans la liste.")
        return voir(_retour(request, lue))
    try:
        donner_suite(recommandation=lue, suite=form.cleaned_data["suite"], par=request.user)
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
        return voir(reverse("indicateurs:recommandation", args=[pk]))
    messages.success(request, "La suite donnée est enregistrée.")
    return voir(_retour(request, lue))


def _retour(request: HttpRequest, lue: Recommandation) -> str:
    """La liste du contrat, si l’on en vient ; sinon la page de l’évaluation."""
    if "liste" not in request.POST:
        return adresse_de(lue.evaluation_id, "recommandations")
    adresse = reverse("indicateurs:recommandations", args=[lue.evaluation.contrat_id])
    return adresse_avec(adresse, QueryDict(request.POST["liste"]), {})
