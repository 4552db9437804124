"""Les champs du contrat : la page qui les tient, sous le plan."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.forms.champs_libres import FormulaireChampLibre, FormulaireChampLibreExistant
from contrats.models import ChampLibre, Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.champs_libres import (
    activer_champ_libre,
    creer_champ_libre,
    deplacer_champ_libre,
    modifier_champ_libre,
)
from contrats.views.portes import contrat_suivi, recu, voir

TITRE = "Champs du contrat"
COLONNES = ("libelle", "genre", "choix", "aide")


@require_http_methods(["GET", "POST"])
def champs_libres(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    form = FormulaireChampLibre(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            creer_champ_libre(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_page(contrat))
    champs = list(contrat.champs_libres.avec_usage())
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien(TITRE)])
    contexte |= {
        "form": form,
        "champs": [c for c in champs if c.est_actif],
        "retires": [c for c in champs if not c.est_actif],
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/champs_libres.html", contexte, status=statut)


def _page(contrat: Contrat) -> str:
    return reverse("contrats:champs_libres", args=[contrat.pk])


@require_http_methods(["GET", "POST"])
def champ_libre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changer un champ ; une version périmée rouvre la saisie sur celle d’aujourd’hui."""
    champ = _champ(request, pk)
    form = FormulaireChampLibreExistant(recu(request), initial=_initiales(champ))
    if request.method == "POST" and form.is_valid():
        try:
            modifier_champ_libre(
                champ=champ,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            return _rouvrir(request, champ, form, erreur.actuel)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_page(champ.contrat))
    return _editeur(request, champ, form, 422 if form.errors else 200)


def _initiales(champ: ChampLibre) -> dict[str, Any]:
    return {nom: getattr(champ, nom) for nom in (*COLONNES, "version")}


def _rouvrir(
    request: HttpRequest, champ: ChampLibre, form: Any, actuel: ChampLibre
) -> HttpResponse:
    """La saisie reste, la version suit ; l’écriture de l’autre se lit au-dessus."""
    donnees = request.POST.copy()
    donnees["version"] = str(actuel.version)
    rouvert = FormulaireChampLibreExistant(donnees)
    rouvert.is_valid()
    choix = f" ({', '.join(actuel.choix)})" if actuel.choix else ""
    rouvert.add_error(
        None,
        f"Ce champ a changé pendant que vous écriviez. Il vaut maintenant : {actuel.libelle}, "
        f"{actuel.get_genre_display().lower()}{choix}. Enregistrez pour garder votre version.",
    )
    return _editeur(request, champ, rouvert, 409)


def _editeur(request: HttpRequest, champ: ChampLibre, form: Any, statut: int) -> HttpResponse:
    retour = _page(champ.contrat)
    suite = [Lien(TITRE, retour), Lien(champ.libelle)]
    contexte = contexte_espace(request, champ.contrat, "plan", suite=suite)
    contexte |= {"form": form, "titre": "Modifier un champ", "sujet": str(champ), "retour": retour}
    return render(request, "contrats/formulaire.html", contexte, status=statut)


def _champ(request: HttpRequest, pk: UUID) -> ChampLibre:
    suivis = ChampLibre.objects.suivis_par(request.user).select_related("contrat")
    champ = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, champ.contrat)
    return champ


@require_POST
def champ_libre_geste(request: HttpRequest, pk: UUID) -> HttpResponse:
    champ, geste = _champ(request, pk), request.POST.get("geste")
    if geste in {"monter", "descendre"}:
        deplacer_champ_libre(champ=champ, de=-1 if geste == "monter" else 1, par=request.user)
    elif geste in {"retirer", "remettre"}:
        activer_champ_libre(champ=champ, est_actif=geste == "remettre", par=request.user)
    else:
        raise BadRequest("Ce geste n’existe pas. Rechargez la page.")
    return voir(f"{_page(champ.contrat)}#champ-{champ.pk}")
