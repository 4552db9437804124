"""Relancer qui doit une valeur : choisir qui, relire le courriel, l’envoyer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from cls_platform.socle.typographie import pluriel
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi, recu, voir
from indicateurs.echeances import EtatEcheance
from indicateurs.echeancier import LigneEcheance, echeancier, par_personne
from indicateurs.forms.relance import RelanceForm
from indicateurs.relances import Relance, derniere_par_personne, est_du_jour, relances_de
from indicateurs.services import relances as service
from indicateurs.views.echeances import adresse_des_echeances

TITRE = "Relancer"
APERCU = "apercu"


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Une personne, ce qu’elle doit, le courriel qu’elle recevrait."""

    personne: Utilisateur
    lignes: Sequence[LigneEcheance]
    relance: Relance | None
    sujet: str
    texte: str
    est_coche: bool

    @property
    def nombre_en_retard(self) -> int:
        return sum(1 for ligne in self.lignes if ligne.etat == EtatEcheance.EN_RETARD)

    @property
    def peut_l_etre(self) -> bool:
        return not est_du_jour(self.relance)


@require_http_methods(["GET", "HEAD", "POST"])
def relancer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`apercu` : rien ne part, la page revient avec le texte de chaque courriel."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    lignes = echeancier(contrat, timezone.localdate())
    dues = par_personne(lignes)
    personnes = {p.pk: p for ligne in lignes for p in ligne.personnes}
    form = RelanceForm(recu(request), personnes=[personnes[cle] for cle in dues])
    if request.method == "POST" and APERCU not in request.POST and form.is_valid():
        try:
            travail = service.relancer(
                contrat=contrat,
                personnes=form.choisies(),
                message=form.cleaned_data["message"],
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _partie(request, contrat, travail.pk, len(travail.parametres["personnes"]))
    return _page(request, contrat, form, lignes)


def _partie(request: HttpRequest, contrat: Contrat, travail: UUID, nombre: int) -> HttpResponse:
    if envoyer(service.TACHE, travail):
        messages.success(request, f"La relance part à {pluriel(nombre, 'personne')}.")
    else:
        messages.success(request, "La relance est notée. Elle partira quand le service reprendra.")
    return voir(adresse_des_echeances(contrat))


def _page(
    request: HttpRequest, contrat: Contrat, form: RelanceForm, lignes: Sequence[LigneEcheance]
) -> HttpResponse:
    retour = adresse_des_echeances(contrat)
    contexte: dict[str, Any] = contexte_espace(
        request, contrat, "indicateurs", suite=[Lien("Échéances", retour), Lien(TITRE)]
    )
    est_apercu = APERCU in request.POST
    erreurs = form.is_bound and not est_apercu and not form.is_valid()
    contexte |= {
        "form": form,
        "titre": TITRE,
        "retour": retour,
        "destinataires": destinataires(request, contrat, lignes),
        "organisations": organisations_sans_compte(contrat, lignes),
        "est_apercu": est_apercu,
    }
    statut = 422 if erreurs else 200
    return render(request, "indicateurs/relancer.html", contexte, status=statut)


def destinataires(
    request: HttpRequest, contrat: Contrat, lignes: Sequence[LigneEcheance]
) -> list[Destinataire]:
    """Cochés d’avance : ceux dont une valeur est en retard, sauf relance du jour."""
    dernieres = derniere_par_personne(relances_de(contrat))
    personnes = {p.pk: p for ligne in lignes for p in ligne.personnes}
    message = request.POST.get("message", "").strip()
    trouves = []
    for cle, siennes in par_personne(lignes).items():
        courriel = service.courriel(contrat, siennes, cle, auteur=request.user, message=message)  # type: ignore[arg-type]  # connectée : exiger l’a vérifié
        en_retard = any(ligne.etat == EtatEcheance.EN_RETARD for ligne in siennes)
        coche = str(cle) in request.POST.getlist("personnes")
        trouves.append(
            Destinataire(
                personne=personnes[cle],
                lignes=siennes,
                relance=dernieres.get(cle),
                sujet=str(courriel.subject),
                texte=str(courriel.body),
                est_coche=coche if request.method == "POST" else en_retard,
            )
        )
    return trouves


def organisations_sans_compte(
    contrat: Contrat, lignes: Sequence[LigneEcheance]
) -> list[tuple[str, int, str]]:
    """(nom, valeurs attendues, où lui donner un lien signé) : sans compte, pas de courriel."""
    comptes: dict[tuple[UUID, str], int] = {}
    for ligne in lignes:
        for organisation in ligne.organisations if ligne.est_a_faire else ():
            comptes[organisation] = comptes.get(organisation, 0) + 1
    demander = reverse("indicateurs:demander", args=[contrat.pk])
    rangees = sorted(comptes.items(), key=lambda paire: paire[0][1])
    return [(nom, nombre, f"{demander}?acteur={cle}") for (cle, nom), nombre in rangees]
