"""Ranger le plan : monter, descendre, déplacer, renuméroter."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.forms.arbre import FormulaireDeplacement, lieux
from contrats.models import Action, Axe, Contrat, Objectif
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.presentation.organiser import lignes_a_ranger
from contrats.services import arbre, numerotation
from contrats.services.rangs import charpente_de, versions_de
from contrats.views.portes import contrat_suivi, recu, voir

MODELES: dict[str, Any] = {"axe": Axe, "objectif": Objectif, "action": Action}
SENS = {"haut": -1, "bas": 1}
DEPASSE = (
    "Cet élément a changé pendant que vous rangiez le plan. Relisez sa place, puis recommencez."
)


def element(request: HttpRequest, genre: str, pk: UUID) -> Any:
    """L’axe, l’objectif ou la fiche d’un contrat suivi, que la personne peut ranger."""
    if genre not in MODELES:
        raise Http404
    suivis = MODELES[genre].objects.suivis_par(request.user)
    objet = get_object_or_404(suivis.select_related("contrat__region"), pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, objet.contrat)
    return objet


@require_GET
def organiser(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    return _page(request, contrat)


def _page(
    request: HttpRequest, contrat: Contrat, erreur: str = "", statut: int = 200
) -> HttpResponse:
    plan = charpente_de(contrat)
    chemin = reverse("contrats:organiser", args=[contrat.pk])
    lignes = lignes_a_ranger(plan, versions_de(contrat), request.GET, chemin)
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Organiser")]) | {
        "lignes": lignes,
        "erreur": erreur,
        "adresse_du_plan": reverse("contrats:plan", args=[contrat.pk]),
        "suite": request.GET.urlencode(),
    }
    return render(request, "contrats/vues/organiser.html", contexte, status=statut)


@require_POST
def decaler(request: HttpRequest, genre: str, pk: UUID, sens: str) -> HttpResponse:
    """Un rang plus haut ou plus bas, puis retour à la ligne déplacée."""
    objet = element(request, genre, pk)
    if sens not in SENS:
        raise Http404
    version = request.POST.get("version", "")
    lue = int(version) if version.isdecimal() and len(version) < 10 else None
    if lue is None:
        return _page(request, objet.contrat, DEPASSE, 422)
    try:
        arbre.decaler(objet=objet, sens=SENS[sens], version=lue, par=request.user)
    except ConflitVersion:
        return _page(request, objet.contrat, DEPASSE, 409)
    adresse = reverse("contrats:organiser", args=[objet.contrat_id])
    suite = f"?{request.GET.urlencode()}" if request.GET else ""
    return voir(f"{adresse}{suite}#{genre}-{pk}")


@require_http_methods(["GET", "POST"])
def deplacer(request: HttpRequest, genre: str, pk: UUID) -> HttpResponse:
    objet = element(request, genre, pk)
    plan = charpente_de(objet.contrat)
    form = FormulaireDeplacement(
        recu(request),
        contrat=objet.contrat,
        choix=_choix(plan, genre, objet),
        initial={"version": objet.version, "ou": _ici(objet)},
    )
    statut = 200
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            try:
                _deplacer(genre, objet, form, request.user)
            except ConflitVersion:
                statut = 409
                form.add_error(None, DEPASSE)
                donnees: Any = request.POST.copy()
                donnees["version"] = str(objet.version)
                form.data = donnees
            except DonneesRefusees as erreur:
                form.add_error(None, erreur.message)
            else:
                adresse = reverse("contrats:organiser", args=[objet.contrat_id])
                return voir(f"{adresse}#{genre}-{pk}")
    retour = reverse("contrats:organiser", args=[objet.contrat_id])
    suite = [Lien("Organiser", retour), Lien("Déplacer")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite) | {
        "form": form,
        "titre": "Déplacer",
        "sujet": str(objet),
        "geste": "Déplacer",
        "retour": retour,
    }
    return render(request, "contrats/formulaire.html", contexte, status=statut)


def _choix(plan: Any, genre: str, objet: Any) -> list[tuple[str, str]]:
    """Un axe n’a qu’une position ; un objectif ne va pas dans lui-même."""
    if genre == "axe":
        return []
    sauf = set(plan.descendants(objet.pk)) if genre == "objectif" else set()
    return lieux(plan, sauf=sauf, avec_sans_axe=True)


def _ici(objet: Any) -> str:
    contenant = getattr(objet, "parent_id", None) or getattr(objet, "objectif_id", None)
    if contenant:
        return f"objectif-{contenant}"
    axe = getattr(objet, "axe_id", None)
    return f"axe-{axe}" if axe else "sans"


def _deplacer(genre: str, objet: Any, form: FormulaireDeplacement, par: Any) -> None:
    position = form.cleaned_data["position"]
    commun: dict[str, Any] = {
        "position": position - 1 if position else arbre.FIN,
        "version": form.cleaned_data["version"],
        "par": par,
    }
    if genre == "axe":
        arbre.deplacer_axe(axe=objet, **commun)
        return
    axe, objectif = form.lieu()
    if genre == "objectif":
        arbre.deplacer_objectif(objectif=objet, axe=axe, parent=objectif, **commun)
    else:
        arbre.deplacer_action(action=objet, axe=axe, objectif=objectif, **commun)


@require_http_methods(["GET", "POST"])
def numeros(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’aperçu, puis l’écriture de ce qui a été relu."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    erreur = ""
    if request.method == "POST":
        try:
            numerotation.renumeroter(
                contrat=contrat, attendue=request.POST.get("empreinte", ""), par=request.user
            )
        except DonneesRefusees as refus:
            erreur = refus.message
        else:
            return voir(reverse("contrats:plan", args=[pk]))
    proposes = numerotation.numeros_proposes(contrat)
    retour = reverse("contrats:organiser", args=[pk])
    suite = [Lien("Organiser", retour), Lien("Renuméroter")]
    contexte = contexte_espace(request, contrat, "plan", suite=suite) | {
        "proposes": proposes,
        "empreinte": numerotation.empreinte(proposes),
        "erreur": erreur,
        "retour": retour,
    }
    return render(request, "contrats/vues/numeros.html", contexte, status=422 if erreur else 200)
