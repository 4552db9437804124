"""La doctrine d’une région : où elle en est, ce qu’elle a été, l’écrire."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from acteurs.models import EditionTerritoires, Region
from acteurs.ressort import exiger_piloter_la_region
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.couverture_place import Place
from contrats.forms.couverture import QuestionDatee
from contrats.forms.doctrine import FormulaireDoctrine, FormulaireDoctrineModifiee, valeurs_de
from contrats.models import Doctrine
from contrats.navigation_region import contexte_region
from contrats.permissions import exiger_general
from contrats.presentation import doctrine as montrer
from contrats.services.doctrine import modifier_doctrine, poser_doctrine
from contrats.views.edition import Edition, editer

LIMITE_DU_JOURNAL = 20
BLANCS_MONTRES = 10
ECRIRE = "contrats/doctrine/ecrire.html"


def _adresse(region: str) -> str:
    return reverse("contrats:doctrine", args=[region])


def _contexte(request: HttpRequest, region: Region, *suite: Lien) -> dict[str, Any]:
    """`suite` : les étapes du fil après « Doctrine » ; aucune, c’est la page même."""
    ici = Place("region", region.pk, region.nom, region.pk, region.nom)
    fil = [Lien("Doctrine", _adresse(region.pk) if suite else ""), *suite]
    return contexte_region(request, ici, "doctrine", suite=fil) | {"region": region}


@require_GET
def doctrine(request: HttpRequest, code: str) -> HttpResponse:
    """Celle du jour demandé, son avancement, et les autres versions."""
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    region = get_object_or_404(Region, pk=code)
    le = QuestionDatee(request.GET).exiger()["le"]
    en_vigueur = Doctrine.objects.en_vigueur(code, le)
    faite = montrer.progression_gardee(en_vigueur, le) if en_vigueur else None
    contexte = _contexte(request, region) | {
        "le": le,
        "est_aujourdhui": le == timezone.localdate(),
        "doctrine": en_vigueur,
        "carte": montrer.carte(faite) if faite else None,
        "courbe": montrer.courbe(faite) if faite else None,
        "blancs": faite.blancs[:BLANCS_MONTRES] if faite else (),
        "autres_blancs": faite.blancs[BLANCS_MONTRES:] if faite else (),
        "noms": montrer.noms_des_epci(en_vigueur) if en_vigueur else [],
        "versions": [(d, montrer.vise(d)) for d in _versions(code)],
        "evenements": historique(en_vigueur, limite=LIMITE_DU_JOURNAL) if en_vigueur else [],
        "moi": str(request.user),
        "peut_ecrire": montrer.peut_ecrire(request.user, code),
        "edition": EditionTerritoires.objects.order_by("date_effet").last(),
    }
    return render(request, "contrats/doctrine/doctrine.html", contexte)


def _versions(code: str) -> Any:
    return Doctrine.objects.de_la_region(code).select_related("type_zonage", "edition")


@require_http_methods(["GET", "POST"])
def ecrire(request: HttpRequest, code: str) -> HttpResponse:
    """Une doctrine de plus ; elle part de celle d’aujourd’hui."""
    region = get_object_or_404(Region, pk=code)
    exiger_piloter_la_region(request.user, code)
    edition = Edition(
        former=partial(FormulaireDoctrine, region=code, initial=_depart(code)),
        ecrire=partial(poser_doctrine, region=code),
        contexte=partial(_contexte, request, region),
        titre="Nouvelle doctrine",
        sujet=region.nom,
        retour=_adresse(code),
        gabarit=ECRIRE,
    )
    return editer(request, edition)


def _depart(code: str) -> dict[str, Any]:
    le = timezone.localdate()
    actuelle = Doctrine.objects.en_vigueur(code, le)
    if actuelle is None:
        return {"depuis": le, "maillage": "COMPLET"}
    return valeurs_de(actuelle, FormulaireDoctrine.base_fields) | {"depuis": le}


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Corriger une doctrine ; pour en changer, on en écrit une nouvelle."""
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    liees = Doctrine.objects.select_related("region", "type_zonage", "edition", "modifie_par")
    objet = get_object_or_404(liees, pk=pk)
    exiger_piloter_la_region(request.user, objet.region_id)
    edition = Edition(
        objet=objet,
        former=partial(FormulaireDoctrineModifiee, objet=objet, region=objet.region_id),
        ecrire=partial(modifier_doctrine, doctrine=objet),
        contexte=partial(_contexte, request, objet.region),
        titre="Corriger la doctrine",
        sujet=objet.region.nom,
        retour=_adresse(objet.region_id),
        gabarit=ECRIRE,
        fusionne=True,
    )
    return editer(request, edition)
