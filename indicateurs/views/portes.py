"""Ce que partagent les pages d’un indicateur : qui le lit, ce que son gabarit reçoit."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cls_platform.socle.navigation import Lien
from contrats.navigation import contexte_espace
from indicateurs.models import Indicateur


def indicateur_suivi(request: HttpRequest, pk: UUID) -> Indicateur:
    return get_object_or_404(
        Indicateur.objects.suivis_par(request.user).select_related("contrat", "axe"), pk=pk
    )


def contexte_indicateur(
    request: HttpRequest, indicateur: Indicateur, *suite: Lien
) -> dict[str, Any]:
    adresse = reverse("indicateurs:fiche", args=[indicateur.pk]) if suite else ""
    etapes = [Lien(indicateur.libelle, adresse), *suite]
    contexte = contexte_espace(request, indicateur.contrat, "indicateurs", suite=etapes)
    return contexte | {"indicateur": indicateur}


def avec_version(request: HttpRequest, version: int) -> Any:
    """Ce qui a été tapé, prêt à être enregistré par-dessus la version actuelle."""
    donnees = request.POST.copy()
    donnees["version"] = str(version)
    return donnees
