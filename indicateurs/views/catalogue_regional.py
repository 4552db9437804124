"""Le catalogue d’une région : le siège de l’agence l’écrit, ses contrats y puisent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from acteurs.models import Region
from acteurs.permissions import exiger_charger, regions_chargees_par
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.couverture_place import Place
from contrats.navigation_region import contexte_region
from contrats.permissions import exiger_general
from contrats.views.portes import recu, voir
from indicateurs.forms.catalogue import ModeleForm, empreinte, valeurs_du_modele
from indicateurs.models import IndicateurModele
from indicateurs.services import catalogue as service
from indicateurs.services.catalogue import EN_USAGE
from indicateurs.views.catalogue import filtre_de

ENTRE_TEMPS = (
    "Cet indicateur a changé pendant que vous écriviez. Ce que vous avez écrit est resté dans le "
    "formulaire : enregistrez de nouveau pour le garder."
)
SANS_RETOUR = "Aucun contrat ne le suit. Il quittera le catalogue, sans retour."
Ecriture = Callable[[dict[str, Any]], IndicateurModele]


def _adresse(region: str) -> str:
    return reverse("indicateurs:catalogue_regional", args=[region])


def _contexte(request: HttpRequest, region: Region, *suite: Lien) -> dict[str, Any]:
    ici = Place("region", region.pk, region.nom, region.pk, region.nom)
    fil = [Lien("Catalogue d’indicateurs", _adresse(region.pk) if suite else ""), *suite]
    return contexte_region(request, ici, "catalogue", suite=fil) | {"region": region}


@require_safe
def liste(request: HttpRequest, code: str) -> HttpResponse:
    """Ceux de la région, puis ce que le catalogue national propose déjà."""
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    region = get_object_or_404(Region, pk=code)
    siens = IndicateurModele.objects.de_la_region(code).avec_usages().par_genre()
    filtre = filtre_de(request.GET, siens)
    contexte = _contexte(request, region) | {
        "filtre": filtre,
        "est_filtre": any(request.GET.get(nom) for nom in ("recherche", "type", "niveau")),
        "modeles": list(filtre.qs),
        "total": siens.count(),
        "nationaux": IndicateurModele.objects.proposes_a(None).count(),
        "peut_ecrire": peut_ecrire(request.user, code),
    }
    return render(request, "indicateurs/catalogue/regional.html", contexte)


def peut_ecrire(utilisateur: Any, region: str) -> bool:
    regions = regions_chargees_par(utilisateur)
    return regions is None or region in regions


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, code: str) -> HttpResponse:
    region = get_object_or_404(Region, pk=code)
    exiger_charger(request.user, code)
    form = ModeleForm(recu(request))

    def ecrire(valeurs: dict[str, Any]) -> IndicateurModele:
        return service.ajouter_modele(region=code, valeurs=valeurs, par=request.user)

    return _editer(request, region, form, ecrire, "Ajouter au catalogue")


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, modele: str) -> HttpResponse:
    objet = _modele(request, modele)
    form = ModeleForm(recu(request), initial=valeurs_du_modele(objet))
    form.figer_le_code()

    def ecrire(valeurs: dict[str, Any]) -> IndicateurModele:
        if form.cleaned_data["lu"] != empreinte(objet):
            relue = request.POST.copy()
            relue["lu"] = empreinte(objet)
            form.data = relue
            raise ErreurMetier(ENTRE_TEMPS)
        return service.modifier_modele(modele=objet, valeurs=valeurs, par=request.user)

    return _editer(request, objet.region, form, ecrire, "Modifier un indicateur régional", objet)


def _editer(
    request: HttpRequest,
    region: Any,
    form: ModeleForm,
    ecrire: Ecriture,
    titre: str,
    objet: IndicateurModele | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            ecrit = ecrire(form.valeurs())
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, f"«\u00a0{ecrit.libelle}\u00a0» est au catalogue.")
            return voir(_adresse(region.pk))
    contexte = _contexte(request, region, Lien(titre)) | {
        "form": form,
        "titre": titre,
        "sujet": objet.libelle if objet else region.nom,
        "modele": objet,
        "suivis": objet.indicateur_set.count() if objet else 0,
        "retour": _adresse(region.pk),
    }
    statut = 422 if form.errors else 200
    return render(request, "indicateurs/catalogue/modele.html", contexte, status=statut)


@require_POST
def proposer(request: HttpRequest, modele: str) -> HttpResponse:
    """Retirer du catalogue, ou l’y remettre ; les contrats qui le suivent le gardent."""
    objet = _modele(request, modele)
    est_actif = request.POST.get("geste") == "remettre"
    service.proposer_modele(modele=objet, est_actif=est_actif, par=request.user)
    quoi = "est de nouveau proposé" if est_actif else "n’est plus proposé"
    messages.success(request, f"«\u00a0{objet.libelle}\u00a0» {quoi} aux contrats.")
    return voir(_adresse(objet.region_id))


@require_http_methods(["GET", "HEAD", "POST"])
def effacer(request: HttpRequest, modele: str) -> HttpResponse:
    """Seulement si aucun contrat ne le suit ; on confirme."""
    objet = _modele(request, modele)
    retour = _adresse(objet.region_id)
    if request.method == "POST":
        try:
            service.effacer_modele(modele=objet, par=request.user)
        except ErreurMetier as erreur:
            messages.warning(request, erreur.message)
        else:
            messages.success(request, f"«\u00a0{objet.libelle}\u00a0» est effacé du catalogue.")
        return voir(retour)
    contexte = _contexte(request, objet.region, Lien("Effacer")) | {
        "titre": "Effacer du catalogue",
        "question": f"Effacer «\u00a0{objet.libelle}\u00a0»\u202f?",
        "consequence": EN_USAGE if objet.indicateur_set.exists() else SANS_RETOUR,
        "geste": "Effacer",
        "retour": retour,
        "sujet": objet.libelle,
    }
    return render(request, "indicateurs/catalogue/effacer.html", contexte)


def _modele(request: HttpRequest, code: str) -> Any:
    """Un indicateur d’un catalogue régional ; celui du pays s’écrit dans l’administration (404)."""
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    regionaux = IndicateurModele.objects.filter(region__isnull=False).select_related("region")
    objet = get_object_or_404(regionaux, pk=code)
    exiger_charger(request.user, objet.region_id)
    return objet
