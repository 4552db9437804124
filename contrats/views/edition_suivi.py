"""Écrire une étape ou une note : le même chemin, et rien de ce qui a été tapé n’est perdu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import fiche
from contrats.adresses import adresse_du_suivi
from contrats.forms.jalon import en_mots, valeurs_de
from contrats.models import Action, Jalon, NoteSuivi
from contrats.navigation import contexte_espace
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import en_place, recu, voir


@dataclass(frozen=True, slots=True)
class Ajout:
    """Ce qui change d’une étape à une note, sur la page où elle naît.

    `ecrire(action=, valeurs=, par=)` appelle le service ; `suite(objet)` : où la lire ensuite ;
    `retour` : où mène « Annuler ».
    """

    action: Action
    form: Any
    ecrire: Callable[..., Any]
    titre: str
    retour: str
    suite: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Edition:
    """Ce qui change d’une étape à une note.

    `former(*donnees, **options)` fait le formulaire, `ecrire(valeurs=, version=, par=)` appelle le
    service, `repos()` rend l’objet à jour pour htmx ; None : la page entière seulement.
    """

    objet: Jalon | NoteSuivi
    former: Callable[..., Any]
    ecrire: Callable[..., Any]
    adresse: str
    retour: str
    titre: str
    identifiant: str
    repos: Callable[[str], HttpResponse] | None = None


def ajouter(request: HttpRequest, ajout: Ajout) -> HttpResponse:
    form = ajout.form
    if request.method == "POST" and form.is_valid():
        try:
            objet = ajout.ecrire(action=ajout.action, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(ajout.suite(objet))
    contexte = contexte_de_page(request, ajout.action, ajout.titre) | {
        "form": form,
        "titre": ajout.titre,
        "sujet": str(ajout.action),
        "retour": ajout.retour,
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def editer(request: HttpRequest, edition: Edition) -> HttpResponse:
    if REPRENDRE in request.POST:
        return montrer(request, edition, _reprise(request, edition))
    if "annuler" in request.GET and edition.repos and _en_place(request, edition):
        return edition.repos("")
    form = edition.former(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            ecrire_en_fusionnant(
                objet=edition.objet,
                ecrire=edition.ecrire,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
                departage=departage_de(request.POST),
            )
        except ConflitDeChamps as erreur:
            return _en_conflit(request, edition, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _enregistre(request, edition)
    return montrer(request, edition, form)


def montrer(request: HttpRequest, edition: Edition, form: Any) -> HttpResponse:
    contexte = {
        "form": form,
        "titre": edition.titre,
        "sujet": str(edition.objet.action),
        "retour": edition.retour,
    }
    statut = 422 if form.errors else 200
    if _en_place(request, edition):
        contexte |= {"identifiant": edition.identifiant, "adresse": edition.adresse}
        return render(request, "contrats/fragments/_edition_etape.html", contexte, status=statut)
    contexte |= contexte_de_page(request, edition.objet.action, edition.titre)
    return render(request, "contrats/formulaire.html", contexte, status=statut)


def contexte_de_page(request: HttpRequest, action: Action, titre: str) -> dict[str, Any]:
    """La coque d’une page posée sous l’onglet « Suivi » d’une fiche."""
    onglet = adresse_du_suivi(action.pk)
    suite = [Lien(fiche.nom_court(action), onglet), Lien(titre)]
    return contexte_espace(request, action.contrat, "plan", suite=suite)


def _en_place(request: HttpRequest, edition: Edition) -> bool:
    return en_place(request) and edition.repos is not None


def _enregistre(request: HttpRequest, edition: Edition) -> HttpResponse:
    if edition.repos and _en_place(request, edition):
        return edition.repos("ecrit")
    return voir(edition.retour)


def _en_conflit(
    request: HttpRequest, edition: Edition, form: Any, erreur: ConflitDeChamps
) -> HttpResponse:
    siennes = form.ecriture(valeurs_de(erreur.actuel, form.valeurs()))
    miennes = form.ecriture(form.valeurs())
    face_a_face = conflit(
        request, erreur.actuel, miennes, siennes, form, seulement=erreur.en_conflit
    )
    if face_a_face is None:
        return _enregistre(request, edition)
    contexte: dict[str, Any] = {
        "identifiant": edition.identifiant,
        "conflit": face_a_face,
        "quoi": edition.titre,
        "adresse": edition.adresse,
        "retour": edition.retour,
    }
    if _en_place(request, edition):
        return render(request, "contrats/fragments/_conflit.html", contexte, status=409)
    contexte |= contexte_de_page(request, edition.objet.action, edition.titre)
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, edition: Edition) -> Any:
    """Le formulaire rouvert sur la version d’aujourd’hui, avec les deux textes."""
    objet, vierge = edition.objet, edition.former()
    siennes = valeurs_de(objet, [n for n in vierge.fields if n != "version"])
    fusion = fusion_de(objet, edition.former(request.POST))
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": objet.version}
    form = edition.former(initial=initiales)
    autre = objet.modifie_par.nom_complet if objet.modifie_par else "l’outil relié"
    aide_de_la_reprise(form, {n: en_mots(v) for n, v in siennes.items()}, autre, fusion)
    return form
