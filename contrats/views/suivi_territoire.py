"""Une ligne de la liste de travail : ses gestes, en place ou sur une page sans JavaScript."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.a_faire.cible import Cible, cible_visible, exiger_piloter
from contrats.a_faire.compte import garder_le_compte
from contrats.a_faire.liste import liste_a_faire
from contrats.coque_a_faire import contexte_a_faire
from contrats.filtres_a_faire import AFaireFilterSet, demande_le_contexte
from contrats.forms.suivi_territoire import (
    FormulaireNoteTerritoire,
    FormulaireReferent,
    FormulaireVeille,
    en_mots,
)
from contrats.models import SuiviTerritoire
from contrats.presentation import a_faire as montrer
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.services.suivi_territoire import VIDE, modifier_suivi, noter, ouvrir_suivi
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import en_place, filtres_d_origine, recu, voir

LIMITE_DU_JOURNAL = 20
# Ce que propose une ligne qui n’est pas en veille
UNE_VEILLE = timedelta(days=30)
LISTE = "contrats:a_faire"


@dataclass(frozen=True, slots=True)
class Geste:
    """`champ` : l’attribut du suivi qu’il écrit ; vide pour une note, qui s’ajoute.

    `place` : la cellule qu’il remplace dans la liste.
    """

    nom: str
    titre: str
    former: Callable[..., Any]
    champ: str = ""
    place: str = "suivi"
    fait: str = "Enregistré"


REFERENT = Geste("referent", "Référent", FormulaireReferent, "referent", "referent")
VEILLE = Geste("veille", "Mettre en veille", FormulaireVeille, "en_veille_jusqu_au")
NOTE = Geste("note", "Écrire une note", FormulaireNoteTerritoire, fait="Note gardée")


def cible_pilotee(request: HttpRequest, cle: str) -> Cible:
    cible = cible_visible(request.user, cle)
    if cible is None:
        raise Http404
    exiger_piloter(request.user, cible)
    return cible


def _suivi_lu(cible: Cible) -> SuiviTerritoire | None:
    return SuiviTerritoire.objects.filter(**cible.recherche).select_related("modifie_par").first()


# La page d’un territoire -----------------------------------------------------------------------


@require_GET
def suivi(request: HttpRequest, cle: str) -> HttpResponse:
    """Où il en est, ses notes, qui a changé quoi."""
    cible, le = cible_pilotee(request, cle), timezone.localdate()
    lu = _suivi_lu(cible)
    liste = liste_a_faire(request.user, le)
    ligne = next((li for li in liste if li.cle == cle), None)
    contexte = contexte_a_faire(request, cible.region, suite=[Lien(cible.nom)]) | {
        "cible": cible,
        "rangee": montrer.rangee(ligne, request.user) if ligne else None,
        "notes": lu.notes.pour_liste() if lu else [],
        "suivi": lu,
        "est_en_veille": bool(lu and lu.est_en_veille(le)),
        "evenements": historique(lu, limite=LIMITE_DU_JOURNAL) if lu else [],
        "moi": str(request.user),
        "form": FormulaireNoteTerritoire(),
        "contrat": cible.contrat,
    }
    return render(request, "contrats/a_faire/suivi.html", contexte)


# Les trois gestes ------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def referent(request: HttpRequest, cle: str) -> HttpResponse:
    cible = cible_pilotee(request, cle)
    return _geste(request, cible, REFERENT, partial(FormulaireReferent, region=cible.region))


@require_http_methods(["GET", "POST"])
def veille(request: HttpRequest, cle: str) -> HttpResponse:
    return _geste(request, cible_pilotee(request, cle), VEILLE, FormulaireVeille)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, cle: str) -> HttpResponse:
    cible = cible_pilotee(request, cle)
    if "annuler" in request.GET and en_place(request):
        return _repos(request, cible, NOTE)
    form = FormulaireNoteTerritoire(recu(request), auto_id=_auto_id(cible, NOTE))
    if request.method == "POST" and form.is_valid():
        try:
            noter(cible=cible, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _enregistre(request, cible, NOTE)
    return _montrer(request, cible, NOTE, form)


def _geste(
    request: HttpRequest, cible: Cible, geste: Geste, former: Callable[..., Any]
) -> HttpResponse:
    former = partial(former, auto_id=_auto_id(cible, geste))
    if request.method == "GET":
        if "annuler" in request.GET and en_place(request):
            return _repos(request, cible, geste)
        return _montrer(request, cible, geste, former(initial=_initiales(cible, geste)))
    if REPRENDRE in request.POST:
        return _montrer(request, cible, geste, _reprise(request, cible, geste, former))
    form = former(request.POST)
    if form.is_valid():
        try:
            _ecrire(request, cible, form)
        except ConflitDeChamps as erreur:
            return _en_conflit(request, cible, geste, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _enregistre(request, cible, geste)
    return _montrer(request, cible, geste, form)


def _auto_id(cible: Cible, geste: Geste) -> str:
    return f"{geste.nom}-{cible.cle}-%s"


def _initiales(cible: Cible, geste: Geste) -> dict[str, Any]:
    lu = _suivi_lu(cible)
    propose = timezone.localdate() + UNE_VEILLE if geste is VEILLE else None
    valeur = getattr(lu, geste.champ, None) or propose
    return {"version": lu.version if lu else 0, geste.champ: valeur}


def _ecrire(request: HttpRequest, cible: Cible, form: Any) -> None:
    objet = ouvrir_suivi(cible=cible, par=request.user)
    ecrire_en_fusionnant(
        objet=objet,
        ecrire=partial(modifier_suivi, cible=cible),
        valeurs=form.valeurs(),
        version=max(form.cleaned_data["version"], VIDE),
        par=request.user,
        departage=departage_de(request.POST),
    )


def _adresse(cible: Cible, geste: Geste) -> str:
    return reverse(f"contrats:a_faire_{geste.nom}", args=[cible.cle])


def _retour(request: HttpRequest, cible: Cible) -> str:
    """La liste telle qu’on l’a quittée, si l’on en vient ; sinon la page du territoire."""
    origine = request.POST.get("retour") or request.META.get("HTTP_REFERER", "")
    chemin, _, parametres = origine.partition("#")[0].partition("?")
    ici = reverse(LISTE)
    if chemin.removeprefix(f"{request.scheme}://{request.get_host()}") != ici:
        return reverse("contrats:a_faire_suivi", args=[cible.cle])
    propres = QueryDict(parametres).urlencode()
    return f"{ici}?{propres}" if propres else ici


def _montrer(request: HttpRequest, cible: Cible, geste: Geste, form: Any) -> HttpResponse:
    statut = 422 if form.errors else 200
    contexte: dict[str, Any] = {
        "identifiant": f"{geste.place}-{cible.cle}",
        "form": form,
        "titre": geste.titre,
        "sujet": cible.nom,
        "adresse": _adresse(cible, geste),
        "retour": _retour(request, cible),
        "est_note": geste is NOTE,
    }
    if en_place(request):
        if geste is NOTE:
            form.fields["texte"].widget.attrs["autofocus"] = True
        return render(request, "contrats/a_faire/fragments/_edition.html", contexte, status=statut)
    contexte |= contexte_a_faire(request, cible.region, suite=_suite(cible, geste.titre))
    return render(request, "contrats/a_faire/geste.html", contexte, status=statut)


def _suite(cible: Cible, titre: str) -> list[Lien]:
    return [Lien(cible.nom, reverse("contrats:a_faire_suivi", args=[cible.cle])), Lien(titre)]


def _enregistre(request: HttpRequest, cible: Cible, geste: Geste) -> HttpResponse:
    if en_place(request):
        return _repos(request, cible, geste, enregistre=geste.fait)
    messages.success(request, f"{cible.nom}\u00a0: {geste.fait[0].lower()}{geste.fait[1:]}.")
    retour = _retour(request, cible)
    est_la_liste = retour.partition("?")[0] == reverse(LISTE)
    return voir(f"{retour}#ligne-{cible.cle}" if est_la_liste else retour)


def _repos(request: HttpRequest, cible: Cible, geste: Geste, enregistre: str = "") -> HttpResponse:
    """La cellule au repos et, si quelque chose est écrit, les autres cellules et les puces."""
    parametres, le = filtres_d_origine(request), timezone.localdate()
    avec_contexte = demande_le_contexte(parametres)
    liste = liste_a_faire(request.user, le, avec_contexte=avec_contexte)
    garder_le_compte(request.user, liste, le)
    ligne = next((li for li in liste if li.cle == cible.cle), None)
    if ligne is None:
        reponse = HttpResponse(status=204)
        reponse["HX-Refresh"] = "true"
        return reponse
    filtre = AFaireFilterSet(parametres, queryset=liste, le=le, par=request.user)
    contexte = {
        "rangee": montrer.rangee(ligne, request.user),
        "place": geste.place,
        "enregistre": _enregistre_a(geste, enregistre) if enregistre else "",
        "puces": montrer.puces(filtre, parametres, liste) if filtre.is_valid() else [],
    }
    return render(request, "contrats/a_faire/fragments/_repos.html", contexte)


def _enregistre_a(geste: Geste, fait: str) -> str:
    """L’heure seule quand le composant écrit lui-même « Enregistré à »."""
    heure = typographie.heure(timezone.localtime())
    return heure if geste is REFERENT else f"{fait} à {heure}"


# Deux personnes à la fois ----------------------------------------------------------------------


def _en_conflit(
    request: HttpRequest, cible: Cible, geste: Geste, form: Any, erreur: ConflitDeChamps
) -> HttpResponse:
    siennes = {geste.champ: en_mots(getattr(erreur.actuel, geste.champ))}
    miennes = form.ecriture(form.valeurs())
    face_a_face = conflit(
        request, erreur.actuel, miennes, siennes, form, seulement=erreur.en_conflit
    )
    if face_a_face is None:
        return _enregistre(request, cible, geste)
    contexte: dict[str, Any] = {
        "identifiant": f"{geste.place}-{cible.cle}",
        "conflit": face_a_face,
        "quoi": cible.nom,
        "adresse": _adresse(cible, geste),
        "retour": _retour(request, cible),
    }
    if en_place(request):
        return render(request, "contrats/fragments/_conflit.html", contexte, status=409)
    contexte |= contexte_a_faire(request, cible.region, suite=_suite(cible, "Deux versions"))
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, cible: Cible, geste: Geste, former: Callable[..., Any]) -> Any:
    """Le formulaire rouvert sur la version d’aujourd’hui, avec les deux réponses."""
    actuel = ouvrir_suivi(cible=cible, par=request.user)
    siennes: Mapping[str, Any] = {geste.champ: getattr(actuel, geste.champ)}
    fusion = fusion_de(actuel, former(request.POST))
    initiales = reprise(former(), request.POST, siennes, fusion) | {"version": actuel.version}
    form = former(initial=initiales)
    autre = actuel.modifie_par.nom_complet if actuel.modifie_par else "l’outil relié"
    aide_de_la_reprise(form, {geste.champ: en_mots(siennes[geste.champ])}, autre, fusion)
    return form
