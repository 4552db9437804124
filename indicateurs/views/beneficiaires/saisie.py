"""Compter les bénéficiaires d’une action : un onglet de sa fiche, une année à la fois."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.historique import historique
from cls_platform.socle.templatetags.francais import heure
from contrats.coque_fiche import contexte_fiche
from contrats.models import Action
from contrats.permissions import exiger_sur_action, peut_sur_action
from contrats.views.portes import action_suivie, voir
from indicateurs.beneficiaires.annees import annee_demandee, annees_du_contrat, hors_du_contrat
from indicateurs.beneficiaires.quartiers import quartier_nomme
from indicateurs.beneficiaires.saisie import (
    participants_du_journal,
    propositions,
    quartiers_de,
)
from indicateurs.forms.beneficiaires import LIGNES_AU_PLUS, CompteForm, empreinte
from indicateurs.models import Beneficiaires
from indicateurs.services.beneficiaires import CompteSaisi, enregistrer_comptes


@require_http_methods(["GET", "HEAD", "POST"])
def de_l_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    annees = annees_du_contrat(action.contrat, timezone.localdate())
    annee = annee_demandee(request.GET.get("annee", ""), annees)
    if request.method != "POST":
        return _page(request, action, annee, _formulaires(action, annee))
    exiger_sur_action(request.user, Droit.SAISIR_MESURES, action)
    forms = _recus(request, action)
    if [form for form in forms if not form.is_valid()]:
        return _page(request, action, annee, forms, 422)
    touchees = [form for form in forms if form.a_change]
    try:
        enregistrer_comptes(
            action=action, annee=annee, comptes=[_compte(f) for f in touchees], par=request.user
        )
    except ConflitVersion as conflit:
        return _page(request, action, annee, _en_conflit(request, action, conflit.actuel), 409)
    except DonneesRefusees as refus:
        _reporter(touchees or forms, refus)
        return _page(request, action, annee, forms, 422)
    messages.success(request, f"Bénéficiaires de {annee} enregistrés.")
    if hors_du_contrat(action.contrat, annee):
        messages.warning(request, f"{annee} est hors des dates du contrat : vérifiez l’année.")
    return voir(f"{reverse('indicateurs:beneficiaires_action', args=[pk])}?annee={annee}")


def _formulaires(action: Action, annee: int) -> list[CompteForm]:
    quartiers = quartiers_de(action, timezone.localdate())
    choix = [(q.code, q.nom) for q in quartiers]
    return [
        CompteForm(
            initial=p.valeurs | {"lu": empreinte(p.valeurs)},
            prefix=str(rang),
            quartiers=choix,
            titre=p.titre,
        )
        for rang, p in enumerate(propositions(action, annee, quartiers))
    ]


def _recus(request: HttpRequest, action: Action, donnees: Any = None) -> list[CompteForm]:
    """Les lignes envoyées, avec l’intitulé qu’elles avaient à l’écran."""
    donnees = donnees or request.POST
    choix = [(q.code, q.nom) for q in quartiers_de(action, timezone.localdate())]
    nombre = donnees.get("lignes", "")
    lignes = min(int(nombre), LIGNES_AU_PLUS) if nombre.isdecimal() else 1
    titres = donnees.getlist("titre")
    return [
        CompteForm(
            donnees,
            prefix=str(rang),
            quartiers=choix,
            titre=titres[rang] if rang < len(titres) else "",
            initial={"est_neuve": donnees.get(f"{rang}-est_neuve")},
        )
        for rang in range(lignes)
    ]


def _compte(form: CompteForm) -> CompteSaisi:
    lu = form.cleaned_data
    code, nom = lu["code_qpv"], lu["nom_qpv"]
    if form.est_libre and nom:
        nomme = quartier_nomme(nom)
        code, nom = nomme.code, nomme.nom
    elif form.est_libre and code:
        nom = dict(form.fields["code_qpv"].choices)[code]  # type: ignore[attr-defined]  # champ de choix
    gardes = ("population", "personnes", "presences", "sont_distinctes", "source", "commentaire")
    return CompteSaisi(
        code_qpv=code,
        nom_qpv=nom,
        version=lu["version"] or 0,
        **{champ: lu[champ] for champ in gardes},
    )


def _reporter(touchees: list[CompteForm], refus: DonneesRefusees) -> None:
    """« 2-personnes » : à la troisième ligne touchée, sous ce nombre."""
    for cle, phrases in (refus.champs or {"0-personnes": [refus.message]}).items():
        rang, _, champ = cle.partition("-")
        form = touchees[int(rang)]
        for phrase in phrases:
            form.add_error(champ if champ in form.fields else None, phrase)


def _en_conflit(request: HttpRequest, action: Action, actuel: Beneficiaires) -> list[CompteForm]:
    """La ligne change de version et dit ce que l’autre a écrit ; tout le reste est gardé."""
    donnees = request.POST.copy()
    qui = (actuel.population_id or "", actuel.code_qpv)
    forms = _recus(request, action, donnees)
    rang = next((f.prefix for f in forms if f.is_valid() and _qui(f) == qui), forms[0].prefix)
    donnees[f"{rang}-version"] = str(actuel.version)
    forms = _recus(request, action, donnees)
    for form in forms:
        form.is_valid()
    nombres = [("personnes", actuel.personnes), ("présences", actuel.presences)]
    ecrit = " et ".join(f"{n} {mot}" for mot, n in nombres if n is not None)
    forms[int(rang or 0)].add_error(
        "personnes",
        f"{actuel.modifie_par or 'Un outil relié'} a écrit {ecrit} à {heure(actuel.modifie_le)}. "
        "Enregistrez de nouveau pour garder vos nombres.",
    )
    return forms


def _qui(form: CompteForm) -> tuple[str, str]:
    compte = _compte(form)
    return (compte.cle[0] or "", compte.code_qpv)


def _page(
    request: HttpRequest, action: Action, annee: int, forms: list[CompteForm], statut: int = 200
) -> HttpResponse:
    contexte = contexte_fiche(request, action, "beneficiaires")
    adresse = reverse("indicateurs:beneficiaires_action", args=[action.pk])
    total = action.beneficiaires.filter(annee=annee).totaux().first()
    contexte |= {
        "annee": annee,
        "annees": annees_du_contrat(action.contrat, timezone.localdate()),
        "adresse": f"{adresse}?{urlencode({'annee': annee})}",
        "total": forms[0],
        "parts": [f for f in forms[1:] if not f.est_libre],
        "libres": [f for f in forms[1:] if f.est_libre],
        "nombre": len(forms),
        "refusees": [f for f in forms if f.is_bound and f.errors],
        "peut_saisir": peut_sur_action(
            request.user, Droit.SAISIR_MESURES, action, contexte["droits"]
        ),
        "journal": participants_du_journal(action, annee),
        "evenements": historique(total, limite=6, sauf=("action", "annee")) if total else (),
        "moi": str(request.user),
    }
    return render(request, "indicateurs/beneficiaires/saisie.html", contexte, status=statut)
