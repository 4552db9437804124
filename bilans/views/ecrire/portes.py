"""Les portes de l’éditeur : le bilan que l’on suit, que l’on peut écrire, et une de ses parties."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from acteurs.droits import Droit
from bilans.ecriture.parties import Partie, partie
from bilans.models import Bilan
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.navigation import contexte_espace
from contrats.permissions import exiger

# L’enregistrement automatique le dit ; sa réponse est du JSON
ENTETE_AUTOMATIQUE = "X-CLS-Auto"


def bilan_a_ecrire(request: HttpRequest, pk: UUID) -> Bilan:
    """404 si la personne ne le suit pas, 403 si elle n’écrit pas, 400 s’il est publié."""
    suivis = Bilan.objects.suivis_par(request.user).select_related("contrat")
    bilan = get_object_or_404(suivis.defer("instantane", "technique"), pk=pk)
    exiger(request.user, Droit.REDIGER_BILAN, bilan.contrat)
    if not bilan.est_modifiable:
        raise ErreurMetier("Ce bilan est publié\u00a0: ouvrez une correction pour le changer.")
    return bilan


def partie_ou_404(bilan: Bilan, code: str) -> Partie:
    trouvee = partie(bilan, code)
    if trouvee is None:
        raise Http404
    return trouvee


def partie_a_ecrire(request: HttpRequest, pk: UUID, code: str) -> Partie:
    return partie_ou_404(bilan_a_ecrire(request, pk), code)


def titre_du_bilan(bilan: Bilan) -> str:
    edition = f", édition {bilan.edition}" if bilan.edition > 1 else ""
    return f"Bilan {bilan.annee}{edition}"


def contexte_ecrire(request: HttpRequest, bilan: Bilan, *suite: Lien) -> dict[str, Any]:
    """Le cadre des pages de l’éditeur ; le fil passe par la page du bilan."""
    etapes = [
        Lien(titre_du_bilan(bilan), reverse("bilans:bilan", args=[bilan.pk])),
        *suite,
    ]
    contexte = contexte_espace(request, bilan.contrat, "bilans", suite=etapes)
    return contexte | {"bilan": bilan, "titre_bilan": titre_du_bilan(bilan)}


def est_automatique(request: HttpRequest) -> bool:
    return ENTETE_AUTOMATIQUE in request.headers


def adresse_si(nom: str, *cles: Any) -> str:
    """L’adresse de ce nom, ou rien si personne ne la sert."""
    try:
        return reverse(nom, args=cles)
    except NoReverseMatch:
        return ""
