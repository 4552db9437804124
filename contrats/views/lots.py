"""Modifier plusieurs fiches à la fois : les choisir, dire quoi, relire, écrire, annuler."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.forms.lot import FormulaireLot, initiales
from contrats.lots import Demande
from contrats.models import Contrat, EtatLigne, EtatLot, Lot
from contrats.navigation import contexte_espace
from contrats.permissions import exiger_sur_des_actions, exiger_sur_lot
from contrats.presentation.lots import lignes_montrees, lots_montres, phrases
from contrats.selection_lot import fiches_du_lot, filtrees, filtres_de, presents
from contrats.services import masse
from contrats.views.conflit import reprise
from contrats.views.portes import contrat_suivi, voir

LIGNES_PAR_PAGE = 100
LOTS_MONTRES = 30
EN_ATTENTE = "La demande est notée. Elle sera traitée dès que le service aura repris."


def lot_suivi(request: HttpRequest, pk: UUID) -> tuple[Lot, frozenset[Droit]]:
    """Le lot d’un contrat suivi, à qui l’a fait ou modifie tout le plan, et les droits."""
    suivis: Any = Lot.objects.suivis_par(request.user)
    liees = ("contrat__region", "travail", "annulation", "cree_par", "annule_par")
    lot = get_object_or_404(suivis.select_related(*liees), pk=pk)
    return lot, exiger_sur_lot(request.user, lot)


def adresse_du_lot(lot: Lot) -> str:
    return reverse("contrats:lot", args=[lot.pk])


def _contexte(request: HttpRequest, contrat: Contrat, etape: str) -> dict[str, Any]:
    lots_ = Lien("Modifications en lot", reverse("contrats:lots", args=[contrat.pk]))
    suite = [lots_, Lien(etape)] if etape else [Lien(lots_.libelle)]
    return contexte_espace(request, contrat, "plan", suite=suite)


@require_http_methods(["GET", "POST"])
def lots(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Les derniers lots du contrat ; envoyée par le plan, la page en commence un."""
    contrat = contrat_suivi(request, pk)
    exiger_sur_des_actions(request.user, Droit.MODIFIER_PLAN, contrat)
    erreur = ""
    if request.method == "POST":
        try:
            lot = _choisir(request, contrat)
        except ErreurMetier as refus:
            erreur = refus.message
        else:
            return voir(reverse("contrats:lot_modifier", args=[lot.pk]))
    faits = Lot.objects.accessibles_par(request.user).faits(contrat)
    contexte = _contexte(request, contrat, "") | {
        "lots": lots_montres(faits[:LOTS_MONTRES], timezone.now()),
        "erreur": erreur,
        "adresse_du_plan": reverse("contrats:plan", args=[pk]),
    }
    return render(request, "contrats/lots/liste.html", contexte, status=422 if erreur else 200)


def _choisir(request: HttpRequest, contrat: Contrat) -> Lot:
    envoi = request.POST
    parametres = filtres_de(QueryDict(envoi.get("parametres", "")))
    filtrees(contrat, parametres, request.user, timezone.localdate())
    modele = None
    if comme := _uuids(envoi.getlist("comme")[:1]):
        modele = Demande.depuis(lot_suivi(request, UUID(comme[0]))[0].demande)
    axes = envoi.getlist("axe")
    return masse.choisir(
        contrat=contrat,
        fiches=_uuids(envoi.getlist("fiche")),
        axes=[*_uuids(axes), *({"sans-axe"} & set(axes))],
        parametres=parametres,
        est_tout="tous" in envoi,
        demande=modele,
        par=request.user,
    )


