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
from cls_platform.socle.erreurs import ErreurMetier
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
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import recu, voir

LIMITE_DU_JOURNAL = 20
BLANCS_MONTRES = 10


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
    form = FormulaireDoctrine(recu(request), region=code, initial=_depart(code))
    if request.method == "POST" and form.is_valid():
        try:
            poser_doctrine(region=code, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_adresse(code))
    return _formulaire(request, region, form, "Nouvelle doctrine")


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
    former = partial(FormulaireDoctrineModifiee, doctrine=objet)
    if REPRENDRE in request.POST:
        return _formulaire(request, objet.region, _reprise(request, objet, former), "Corriger")
    form = former(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            _enregistrer(request, objet, form)
        except ConflitDeChamps as erreur:
            return _en_conflit(request, objet, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_adresse(objet.region_id))
    return _formulaire(request, objet.region, form, "Corriger la doctrine")


def _enregistrer(request: HttpRequest, objet: Doctrine, form: Any) -> None:
    ecrire_en_fusionnant(
        objet=objet,
        ecrire=partial(modifier_doctrine, doctrine=objet),
        valeurs=form.valeurs(),
        version=form.cleaned_data["version"],
        par=request.user,
        departage=departage_de(request.POST),
    )


def _formulaire(request: HttpRequest, region: Region, form: Any, titre: str) -> HttpResponse:
    contexte = _contexte(request, region, Lien(titre)) | {
        "form": form,
        "titre": titre,
        "sujet": region.nom,
        "retour": _adresse(region.pk),
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/doctrine/ecrire.html", contexte, status=statut)


def _en_conflit(
    request: HttpRequest, objet: Doctrine, form: Any, erreur: ConflitDeChamps
) -> HttpResponse:
    miennes = form.ecriture(form.valeurs())
    siennes = form.ecriture(valeurs_de(erreur.actuel, form.valeurs()))
    face_a_face = conflit(
        request, erreur.actuel, miennes, siennes, form, seulement=erreur.en_conflit
    )
    if face_a_face is None:
        return voir(_adresse(objet.region_id))
    contexte = _contexte(request, objet.region, Lien("Deux versions")) | {
        "identifiant": f"doctrine-{objet.pk}",
        "conflit": face_a_face,
        "quoi": f"Doctrine, {objet.region.nom}",
        "adresse": reverse("contrats:doctrine_modifier", args=[objet.pk]),
        "retour": _adresse(objet.region_id),
    }
    return render(request, "contrats/a_faire/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, objet: Doctrine, former: Any) -> Any:
    """Le formulaire rouvert sur la version d’aujourd’hui, avec les deux réponses."""
    vierge = former()
    siennes = valeurs_de(objet, [nom for nom in vierge.fields if nom != "version"])
    fusion = fusion_de(objet, former(request.POST))
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": objet.version}
    form = former(initial=initiales)
    autre = objet.modifie_par.nom_complet if objet.modifie_par else "l’outil relié"
    aide_de_la_reprise(form, form.ecriture(siennes), autre, fusion)
    return form
