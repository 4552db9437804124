"""L’onglet « Budget » d’une fiche : ce qu’elle coûte, d’où vient l’argent, ligne par ligne.

Toute réponse est l’onglet entier, avec au plus une ligne ouverte : la page sans JavaScript, le
fragment `#budget` avec htmx.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.argent import ecarts
from contrats.budget_fiche import budget_affiche, cle_de
from contrats.coque_fiche import contexte_fiche
from contrats.forms.budget import FormulaireFinancement, FormulaireLigne, FormulaireRetrait
from contrats.models import Action, Financement, LigneBudget
from contrats.permissions import exiger, exiger_sur_action, peut_sur_action
from contrats.services import financement as services
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import action_suivie, en_place, recu, voir

FRAGMENT = "contrats/fragments/_budget.html"


@dataclass(frozen=True, slots=True)
class Sorte:
    """Une dépense ou un financement."""

    modele: Any
    formulaire: Any
    nouveau: str


SORTES = {
    "ligne": Sorte(LigneBudget, FormulaireLigne, "Ajouter une dépense"),
    "financement": Sorte(Financement, FormulaireFinancement, "Ajouter un financement"),
}


@dataclass(slots=True)
class Ouvert:
    """Ce qui est ouvert dans l’onglet : la saisie, le retrait à confirmer, ou deux versions."""

    cle: str
    titre: str
    adresse: str
    form: Any = None
    version: int | None = None
    conflit: Any = None


@require_GET
def budget(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _onglet(request, _action(request, pk))


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID, sorte: str) -> HttpResponse:
    action, genre = _action(request, pk, ecrire=True), SORTES[sorte]
    cle = f"{sorte}-nouvelle"
    if "annuler" in request.GET:
        return _retour(request, action, repere=cle)
    form = genre.formulaire(
        recu(request),
        contrat=action.contrat,
        auto_id=f"{cle}-%s",
        initial={"annee": timezone.localdate().year},
    )
    if request.method == "POST" and form.is_valid():
        try:
            objet = services.ajouter_argent(
                modele=genre.modele, action=action, valeurs=form.valeurs(), par=request.user
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _retour(request, action, repere=cle_de(objet), geste="Enregistré")
    adresse = reverse(f"contrats:{sorte}_ajouter", args=[pk])
    return _onglet(request, action, Ouvert(cle, genre.nouveau, adresse, form=_vise(form)))


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID, sorte: str) -> HttpResponse:
    genre, objet = SORTES[sorte], _objet(request, pk, sorte)
    action = _action(request, objet.action_id, ecrire=True)
    if "annuler" in request.GET:
        return _retour(request, action, repere=cle_de(objet))
    if REPRENDRE in request.POST:
        return _saisie(request, action, objet, sorte, _reprise(request, objet, genre))
    form = _formulaire(genre, objet, recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            ecrire_en_fusionnant(
                objet=objet,
                ecrire=partial(services.modifier_argent, objet=objet),
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
                departage=departage_de(request.POST),
            )
        except ConflitDeChamps as erreur:
            return _en_conflit(request, action, objet, sorte, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _retour(request, action, repere=cle_de(objet), geste="Enregistré")
    return _saisie(request, action, objet, sorte, form)


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID, sorte: str) -> HttpResponse:
    """Demande confirmation, puis retire ce qui a été lu et rien d’autre."""
    objet = _objet(request, pk, sorte)
    action, statut = _action(request, objet.action_id, ecrire=True), 200
    if "annuler" in request.GET:
        return _retour(request, action, repere=cle_de(objet))
    titre = f"Retirer «\u00a0{_nom(objet)}\u00a0»\u202f?"
    form = FormulaireRetrait(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.retirer_argent(objet=objet, version=version, par=request.user)
        except ConflitVersion:
            titre, statut = f"Cette ligne a changé entre-temps. {titre}", 409
        else:
            return _retour(request, action, repere=f"{sorte}-nouvelle", geste="Retiré")
    adresse = reverse(f"contrats:{sorte}_retirer", args=[pk])
    ouvert = Ouvert(cle_de(objet), titre, adresse, version=objet.version)
    return _onglet(request, action, ouvert, statut=422 if form.errors else statut)


def _action(request: HttpRequest, pk: UUID, *, ecrire: bool = False) -> Action:
    action = action_suivie(request, pk)
    exiger(request.user, Droit.VOIR_BUDGET, action.contrat)
    if ecrire:
        exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
    return action


def _objet(request: HttpRequest, pk: UUID, sorte: str) -> Any:
    suivis = SORTES[sorte].modele.objects.suivis_par(request.user).pour_fiche()
    return get_object_or_404(suivis.select_related("action", "modifie_par"), pk=pk)


def _nom(objet: Any) -> str:
    libelle = objet.nature if isinstance(objet, LigneBudget) else objet.type_financeur
    return f"{libelle}, {objet.annee}"


def _formulaire(genre: Sorte, objet: Any, *donnees: Any, **options: Any) -> Any:
    contrat = objet.action.contrat
    return genre.formulaire(
        *donnees, objet=objet, contrat=contrat, auto_id=f"{cle_de(objet)}-%s", **options
    )


def _saisie(
    request: HttpRequest, action: Action, objet: Any, sorte: str, form: Any
) -> HttpResponse:
    adresse = reverse(f"contrats:{sorte}_modifier", args=[objet.pk])
    return _onglet(request, action, Ouvert(cle_de(objet), _nom(objet), adresse, form=_vise(form)))


def _vise(form: Any) -> Any:
    """Sans erreur, le premier champ reçoit le focus ; avec, c’est leur résumé."""
    if not form.errors:
        form.fields["annee"].widget.attrs |= {"autofocus": True, "data-cls-focus": True}
    return form


def _en_conflit(
    request: HttpRequest,
    action: Action,
    objet: Any,
    sorte: str,
    form: Any,
    erreur: ConflitDeChamps,
) -> HttpResponse:
    actuel, valeurs = erreur.actuel, form.valeurs()
    siennes = form.ecriture({nom: getattr(actuel, nom) for nom in valeurs})
    miennes = form.ecriture(valeurs)
    face_a_face = conflit(request, actuel, miennes, siennes, form, seulement=erreur.en_conflit)
    if face_a_face is None:
        return _retour(request, action, repere=cle_de(objet), geste="Enregistré")
    adresse = reverse(f"contrats:{sorte}_modifier", args=[objet.pk])
    ouvert = Ouvert(cle_de(objet), _nom(objet), adresse, conflit=face_a_face)
    return _onglet(request, action, ouvert, statut=409)


def _reprise(request: HttpRequest, objet: Any, genre: Sorte) -> Any:
    vierge = _formulaire(genre, objet)
    siennes = {nom: getattr(objet, nom) for nom in vierge.fields if nom != "version"}
    fusion = fusion_de(objet, _formulaire(genre, objet, request.POST))
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": objet.version}
    form = _formulaire(genre, objet, initial=initiales)
    autre = str(objet.modifie_par or "l’outil relié")
    aide_de_la_reprise(form, form.ecriture(siennes), autre, fusion)
    return form


def _retour(request: HttpRequest, action: Action, *, repere: str, geste: str = "") -> HttpResponse:
    """L’onglet au repos, le focus là où l’on était, et l’heure de ce qui vient d’être fait."""
    if not en_place(request):
        return voir(f"{reverse('contrats:action_budget', args=[action.pk])}#{repere}")
    message = f"{geste} à {typographie.heure(timezone.localtime())}" if geste else ""
    return _onglet(request, action, repere=repere, message=message)


def _onglet(
    request: HttpRequest,
    action: Action,
    ouvert: Ouvert | None = None,
    *,
    repere: str = "",
    message: str = "",
    statut: int = 0,
) -> HttpResponse:
    contexte = contexte_fiche(request, action, "budget", suite=(Lien("Budget"),))
    comptes = action.lignes_budget.couts(), action.financements.ressources()
    contexte |= {
        "budget": budget_affiche(action, ecarts(*comptes)),
        "ouvert": ouvert,
        "repere": repere,
        "message": message,
        "retour": reverse("contrats:action_budget", args=[action.pk]),
        "peut_ecrire": peut_sur_action(
            request.user, Droit.MODIFIER_PLAN, action, contexte["droits"]
        ),
        "en_place": en_place(request),
    }
    if not statut:
        statut = 422 if ouvert and ouvert.form and ouvert.form.errors else 200
    if not en_place(request):
        return render(request, "contrats/budget.html", contexte, status=statut)
    reponse = render(request, FRAGMENT, contexte, status=statut)
    reponse["HX-Retarget"], reponse["HX-Reswap"] = "#budget", "outerHTML"
    return reponse
