"""Les échéances d’un contrat : ce qui est en retard, ce qui vient, ce qui est fait."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle import presentation
from cls_platform.socle.navigation import Entree, Lien
from contrats.adresses import adresse_avec
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi
from indicateurs.echeances import EtatEcheance
from indicateurs.echeancier import LigneEcheance, echeancier, nombre_en_retard
from indicateurs.onglets import onglets_des_indicateurs
from indicateurs.presentation_echeances import REGLE, rangees_de
from indicateurs.relances import derniere_relance
from indicateurs.services.mesures import saisissables

MOI, SANS_PERSONNE = "moi", "personne"
GROUPES = (
    (EtatEcheance.EN_RETARD, "En retard", True),
    (EtatEcheance.BIENTOT, "À saisir", True),
    (EtatEcheance.A_VENIR, "À venir", False),
    (EtatEcheance.FAITE, "Saisies", False),
)


@require_safe
def echeances(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?qui=moi` ou le compte de quelqu’un ; `?etat=EN_RETARD` ne garde qu’un groupe."""
    contrat = contrat_suivi(request, pk)
    le = timezone.localdate()
    toutes = echeancier(contrat, le)
    qui = request.GET.get("qui", "")
    siennes = [ligne for ligne in toutes if est_de(ligne, qui, request.user)]
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Échéances")])
    droits = contexte["droits"]
    en_retard = _compte(toutes, EtatEcheance.EN_RETARD)
    contexte |= {
        "onglets": onglets_des_indicateurs(contrat, "echeances", en_retard=en_retard),
        "groupes": _groupes(request, contrat, siennes, droits),
        "choix": _choix(request, siennes),
        "menu": _menu(request, toutes),
        "qui": _nom_de(qui, toutes, request.user),
        "toutes": len(toutes),
        "nombre": len(siennes),
        "a_commence": contrat.date_debut is not None,
        "peut_relancer": Droit.GERER_INDICATEURS in droits,
        "a_faire": any(ligne.est_a_faire for ligne in toutes),
        "relance": derniere_relance(contrat),
        "regle": REGLE,
    }
    return render(request, "indicateurs/echeances.html", contexte)


def est_de(ligne: LigneEcheance, qui: str, utilisateur: Any) -> bool:
    """Un choix inconnu garde tout."""
    if qui == MOI:
        return ligne.est_pour(utilisateur.pk)
    if qui == SANS_PERSONNE:
        return not ligne.personnes
    return not est_un_compte(qui) or ligne.est_pour(UUID(qui))


def est_un_compte(qui: str) -> bool:
    try:
        UUID(qui)
    except ValueError:
        return False
    return True


def _compte(lignes: Sequence[LigneEcheance], etat: EtatEcheance) -> int:
    return sum(1 for ligne in lignes if ligne.etat == etat)


def _groupes(
    request: HttpRequest,
    contrat: Contrat,
    lignes: Sequence[LigneEcheance],
    droits: frozenset[Droit],
) -> list[dict[str, Any]]:
    """Un groupe par état ; ceux qui n’attendent rien sont repliés, sauf s’ils sont choisis."""
    permis = saisissables(request.user, contrat, droits)
    choisi = request.GET.get("etat", "")
    groupes = []
    for etat, titre, ouvert in GROUPES:
        du_groupe = [ligne for ligne in lignes if ligne.etat == etat]
        if du_groupe and choisi in {"", etat.value}:
            groupes.append(
                {
                    "etat": etat.value,
                    "titre": titre,
                    "est_ouvert": ouvert or choisi == etat.value,
                    "rangees": rangees_de(du_groupe, permis),
                }
            )
    return groupes


def _choix(request: HttpRequest, lignes: Sequence[LigneEcheance]) -> list[Entree]:
    choisi = request.GET.get("etat", "")
    return [
        Entree(
            titre,
            adresse_avec(request.path, request.GET, {"etat": None if est_choisi else etat.value}),
            compte=str(nombre),
            est_courante=est_choisi,
        )
        for etat, titre, _ in GROUPES
        if (nombre := _compte(lignes, etat)) or choisi == etat.value
        for est_choisi in [choisi == etat.value]
    ]


def _menu(request: HttpRequest, lignes: Sequence[LigneEcheance]) -> list[Entree]:
    """Tout le monde, moi, puis chaque personne à qui l’on demande quelque chose."""
    choisi = request.GET.get("qui", "")
    personnes = {p.pk: p for ligne in lignes for p in ligne.personnes}
    autres = [p for p in personnes.values() if p.pk != request.user.pk]
    choix = [("", "Tout le monde")]
    if request.user.pk in personnes:
        choix.append((MOI, "Moi"))
    choix += [(str(p.pk), str(p)) for p in sorted(autres, key=lambda p: (p.nom, p.prenom))]
    if any(not ligne.personnes for ligne in lignes):
        choix.append((SANS_PERSONNE, "Sans personne"))
    return [
        Entree(
            mot,
            adresse_avec(request.path, request.GET, {"qui": cle or None}),
            compte=str(sum(1 for li in lignes if li.est_a_faire and est_de(li, cle, request.user))),
            est_courante=cle == choisi,
        )
        for cle, mot in choix
    ]


def _nom_de(qui: str, lignes: Sequence[LigneEcheance], utilisateur: Any) -> str:
    if qui == MOI:
        return "vous"
    if qui == SANS_PERSONNE:
        return "personne"
    connus = {str(p.pk): str(p) for ligne in lignes for p in ligne.personnes}
    return connus.get(qui, "")


@require_safe
def en_retard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le nombre du rail, seul ; vide quand rien n’est en retard."""
    contrat = contrat_suivi(request, pk)
    return HttpResponse(compte_en_retard(contrat, timezone.localdate()))


def compte_en_retard(contrat: Contrat, le: date) -> str:
    nombre = nombre_en_retard(contrat, le)
    return presentation.compte_du_rail(str(nombre) if nombre else "", a_traiter=True)


def adresse_des_echeances(contrat: Contrat) -> str:
    return reverse("indicateurs:echeances", args=[contrat.pk])
