"""La bibliothèque d’actions : chercher, lire, mettre au panier, ajouter à son plan, offrir."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.fiche_lue import DE_BIBLIOTHEQUE, panneaux_lus
from contrats.filters import FiltresDeBibliotheque
from contrats.forms.partage import FormulaireOffre, FormulairePanier
from contrats.models import Action, FicheAuPanier
from contrats.models.confidentialite import plans_modifies_par
from contrats.navigation import contexte_espace, contexte_general
from contrats.permissions import exiger, exiger_un_plan
from contrats.presentation.lignes import noms_de
from contrats.services import bibliotheque as service
from contrats.views.portes import contrat_suivi, recu, voir

FICHES_PAR_PAGE = 20
RUBRIQUE = "bibliotheque"
GESTES = ("mettre", "retirer")


@require_GET
def bibliotheque(request: HttpRequest) -> HttpResponse:
    exiger_un_plan(request.user)
    filtre = FiltresDeBibliotheque(
        request.GET, queryset=Action.objects.de_la_bibliotheque(), par=request.user
    )
    filtre.exiger_valide()
    fiches = filtre.qs.pour_bibliotheque()
    page = Paginator(fiches, FICHES_PAR_PAGE).get_page(request.GET.get("page"))
    montrees = [action.pk for action in page]
    themes, publics = noms_de(montrees, "themes"), noms_de(montrees, "populations")
    contexte = _contexte(request) | {
        "page": page,
        "fiches": [
            (a, [n for _, n in themes.get(a.pk, ())], [n for _, n in publics.get(a.pk, ())])
            for a in page
        ],
        "filtre": filtre,
        "est_filtre": bool(filtre.actifs),
    }
    return render(request, "contrats/bibliotheque/liste.html", contexte)


def _contexte(request: HttpRequest, *suite: Lien) -> dict[str, Any]:
    """La coque, et ce que le panier contient."""
    au_panier = {ligne.action_id for ligne in FicheAuPanier.objects.de(request.user)}
    return contexte_general(request, RUBRIQUE, suite=suite) | {"au_panier": au_panier}


def _offerte(pk: UUID) -> Action:
    offertes: Any = Action.objects.de_la_bibliotheque()
    lues = offertes.pour_fiche(timezone.localdate()).select_related("contrat__region")
    return get_object_or_404(lues, pk=pk)


@require_GET
def fiche_type(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le contenu d’une idée : ni personne, ni organisation, ni argent, ni date."""
    exiger_un_plan(request.user)
    objet = _offerte(pk)
    contexte = _contexte(request, Lien(objet.titre)) | {
        "action": objet,
        "panneaux": panneaux_lus(objet, DE_BIBLIOTHEQUE, timezone.localdate()),
        "etapes": [e.libelle for e in objet.jalons.dans_l_ordre() if not e.est_abandonne],
    }
    return render(request, "contrats/bibliotheque/fiche.html", contexte)


@require_POST
def panier_geste(request: HttpRequest, pk: UUID, geste: str) -> HttpResponse:
    """« mettre » ou « retirer » ; puis retour d’où l’on vient."""
    exiger_un_plan(request.user)
    if geste not in GESTES:
        raise Http404
    objet = _offerte(pk)
    if geste == "mettre":
        try:
            service.mettre_au_panier(action=objet, par=request.user)
        except ErreurMetier as erreur:
            messages.error(request, erreur.message)
        else:
            messages.success(request, f"Dans votre panier\u00a0: «\u00a0{objet.titre}\u00a0».")
    else:
        service.retirer_du_panier(action=objet, par=request.user)
    vers_le_panier = request.POST.get("retour") == "panier"
    return voir(
        reverse("contrats:panier") if vers_le_panier else reverse("contrats:fiche_type", args=[pk])
    )


@require_GET
def panier(request: HttpRequest) -> HttpResponse:
    exiger_un_plan(request.user)
    contexte = _contexte(request, Lien("Votre panier")) | {
        "lignes": FicheAuPanier.objects.de(request.user),
        "contrats": plans_modifies_par(request.user).tries(),
    }
    return render(request, "contrats/bibliotheque/panier.html", contexte)


@require_http_methods(["GET", "POST"])
def panier_ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Du panier au plan de ce contrat."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    actions = [ligne.action for ligne in FicheAuPanier.objects.de(request.user)]
    form = FormulairePanier(recu(request), contrat=contrat, actions=actions)
    if request.method == "POST" and form.is_valid():
        axe, objectif = form.lieu()
        try:
            copies = service.ajouter_du_panier(
                contrat=contrat,
                fiches=form.cleaned_data["fiches"],
                axe=axe,
                objectif=objectif,
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            ajoutees = typographie.pluriel(len(copies), "fiche à discuter", "fiches à discuter")
            messages.success(request, f"Ajouté au plan\u00a0: {ajoutees}.")
            return voir(reverse("contrats:plan", args=[pk]))
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Depuis votre panier")]) | {
        "form": form,
        "actions": actions,
        "retour": reverse("contrats:panier"),
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/bibliotheque/ajouter.html", contexte, status=statut)


@require_http_methods(["GET", "POST"])
def offrir(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’accord du contrat, fermé d’abord, et ses fiches offertes."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    lues = contrat.actions.avec_offre()
    actions = [action for action in lues if not action.est_restreinte]
    form = FormulaireOffre(
        recu(request),
        actions=actions,
        initial={
            "est_ouvert": service.est_ouverte(contrat=contrat),
            "fiches": [str(a.pk) for a in actions if a.est_offerte],
        },
    )
    if request.method == "POST" and form.is_valid():
        service.regler_bibliotheque(
            contrat=contrat,
            est_ouvert=form.cleaned_data["est_ouvert"],
            fiches=form.cleaned_data.get("fiches", []),
            par=request.user,
        )
        messages.success(request, "Le choix de votre contrat est enregistré.")
        return voir(reverse("contrats:offrir", args=[pk]))
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Offrir des fiches")]) | {
        "form": form,
        "titre": "Offrir des fiches à la bibliothèque",
        "retour": reverse("contrats:plan", args=[pk]),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)