def _uuids(saisies: list[str]) -> list[str]:
    """Les identifiants bien écrits, une fois chacun."""
    trouves: dict[str, None] = {}
    for saisie in saisies:
        try:
            trouves[str(UUID(saisie))] = None
        except ValueError:
            continue
    return list(trouves)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dire quoi changer ; « Relire » calcule l’aperçu."""
    lot, droits = lot_suivi(request, pk)
    if lot.etat not in {EtatLot.CHOISI, EtatLot.PREVU} or lot.travail_id:
        return voir(adresse_du_lot(lot))
    pks = fiches_du_lot(lot, request.user, timezone.localdate())
    former = _formulaire(request, lot, pks, droits)
    form, statut = former(initial=initiales(Demande.depuis(lot.demande))), 200
    if _cherche(request):
        initial = reprise(former(), request.POST, {})
        form = former(initial=initial, recherche=request.POST.get("recherche", "")[:100])
    elif request.method == "POST":
        form, statut = former(request.POST), 422
        if form.is_valid():
            try:
                masse.preparer(lot=lot, pks=pks, demande=form.demande(), par=request.user)
            except ErreurMetier as refus:
                form.reporter(refus)
            else:
                return voir(adresse_du_lot(lot))
    contexte = _contexte(request, lot.contrat, "Changements") | {
        "lot": lot,
        "nombre": len(pks),
        "form": form,
        "recherche": request.POST.get("recherche", "")[:100],
        "retour": _retour(lot),
    }
    return render(request, "contrats/lots/modifier.html", contexte, status=statut)


def _formulaire(
    request: HttpRequest, lot: Lot, pks: list[UUID], droits: frozenset[Droit]
) -> Callable[..., FormulaireLot]:
    deja = presents(lot.contrat, pks)

    def former(*donnees: Any, **options: Any) -> FormulaireLot:
        return FormulaireLot(
            *donnees,
            contrat=lot.contrat,
            presents=deja,
            peut_tout=Droit.MODIFIER_PLAN in droits,
            **options,
        )

    return former


def _cherche(request: HttpRequest) -> bool:
    """Le bouton « Chercher », ou Entrée dans la recherche : une autre que la dernière faite."""
    envoi = request.POST
    return "chercher" in envoi or envoi.get("recherche", "") != envoi.get("recherche_faite", "")


def _retour(lot: Lot) -> str:
    adresse = reverse("contrats:plan", args=[lot.contrat_id])
    return f"{adresse}?{lot.parametres}" if lot.parametres else adresse


@require_GET
def lot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’aperçu, l’avancement, ou ce qui a été fait."""
    trouve, _ = lot_suivi(request, pk)
    if trouve.etat == EtatLot.CHOISI:
        return voir(reverse("contrats:lot_modifier", args=[pk]))
    return _page(request, trouve)


def _page(request: HttpRequest, lot: Lot, erreur: str = "") -> HttpResponse:
    lisibles = lot.lignes.lisibles_par(request.user)
    page = Paginator(lisibles.pour_page(), LIGNES_PAR_PAGE).get_page(request.GET.get("page"))
    comptes, jusqua = lisibles.comptes(), lot.annulable_jusqua
    contexte = _contexte(request, lot.contrat, TITRES[lot.etat]) | {
        "lot": lot,
        "titre": TITRES[lot.etat],
        "comptes": comptes,
        "page": page,
        "lignes": lignes_montrees(page.object_list),
        "phrases": phrases(Demande.depuis(lot.demande)),
        "travail": lot.en_cours or _echoue(lot),
        "est_annulable": bool(jusqua and jusqua > timezone.now() and comptes[EtatLigne.FAITE]),
        "laissees": list(lisibles.a_l_etat(EtatLigne.CONFLIT).values_list("action", flat=True)),
        "erreur": erreur,
        "retour": _retour(lot),
    }
    return render(request, "contrats/lots/lot.html", contexte, status=422 if erreur else 200)


TITRES: Mapping[str, str] = {
    EtatLot.PREVU: "Aperçu du lot",
    EtatLot.FAIT: "Lot écrit",
    EtatLot.ANNULE: "Lot annulé",
}


def _echoue(lot: Lot) -> Travail | None:
    """Le travail qui n’a pas abouti, tant que le lot attend encore ce qu’il devait faire."""
    attendu = {EtatLot.PREVU: lot.travail, EtatLot.FAIT: lot.annulation}
    return attendu.get(EtatLot(lot.etat))


@require_POST
def appliquer(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _agir(request, pk, masse.appliquer)


@require_POST
def annuler(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _agir(request, pk, masse.annuler)


def _agir(request: HttpRequest, pk: UUID, service: Callable[..., Travail | None]) -> HttpResponse:
    """Tout de suite, ou dans le processus de fond au-delà de 200 fiches."""
    trouve, _ = lot_suivi(request, pk)
    if trouve.etat == EtatLot.CHOISI:
        return voir(reverse("contrats:lot_modifier", args=[pk]))
    try:
        travail = service(lot=trouve, par=request.user)
    except ErreurMetier as refus:
        return _page(request, trouve, refus.message)
    if travail and not envoyer(masse.TACHES[travail.genre], travail.pk):
        messages.warning(request, EN_ATTENTE)
    return voir(adresse_du_lot(trouve))


@require_GET
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge."""
    trouve, _ = lot_suivi(request, pk)
    dernier = trouve.annulation or trouve.travail
    if dernier is None:
        raise Http404
    contexte = {"lot": trouve, "travail": dernier}
    reponse = render(request, "contrats/fragments/_travail_lot.html", contexte)
    if dernier.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse
