"""Le langage d’un bilan : la page entière, une partie pendant qu’on l’écrit, et leurs gestes."""

import math
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from bilans.ecriture.parties import Partie
from bilans.forms.langage import RemplacerForm, SigleForm
from bilans.langage import SigleLu
from bilans.lieux import Lieu
from bilans.models import Bilan, ChoixSigle
from bilans.presentation_du_langage import (
    SIGLES_MONTRES,
    empreinte,
    formulaire_du_sigle,
    parties_montrees,
)
from bilans.relecture_du_langage import (
    SIGNES_RELUS,
    langage_de_la_partie,
    langage_du_bilan,
    liste_de_controle,
)
from bilans.services import langage as services
from bilans.views.ecrire.portes import bilan_a_ecrire, contexte_ecrire, partie_ou_404
from cls_platform.socle.debit import attente
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.permissions import droits_sur
from contrats.views.portes import en_place, recu, voir

# Une frappe toutes les demi-secondes, sans relâche, tient dans ce débit
DEBIT = "120/m"
CHAMPS_RENDUS = 40


@require_safe
def langage(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _bilan_suivi(request, pk))


def _bilan_suivi(request: HttpRequest, pk: UUID) -> Bilan:
    suivis = Bilan.objects.suivis_par(request.user).select_related("contrat")
    return get_object_or_404(suivis.defer("instantane", "technique"), pk=pk)


def _page(
    request: HttpRequest, bilan: Bilan, refuse: SigleForm | None = None, statut: int = 200
) -> HttpResponse:
    """`refuse` : le formulaire qui vient d’être refusé, à sa place dans la page."""
    relu = langage_du_bilan(bilan, le=timezone.localdate())
    peut = Droit.REDIGER_BILAN in droits_sur(request.user, bilan.contrat) and bilan.est_modifiable
    voulu = request.GET.get("sigle", "")
    ouverts = [s for s in relu.sigles if s.lu.est_a_trancher or s.lu.sigle == voulu]
    if refuse and refuse.lu.sigle not in {s.lu.sigle for s in ouverts}:
        ouverts += [s for s in relu.sigles if s.lu.sigle == refuse.lu.sigle]
    contexte = contexte_ecrire(request, bilan, Lien("Langage clair"))
    contexte |= {
        "relu": relu,
        "peut": peut,
        "ouverts": [(s, _form(s.lu, refuse)) for s in ouverts[:SIGLES_MONTRES]],
        "ouverts_tus": max(len(ouverts) - SIGLES_MONTRES, 0),
        "regles_tranchees": [s for s in relu.tranches if s.lu.decision],
        "expliques": [s for s in relu.tranches if not s.lu.decision],
        "parties": parties_montrees(bilan, relu.a_reprendre, peut=peut),
        "points": liste_de_controle(relu),
        "refuse": refuse,
    }
    return render(request, "bilans/langage/langage.html", contexte, status=statut)


