"""Écrire une partie du bilan : la lire, l’enregistrer, seule ou automatiquement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bilans.ecriture.conflit import face_a_face
from bilans.ecriture.enregistrement import enregistrer
from bilans.ecriture.guide import ILLUSTREES
from bilans.ecriture.histoire import auteur
from bilans.ecriture.parties import Partie, a_la_suite, partie, sommaire, voisines
from bilans.ecriture.reprise import avec_reprise
from bilans.forms.ecrire import ChoixActionsForm, PartieForm, VoletForm
from bilans.models import CodeSection
from bilans.services.volets import actions_a_choisir, actions_racontees
from bilans.views.ecrire.cotes import cotes
from bilans.views.ecrire.portes import (
    bilan_a_ecrire,
    contexte_ecrire,
    est_automatique,
    partie_a_ecrire,
)
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.views.portes import recu, voir


@require_safe
def ecrire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """La première partie encore vide ; à défaut, la première."""
    bilan = bilan_a_ecrire(request, pk)
    suite = list(a_la_suite(sommaire(bilan)))
    vide = next((p for p in suite if p.etat == "VIDE"), suite[0])
    return redirect(vide.adresse)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """La page d’une section ou d’un volet ; envoyée, elle s’enregistre."""
    la_partie = partie_a_ecrire(request, pk, code)
    if not la_partie.s_ecrit:
        return _page(request, la_partie, None)
    form = formulaire(la_partie, avec_reprise(recu(request)))
    if request.method == "POST":
        return _recevoir(request, la_partie, form)
    return _page(request, la_partie, form)


def formulaire(la_partie: Partie, donnees: Mapping[str, Any] | None = None) -> PartieForm:
    photos = la_partie.bilan.contrat.images.photos()
    if la_partie.volet is None:
        return PartieForm(donnees, partie=la_partie, photos=photos)
    racontees = actions_racontees(la_partie.bilan, la_partie.volet.axe)
    return VoletForm(donnees, partie=la_partie, photos=photos, racontees=racontees)


def _recevoir(request: HttpRequest, la_partie: Partie, form: PartieForm) -> HttpResponse:
    if form.is_valid():
        try:
            _ecrire(la_partie, form, par=request.user)
        except ConflitVersion as conflit:
            return _conflit(request, la_partie, form, conflit.actuel)
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            return _enregistre(request, la_partie)
    if est_automatique(request):
        return JsonResponse({"message": _premiere_erreur(form)}, status=422)
    return _page(request, la_partie, form, statut=422)


def _ecrire(la_partie: Partie, form: PartieForm, *, par: Any) -> None:
    """Lève ConflitVersion ou DonneesRefusees."""
    enregistrer(
        la_partie,
        valeurs=form.valeurs(),
        recits=form.recits() if isinstance(form, VoletForm) else {},
        version=form.cleaned_data["version"],
        par=par,
    )


def _enregistre(request: HttpRequest, la_partie: Partie) -> HttpResponse:
    le = typographie.heure(timezone.localtime())
    if not est_automatique(request):
        messages.success(request, f"Enregistré à {le}.")
        return voir(request.get_full_path())
    a_jour = partie(la_partie.bilan, la_partie.code) or la_partie
    return JsonResponse({"message": f"Enregistré à {le}", "version": a_jour.objet.version})


def _premiere_erreur(form: PartieForm) -> str:
    champ, erreurs = next(iter(form.errors.items()))
    etiquette = form.fields[champ].label if champ in form.fields else ""
    return f"{etiquette}\u00a0: {erreurs[0]}" if etiquette else str(erreurs[0])


def _conflit(
    request: HttpRequest, la_partie: Partie, form: PartieForm, actuel: Any
) -> HttpResponse:
    """La vôtre et la leur, côte à côte ; rien de ce qui a été tapé n’est perdu."""
    qui = auteur(actuel) or "Quelqu’un"
    if est_automatique(request):
        message = f"{qui} a changé cette partie pendant que vous écriviez."
        return JsonResponse({"message": message, "conflit": True}, status=409)
    fil = (Lien(la_partie.titre, la_partie.adresse), Lien("Deux versions"))
    contexte = contexte_ecrire(request, la_partie.bilan, *fil) | face_a_face(form, actuel)
    contexte |= {
        "partie": la_partie,
        "qui": qui,
        "version": actuel.version,
        "le": actuel.modifie_le,
    }
    return render(request, "bilans/ecrire/conflit.html", contexte, status=409)


def _page(
    request: HttpRequest, la_partie: Partie, form: PartieForm | None, statut: int = 200
) -> HttpResponse:
    return render(
        request,
        "bilans/ecrire/section.html",
        contexte_page(request, la_partie, form),
        status=statut,
    )


def contexte_page(
    request: HttpRequest,
    la_partie: Partie,
    form: PartieForm | None,
    choix: ChoixActionsForm | None = None,
) -> dict[str, Any]:
    bilan = la_partie.bilan
    contexte = contexte_ecrire(request, bilan, Lien(la_partie.titre))
    entrees = sommaire(bilan, la_partie.code)
    avant, apres = voisines(entrees, la_partie.code)
    contexte |= {
        "partie": la_partie,
        "form": form,
        "sommaire": entrees,
        "volets": next((e.volets for e in entrees if e.partie.code == CodeSection.VOLETS), ())
        if la_partie.code == CodeSection.VOLETS
        else (),
        "avant": avant,
        "apres": apres,
        "photos": list(bilan.contrat.images.photos()) if _illustre(la_partie) else None,
        "choix": None,
        "racontees": (),
    }
    if la_partie.volet:
        contexte |= _des_actions(la_partie, choix)
    return contexte | cotes(request, la_partie)


def _illustre(la_partie: Partie) -> bool:
    return la_partie.volet is not None or la_partie.code in ILLUSTREES


def _des_actions(la_partie: Partie, choix: ChoixActionsForm | None) -> dict[str, Any]:
    axe = la_partie.volet.axe if la_partie.volet else None
    actions = actions_a_choisir(la_partie.bilan, axe)
    racontees = actions_racontees(la_partie.bilan, axe)
    neuf = ChoixActionsForm(partie=la_partie, actions=actions, racontees=racontees)
    return {"choix": choix or neuf, "racontees": racontees}
