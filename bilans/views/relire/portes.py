"""Les portes de la relecture : le bilan que la personne relit, la coque, les onglets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from acteurs.droits import Droit
from bilans.models import AvisBilan, Bilan, CommentaireBilan
from bilans.relecture.etat import EtatRelecture, etat_de_la_relecture
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree, Lien
from contrats.navigation import contexte_espace
from contrats.permissions import exiger

RELIRE, AVIS, VALIDER, VERIFIER = "relire", "avis", "valider", "controles"


def bilan_a_relire(request: HttpRequest, pk: UUID) -> Bilan:
    """404 à qui ne suit pas le contrat. Lève DroitRefuse sans le droit de relire."""
    suivis = Bilan.objects.suivis_par(request.user).select_related("contrat", "travail")
    bilan = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.RELIRE_BILAN, bilan.contrat)
    return bilan


def commentaire_lu(request: HttpRequest, pk: UUID) -> CommentaireBilan:
    suivis = CommentaireBilan.objects.suivis_par(request.user)
    lu = get_object_or_404(suivis.select_related("bilan__contrat", "parent"), pk=pk)
    exiger(request.user, Droit.RELIRE_BILAN, lu.bilan.contrat)
    return lu


def avis_lu(request: HttpRequest, pk: UUID) -> AvisBilan:
    suivis = AvisBilan.objects.suivis_par(request.user)
    lu = get_object_or_404(suivis.select_related("bilan__contrat", "acteur"), pk=pk)
    exiger(request.user, Droit.RELIRE_BILAN, lu.bilan.contrat)
    return lu


def titre_du_bilan(bilan: Bilan) -> str:
    """« Bilan 2026, édition 2 »."""
    edition = f", édition {bilan.edition}" if bilan.edition > 1 else ""
    return f"Bilan {bilan.annee}{edition}"


def coque(request: HttpRequest, bilan: Bilan, *suite: Lien) -> dict[str, Any]:
    ici = Lien(titre_du_bilan(bilan), reverse("bilans:bilan", args=[bilan.pk]))
    return contexte_espace(request, bilan.contrat, "bilans", suite=[ici, *suite])


NOMS = {
    RELIRE: "Relire",
    AVIS: "Avis",
    VALIDER: "Validation et visas",
    VERIFIER: "Avant de publier",
}


def contexte_relecture(
    request: HttpRequest, bilan: Bilan, courant: str, suite: Sequence[Lien] = ()
) -> dict[str, Any]:
    """La coque d’un des quatre onglets."""
    etat = etat_de_la_relecture(bilan, timezone.localdate())
    contexte = coque(request, bilan, Lien(NOMS[courant]), *suite)
    return contexte | {
        "bilan": bilan,
        "titre": titre_du_bilan(bilan),
        "nom_de_vue": NOMS[courant],
        "etat": etat,
        "onglets": list(_onglets(bilan, etat, courant)),
        "le": etat.le,
        "peut_rediger": Droit.REDIGER_BILAN in contexte["droits"] and bilan.est_modifiable,
        "adresse_pdf": reverse("bilans:telecharger", args=[bilan.pk]),
    }


def _onglets(bilan: Bilan, etat: EtatRelecture, courant: str) -> list[Entree]:
    rendus, demandes = len(etat.avis_rendus), len(etat.avis)
    comptes = {
        RELIRE: typographie.nombre(etat.a_traiter) if etat.a_traiter else "",
        AVIS: f"{rendus}/{demandes}" if demandes else "",
    }
    ambres = {RELIRE: bool(etat.a_traiter), AVIS: bool(etat.avis_en_retard)}
    return [
        Entree(
            nom,
            reverse(f"bilans:{cle}", args=[bilan.pk]),
            compte=comptes.get(cle, ""),
            a_traiter=ambres.get(cle, False),
            est_courante=cle == courant,
        )
        for cle, nom in NOMS.items()
    ]


def retour_permis(demande: str, sinon: str) -> str:
    """L’adresse d’où l’on vient, si c’est une page de l’espace ; `sinon` à défaut."""
    permise = url_has_allowed_host_and_scheme(demande, allowed_hosts=None)
    return demande if permise and demande.startswith("/espace/") else sinon
