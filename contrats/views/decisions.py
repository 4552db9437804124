"""Le relevé de décisions : le suivre, l’emporter, écrire une décision, changer son état."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from acteurs.models import Acteur
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion
from cls_platform.socle.tableur import liste as tableur
from contrats.filtres_gouvernance import DecisionFilterSet, Voir
from contrats.forms.gouvernance import FormulaireDecision, FormulaireStatut
from contrats.models import Contrat, DecisionReunion, Reunion
from contrats.models.organisations import organisations_de
from contrats.permissions import exiger
from contrats.presentation import gouvernance as montrer
from contrats.presentation.export_decisions import ENTETES, valeurs_exportees
from contrats.presentation.menus_decisions import est_filtree, menus
from contrats.services.decisions import ajouter_decision, modifier_decision, retirer_decision
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.gouvernance import contexte_de_vue
from contrats.views.portes import contrat_suivi, en_place, voir
from contrats.views.reunions import (
    adresse_de_la_reunion,
    contexte_reunion,
    nom_de,
    reunion_modifiable,
)

LIGNES_PAR_PAGE = 50
ENTRE_TEMPS = "Cette décision a changé entre-temps. Voici où elle en est."


def decisions_filtrees(request: HttpRequest, contrat: Contrat) -> DecisionFilterSet:
    """Sans réponse, celles qui attendent. Lève BadRequest (400)."""
    parametres = request.GET.copy()
    parametres.setdefault("voir", Voir.EN_ATTENTE.value)
    siennes = DecisionReunion.objects.du_contrat(contrat).pour_suivi()
    filtre = DecisionFilterSet(parametres, queryset=siennes, par=request.user)
    filtre.exiger_valide()
    return filtre


@require_GET
def decisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    filtre = decisions_filtrees(request, contrat)
    page = Paginator(filtre.qs.avec_retard(filtre.le), LIGNES_PAR_PAGE).get_page(
        request.GET.get("page")
    )
    contexte = contexte_de_vue(request, contrat, montrer.DECISIONS) | {
        "page": page,
        "decisions": montrer.decisions_montrees(page.object_list, filtre.le),
        "menus": menus(request.path, request.GET, contrat),
        "recherche": request.GET.get("recherche", ""),
        "caches": [(n, v) for n, v in request.GET.items() if n not in {"recherche", "page"}],
        "est_filtree": est_filtree(request.GET),
        "total": DecisionReunion.objects.du_contrat(contrat).count(),
        "parametres": request.GET.urlencode(),
        "vue": "decisions",
    }
    return render(request, "contrats/gouvernance/decisions.html", contexte)


@require_GET
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Exactement les décisions que montrent ces filtres, dans le même ordre."""
    contrat = contrat_suivi(request, pk)
    if extension not in tableur.TYPES:
        raise Http404
    filtre = decisions_filtrees(request, contrat)
    lignes = [valeurs_exportees(decision) for decision in filtre.qs.avec_retard(filtre.le)]
    nom = f"{contrat.slug}-decisions-{filtre.le:%Y-%m-%d}.{extension}"
    return HttpResponse(
        tableur.ecrire(extension, "Décisions", ENTETES, lignes),
        content_type=tableur.TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


def _decision_modifiable(request: HttpRequest, pk: UUID) -> DecisionReunion:
    suivies = DecisionReunion.objects.suivis_par(request.user).avec_reunion()
    decision = get_object_or_404(suivies.avec_retard(timezone.localdate()), pk=pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, decision.reunion.instance.contrat)
    return decision


def _releve(reunion: Reunion) -> str:
    return f"{adresse_de_la_reunion(reunion)}#decisions"


def _organisations(reunion: Reunion) -> list[Acteur]:
    """Celles du contrat, les membres de l’instance et les présentes."""
    presentes = Acteur.objects.filter(presences__reunion=reunion)
    connues = [*organisations_de(reunion.instance.contrat), *reunion.instance.membres.tries()]
    return [*connues, *presentes.tries()]


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    reunion = reunion_modifiable(request, pk)
    edition = Edition(
        former=partial(FormulaireDecision, organisations=_organisations(reunion)),
        ecrire=partial(ajouter_decision, reunion=reunion),
        contexte=partial(contexte_reunion, request, reunion),
        titre="Ajouter une décision",
        sujet=nom_de(reunion),
        retour=_releve(reunion),
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _decision_modifiable(request, pk)
    organisations = _organisations(lue.reunion)
    edition = Edition(
        objet=lue,
        former=partial(FormulaireDecision, organisations=organisations, objet=lue),
        ecrire=partial(modifier_decision, decision=lue),
        contexte=partial(contexte_reunion, request, lue.reunion),
        titre="Modifier la décision",
        sujet=nom_de(lue.reunion),
        retour=_releve(lue.reunion),
    )
    return editer(request, edition)


@require_POST
def statut(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un bouton de la ligne ; avec htmx, la ligne seule revient."""
    lue = _decision_modifiable(request, pk)
    form = FormulaireStatut(request.POST)
    if not form.is_valid():
        raise BadRequest("Ce geste n’a pas été compris. Rechargez la page.")
    avis = ""
    try:
        modifier_decision(
            decision=lue,
            valeurs={"statut": form.cleaned_data["statut"]},
            version=form.cleaned_data["version"],
            par=request.user,
        )
    except ConflitVersion:
        avis = ENTRE_TEMPS
    vue, parametres = form.cleaned_data["vue"], QueryDict(request.POST.get("parametres", ""))
    if en_place(request):
        return _ligne(request, pk, vue, parametres, avis)
    if avis:
        messages.warning(request, avis)
    if vue == "reunion":
        return voir(_releve(lue.reunion))
    adresse = reverse("contrats:decisions", args=[lue.reunion.instance.contrat_id])
    return voir(f"{adresse}?{parametres.urlencode()}" if parametres else adresse)


def _ligne(
    request: HttpRequest, pk: UUID, vue: str, parametres: QueryDict, avis: str
) -> HttpResponse:
    a_jour = _decision_modifiable(request, pk)
    contexte = {
        "montree": montrer.decision_montree(a_jour, timezone.localdate()),
        "vue": vue,
        "parametres": parametres.urlencode(),
        "peut_modifier": True,
        "avis": avis,
        "enregistre": "" if avis else typographie.heure(timezone.localtime()),
    }
    return render(request, "contrats/gouvernance/fragments/_decision.html", contexte)


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _decision_modifiable(request, pk)
    return confirmer(
        request,
        retirer=partial(retirer_decision, decision=lue, version=None),
        contexte=partial(contexte_reunion, request, lue.reunion),
        titre="Retirer la décision",
        question=f"Retirer la décision «\u00a0{lue}\u00a0»\u202f?",
        consequence="Elle quitte le relevé de la réunion. Une décision abandonnée peut aussi être "
        "annulée\u00a0: le relevé la garde.",
        retour=_releve(lue.reunion),
    )