def _form(lu: SigleLu, refuse: SigleForm | None) -> SigleForm:
    return refuse if refuse and refuse.lu.sigle == lu.sigle else formulaire_du_sigle(lu)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Une partie relue : son texte enregistré, ou celui que l’on tape. N’écrit rien."""
    if delai := attente(f"langage:{request.user.pk}", DEBIT):
        return _trop(delai)
    bilan = bilan_a_ecrire(request, pk)
    la_partie = partie_ou_404(bilan, code)
    tape = request.POST.get("texte", "") if request.method == "POST" else None
    texte = la_partie.objet.texte if tape is None else tape.replace("\r\n", "\n")
    relu, sigles = langage_de_la_partie(bilan, Lieu(code, la_partie.titre, texte))
    entiere = not en_place(request)
    contexte = {
        "bilan": bilan,
        "partie": la_partie,
        "relu": relu,
        "sigles": sigles,
        # En page entière, ce qui est tapé n’est pas enregistré : rien ne s’y remplace d’un clic
        "empreinte": "" if entiere and tape is not None else empreinte(texte),
        "retour": "editeur",
        "signes_relus": SIGNES_RELUS if len(texte) > SIGNES_RELUS else 0,
    }
    if not entiere:
        return render(request, "bilans/langage/fragments/_panneau.html", contexte)
    fil = (Lien(la_partie.titre, la_partie.adresse), Lien("Langage clair"))
    contexte |= contexte_ecrire(request, bilan, *fil) | {"rendus": _rendus(request)}
    return render(request, "bilans/langage/section.html", contexte)


def _rendus(request: HttpRequest) -> list[tuple[str, str]]:
    """Ce que l’on avait tapé, pour l’enregistrer sans le retaper."""
    champs = ((n, v) for n, v in request.POST.items() if n != "csrfmiddlewaretoken")
    return [(nom, str(valeur)) for nom, valeur in champs][:CHAMPS_RENDUS]


def _trop(delai: float) -> HttpResponse:
    """htmx n’échange rien sur un 429 : le panneau d’avant reste."""
    secondes = math.ceil(delai)
    reponse = HttpResponse(
        "Trop de demandes\u00a0: attendez un instant.", status=429, content_type="text/plain"
    )
    reponse["Retry-After"] = str(secondes)
    return reponse


@require_http_methods(["GET", "HEAD", "POST"])
def trancher(request: HttpRequest, pk: UUID, sigle: str) -> HttpResponse:
    """Lue, cette adresse mène au sigle dans la page du langage ; envoyée, elle le tranche."""
    if request.method != "POST":
        page = reverse("bilans:langage", args=[_bilan_suivi(request, pk).pk])
        return redirect(f"{page}?{urlencode({'sigle': sigle})}#sigle-{quote(sigle)}")
    bilan = bilan_a_ecrire(request, pk)
    lu = _sigle_du_bilan(bilan, sigle)
    form = formulaire_du_sigle(lu, recu(request))
    if not form.is_valid():
        return _page(request, bilan, form, statut=422)
    try:
        _ecrire(bilan, lu, form, par=request.user)
    except ConflitVersion as conflit:
        return _page(request, bilan, _revu(request, lu, conflit.actuel), statut=409)
    except DonneesRefusees as refus:
        form.reporter(refus)
        return _page(request, bilan, form, statut=422)
    messages.success(
        request, f"«\u00a0{sigle}\u00a0» est tranché\u00a0: le bilan en tiendra compte."
    )
    return voir(reverse("bilans:langage", args=[bilan.pk]))


def _sigle_du_bilan(bilan: Bilan, sigle: str) -> SigleLu:
    """404 quand le bilan n’emploie pas ce sigle."""
    trouve = langage_du_bilan(bilan, le=timezone.localdate()).sigle(sigle)
    if trouve is None:
        raise Http404
    return trouve


def _ecrire(bilan: Bilan, lu: SigleLu, form: SigleForm, *, par: Any) -> None:
    dit = form.cleaned_data
    commun = {"bilan": bilan, "sigle": lu.sigle, "version": dit["version"], "par": par}
    if dit["choix"] == ChoixSigle.EXPLIQUE:
        services.expliquer_sigle(**commun, terme=dit["terme"], explication=dit["explication"])
    elif dit["choix"] == ChoixSigle.LAISSE:
        services.laisser_sigle(**commun, raison=dit["raison"])
    else:
        services.choisir_sens(**commun, sens=dit["choix"])


def _revu(request: HttpRequest, lu: SigleLu, actuelle: Any) -> SigleForm:
    """Le formulaire tel qu’envoyé, à la version d’aujourd’hui : le renvoyer le fait valoir."""
    donnees = request.POST.copy()
    donnees["version"] = str(actuelle.version)
    form = formulaire_du_sigle(lu, donnees)
    sens = (
        f"\u00a0: «\u00a0{actuelle.terme}\u00a0»" if actuelle.terme else ", en le laissant tel quel"
    )
    message = f"{actuelle.par_nom} vient de trancher ce sigle{sens}."
    form.add_error(None, f"{message} Gardez sa réponse, ou renvoyez la vôtre.")
    return form


@require_POST
def rouvrir(request: HttpRequest, pk: UUID, sigle: str) -> HttpResponse:
    bilan = bilan_a_ecrire(request, pk)
    decision = get_object_or_404(
        bilan.decisions_sigles.select_related("bilan__contrat"), sigle=sigle
    )
    version = request.POST.get("version", "")
    services.rouvrir_sigle(
        decision=decision, version=int(version) if version.isdecimal() else None, par=request.user
    )
    messages.success(request, f"La décision sur «\u00a0{sigle}\u00a0» est retirée.")
    return voir(reverse("bilans:langage", args=[bilan.pk]))


@require_POST
def remplacer(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    bilan = bilan_a_ecrire(request, pk)
    la_partie = partie_ou_404(bilan, code)
    form = RemplacerForm(request.POST)
    if not form.is_valid():
        return _rien_de_change(request, la_partie, statut=422)
    dit = form.cleaned_data
    if empreinte(la_partie.objet.texte) != dit["empreinte"]:
        return _rien_de_change(request, la_partie, statut=409)
    try:
        services.remplacer_terme(
            ecrit=la_partie.objet,
            debut=dit["debut"],
            avant=dit["avant"],
            apres=dit["apres"],
            version=la_partie.objet.version,
            par=request.user,
        )
    except ConflitVersion:
        return _rien_de_change(request, la_partie, statut=409)
    messages.success(
        request, f"«\u00a0{dit['avant']}\u00a0» est devenu «\u00a0{dit['apres'].strip()}\u00a0»."
    )
    if dit["retour"] == "editeur":
        return voir(f"{la_partie.adresse}?cote=langage")
    return voir(f"{reverse('bilans:langage', args=[bilan.pk])}#{code}")


def _rien_de_change(request: HttpRequest, la_partie: Partie, statut: int) -> HttpResponse:
    fil = (Lien(la_partie.titre, la_partie.adresse), Lien("Remplacer un terme"))
    contexte = contexte_ecrire(request, la_partie.bilan, *fil) | {"partie": la_partie}
    return render(request, "bilans/langage/rien_de_change.html", contexte, status=statut)
