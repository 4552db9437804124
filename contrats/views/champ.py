"""Modifier un champ d’une fiche : en place avec htmx, sur une page à lui sans JavaScript."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import completude, fiche
from contrats.champs_fiche import CHERCHENT_UNE_ORGANISATION, ChampEnPlace
from contrats.forms.action import FormulaireAction
from contrats.forms.valeurs_action import en_mots, valeurs_de
from contrats.histoire.fiche import journal
from contrats.models import Action
from contrats.navigation import contexte_espace
from contrats.permissions import droits_sur, refus
from contrats.provenance import avec_provenance
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.services.plan import champs_modifiables, modifier_action
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.plan import lire_plan
from contrats.views.portes import action_suivie, en_place, filtres_d_origine, page_d_origine, voir
from contrats.views.suivi import statut_explique

LIMITE_DU_JOURNAL = 12
REPOS_DU_PLAN = "contrats/fragments/_repos_du_plan.html"
REPOS_DE_LA_FICHE = "contrats/fragments/_repos_de_la_fiche.html"
# Dans une cellule du plan, le pilote se choisit sans la personne
CHAMPS_DANS_LE_PLAN = {"pilote": ("pilote",), "statut": ("statut", "statut_raison")}


@require_http_methods(["GET", "POST"])
def champ(request: HttpRequest, pk: UUID, champ: str) -> HttpResponse:
    action = action_suivie(request, pk)
    try:
        definition = fiche.definition_de(action, champ)
    except KeyError as erreur:
        raise Http404 from erreur
    droits = droits_sur(request.user, action.contrat)
    if not champs_modifiables(request.user, action, droits).issuperset(definition.champs):
        raise refus(Droit.MODIFIER_PLAN)
    if request.method == "POST":
        return _enregistrer(request, action, definition)
    if "annuler" in request.GET:
        return _repos(request, action, definition)
    form = _formulaire(request, action, definition, recherche=request.GET.get("recherche", ""))
    return _editeur(request, action, definition, form)


def _formulaire(
    request: HttpRequest, action: Action, definition: ChampEnPlace, *donnees: Any, **options: Any
) -> FormulaireAction:
    seulement = definition.champs
    if page_d_origine(request) == "plan":
        seulement = CHAMPS_DANS_LE_PLAN.get(definition.nom, seulement)
    return FormulaireAction(
        *donnees,
        contrat=action.contrat,
        action=action,
        seulement=seulement,
        auto_id=f"{definition.nom}-%s",
        **options,
    )


def _enregistrer(request: HttpRequest, action: Action, definition: ChampEnPlace) -> HttpResponse:
    if REPRENDRE in request.POST:
        return _reprendre(request, action, definition)
    form = _formulaire(request, action, definition, request.POST)
    if form.is_valid():
        try:
            ecrire_en_fusionnant(
                objet=action,
                ecrire=partial(modifier_action, action=action),
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
                departage=departage_de(request.POST),
            )
        except ConflitDeChamps as erreur:
            return _en_conflit(request, action, definition, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _enregistre(request, action, definition)
    return _editeur(request, action, definition, form, statut=422)


def _enregistre(request: HttpRequest, action: Action, definition: ChampEnPlace) -> HttpResponse:
    if not en_place(request):
        return voir(_retour(action, definition))
    heure = typographie.heure(timezone.localtime())
    return _repos(request, action_suivie(request, action.pk), definition, enregistre=heure)


def _retour(action: Action, definition: ChampEnPlace) -> str:
    return f"{reverse('contrats:action', args=[action.pk])}#champ-{definition.nom}-{action.pk}"


def _repos(
    request: HttpRequest, action: Action, definition: ChampEnPlace, enregistre: str = ""
) -> HttpResponse:
    """Le champ au repos et, s’il vient d’être écrit, ce qui en dépend ailleurs dans la page."""
    if not en_place(request):
        return voir(_retour(action, definition))
    le, dans_le_plan = timezone.localdate(), page_d_origine(request) == "plan"
    afficher = fiche.cellule if dans_le_plan else fiche.champ
    contexte: dict[str, Any] = {
        "champ": afficher(action, definition.nom, est_modifiable=True, le=le, enregistre=enregistre)
    }
    if enregistre:
        contexte["dependances"] = fiche.dependances(
            action, definition.nom, le, dans_le_plan=dans_le_plan
        )
        contexte |= _plan_a_jour(request, action, le) if dans_le_plan else _autour(request, action)
    contexte["ecrit"] = bool(enregistre)
    return render(request, REPOS_DU_PLAN if dans_le_plan else REPOS_DE_LA_FICHE, contexte)


def _autour(request: HttpRequest, action: Any) -> dict[str, Any]:
    """Ce que la page d’origine montre à côté du champ."""
    if page_d_origine(request) == "action_suivi":
        return {"du_suivi": True, "action": action} | statut_explique(action, timezone.localdate())
    return {"du_suivi": False} | _journal(request, action)


def _journal(request: HttpRequest, action: Any) -> dict[str, Any]:
    """L’historique et la complétude, après une écriture."""
    complet = completude.completude(action.remplis)
    ouverts = champs_modifiables(request.user, action, droits_sur(request.user, action.contrat))
    return {
        "evenements": avec_provenance(journal(action, limite=LIMITE_DU_JOURNAL)),
        "moi": str(request.user),
        "completude": complet,
        "manques": fiche.manques(action, complet, ouverts),
        "regle": completude.regle(),
    }


def _plan_a_jour(request: HttpRequest, action: Action, le: date) -> dict[str, Any]:
    """Le résumé du plan et l’avancement des axes, avec les filtres de la page d’origine."""
    droits = droits_sur(request.user, action.contrat)
    filtres = filtres_d_origine(request)
    return {
        "plan": lire_plan(action.contrat, filtres, request.user, droits, le),
        "total": action.contrat.actions.lisibles_par(request.user).count(),
    }


def _editeur(
    request: HttpRequest,
    action: Action,
    definition: ChampEnPlace,
    form: FormulaireAction,
    statut: int = 200,
) -> HttpResponse:
    dans_le_plan = page_d_origine(request) == "plan"
    contexte: dict[str, Any] = {
        "identifiant": f"champ-{definition.nom}-{action.pk}",
        "definition": definition,
        "cherche_organisation": definition.nom in CHERCHENT_UNE_ORGANISATION,
        "form": form,
        "adresse": reverse("contrats:action_champ", args=[action.pk, definition.nom]),
        "retour": _retour(action, definition),
        "cellule": dans_le_plan,
        "historique": reverse("contrats:champ_historique", args=[action.pk, definition.nom]),
    }
    if en_place(request):
        return render(request, "contrats/fragments/_edition.html", contexte, status=statut)
    contexte |= _page(request, action, definition)
    return render(request, "contrats/champ.html", contexte, status=statut)


def _page(request: HttpRequest, action: Action, definition: ChampEnPlace) -> dict[str, Any]:
    adresse = reverse("contrats:action", args=[action.pk])
    suite = [Lien(fiche.nom_court(action), adresse), Lien(definition.libelle)]
    return contexte_espace(request, action.contrat, "plan", suite=suite) | {
        "action": action,
        "recherche": request.GET.get("recherche", ""),
    }


def _en_conflit(
    request: HttpRequest,
    action: Action,
    definition: ChampEnPlace,
    form: FormulaireAction,
    erreur: ConflitDeChamps,
) -> HttpResponse:
    siennes = form.ecriture(valeurs_de(erreur.actuel, form.valeurs()))
    miennes = form.ecriture(form.valeurs())
    face_a_face = conflit(
        request, erreur.actuel, miennes, siennes, form, seulement=erreur.en_conflit
    )
    if face_a_face is None:
        return _enregistre(request, action, definition)
    contexte: dict[str, Any] = {
        "identifiant": f"champ-{definition.nom}-{action.pk}",
        "conflit": face_a_face,
        "quoi": definition.libelle,
        "adresse": reverse("contrats:action_champ", args=[action.pk, definition.nom]),
        "retour": _retour(action, definition),
    }
    if en_place(request):
        return render(request, "contrats/fragments/_conflit.html", contexte, status=409)
    contexte |= _page(request, action, definition)
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprendre(request: HttpRequest, action: Action, definition: ChampEnPlace) -> HttpResponse:
    """L’éditeur rouvert sur la version d’aujourd’hui, avec les deux textes."""
    vierge = _formulaire(request, action, definition)
    siennes = valeurs_de(action, [n for n in vierge.fields if n != "version"])
    fusion = fusion_de(action, _formulaire(request, action, definition, request.POST))
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": action.version}
    form = _formulaire(request, action, definition, initial=initiales)
    autre = action.modifie_par.nom_complet if action.modifie_par else "l’outil relié"
    aide_de_la_reprise(form, {n: en_mots(n, v) for n, v in siennes.items()}, autre, fusion)
    return _editeur(request, action, definition, form)
