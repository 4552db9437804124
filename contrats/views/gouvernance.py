"""La gouvernance d’un contrat : ses instances, leurs réunions, l’année en calendrier."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.forms.gouvernance import FormulaireInstance
from contrats.models import Contrat, Instance, Reunion
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.presentation import gouvernance as montrer
from contrats.services.gouvernance import creer_instance, modifier_instance, retirer_instance
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi

PIECE = "gouvernance"
DERNIERES_MONTREES = 5
ANNEES = range(2000, 2101)


def adresse_de_la_piece(contrat: Contrat) -> str:
    return reverse("contrats:gouvernance", args=[contrat.pk])


def adresse_de_l_instance(instance: Instance) -> str:
    return reverse("contrats:instance", args=[instance.pk])


def coque(request: HttpRequest, contrat: Contrat, *suite: Lien) -> dict[str, Any]:
    return contexte_espace(request, contrat, PIECE, suite=suite)


def _coque_de_l_instance(request: HttpRequest, instance: Instance, *suite: Lien) -> dict[str, Any]:
    ici = Lien(instance.nom, adresse_de_l_instance(instance))
    return coque(request, instance.contrat, ici, *suite)


def contexte_de_vue(request: HttpRequest, contrat: Contrat, vue: str) -> dict[str, Any]:
    """La coque d’une des trois vues de la pièce, ses onglets et ses repères."""
    lus = montrer.reperes(contrat, timezone.localdate())
    noms = {montrer.DECISIONS: "Décisions", montrer.CALENDRIER: "Calendrier"}
    suite = [Lien(noms[vue])] if vue in noms else []
    contexte = coque(request, contrat, *suite)
    return contexte | {
        "onglets": montrer.onglets(contrat, vue, lus),
        "reperes": lus,
        "le": timezone.localdate(),
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
    }


@require_GET
def gouvernance(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    le = timezone.localdate()
    reunions = Reunion.objects.du_contrat(contrat)
    instances = montrer.instances_montrees(contrat, le)
    contexte = contexte_de_vue(request, contrat, montrer.INSTANCES) | {
        "instances": instances,
        "attendues": [i for i in instances if i.rythme.est_en_retard],
        "sans_suite": list(reunions.sans_suite(le)),
        "a_venir": montrer.reunions_montrees(reunions.a_venir(le)),
        "dernieres": list(reunions.tenues().recentes_d_abord()[:DERNIERES_MONTREES]),
    }
    return render(request, "contrats/gouvernance/gouvernance.html", contexte)


@require_GET
def calendrier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’année demandée, celle d’aujourd’hui sans réponse. Lève BadRequest (400)."""
    contrat = contrat_suivi(request, pk)
    le = timezone.localdate()
    annee = _annee(request, le.year)
    reunions = Reunion.objects.du_contrat(contrat).de_l_annee(annee).dans_l_ordre()
    instances = montrer.instances_montrees(contrat, le)
    contexte = contexte_de_vue(request, contrat, montrer.CALENDRIER) | {
        "annee": annee,
        "mois": montrer.calendrier(reunions, instances, annee, le),
        "a_des_instances": bool(instances),
    }
    return render(request, "contrats/gouvernance/calendrier.html", contexte)


def _annee(request: HttpRequest, courante: int) -> int:
    demandee = request.GET.get("annee", "") or str(courante)
    if not demandee.isdecimal() or int(demandee) not in ANNEES:
        raise BadRequest("L’année n’a pas été comprise. Écrivez-la en quatre chiffres, comme 2026.")
    return int(demandee)


def instance_suivie(request: HttpRequest, pk: UUID) -> Instance:
    return get_object_or_404(Instance.objects.suivis_par(request.user), pk=pk)


def _instance_modifiable(request: HttpRequest, pk: UUID) -> Instance:
    instance = instance_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, instance.contrat)
    return instance


@require_GET
def instance(request: HttpRequest, pk: UUID) -> HttpResponse:
    le = timezone.localdate()
    lue = get_object_or_404(Instance.objects.suivis_par(request.user).avec_reunions(le), pk=pk)
    membres = list(lue.membres.tries().select_related("type"))
    contexte = coque(request, lue.contrat, Lien(lue.nom))
    contexte |= {
        "instance": lue,
        "montree": montrer.instance_montree(lue, lue.contrat, le, len(membres)),
        "membres": membres,
        "reunions": montrer.reunions_montrees(lue.reunions.all().recentes_d_abord()),
        "evenements": historique(lue, limite=12, sauf=("contrat",)),
        "moi": str(request.user),
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
    }
    return render(request, "contrats/gouvernance/instance.html", contexte)


@require_http_methods(["GET", "POST"])
def instance_ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    recherche = request.GET.get("recherche", "")
    edition = Edition(
        former=partial(FormulaireInstance, contrat=contrat, recherche=recherche),
        ecrire=partial(creer_instance, contrat=contrat),
        contexte=partial(coque, request, contrat),
        suite=adresse_de_l_instance,
        titre="Nouvelle instance",
        retour=adresse_de_la_piece(contrat),
        geste="Créer l’instance",
        gabarit="contrats/partie_ajout.html",
        plus={"recherche": recherche},
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def instance_modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _instance_modifiable(request, pk)
    recherche = request.GET.get("recherche", "")
    edition = Edition(
        objet=lue,
        former=partial(FormulaireInstance, contrat=lue.contrat, recherche=recherche, objet=lue),
        ecrire=partial(modifier_instance, instance=lue),
        contexte=partial(_coque_de_l_instance, request, lue),
        titre="Modifier l’instance",
        sujet=lue.nom,
        retour=adresse_de_l_instance(lue),
        gabarit="contrats/partie_ajout.html",
        plus={"recherche": recherche},
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def instance_retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _instance_modifiable(request, pk)
    nombre = lue.reunions.count()
    reunions = typographie.pluriel(nombre, "réunion")
    return confirmer(
        request,
        retirer=partial(retirer_instance, instance=lue, version=None),
        contexte=partial(_coque_de_l_instance, request, lue),
        titre="Retirer l’instance",
        question=f"Retirer l’instance «\u00a0{lue.nom}\u00a0»\u202f?",
        consequence=f"Avec elle partent {reunions}, leurs comptes rendus et leurs décisions. Pour "
        "en garder la trace, dites plutôt qu’elle ne se réunit plus."
        if nombre
        else "Elle n’a aucune réunion\u00a0: rien d’autre ne change.",
        retour=adresse_de_l_instance(lue),
        apres=adresse_de_la_piece(lue.contrat),
    )
