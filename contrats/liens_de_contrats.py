"""Nommer un contrat à qui regarde la couverture : par sa page si elle lui est ouverte.

Un contrat signé est un acte public : il est nommé. Un projet que la personne ne suit pas, et dont
la page publique est fermée, compte sans être nommé.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from contrats.models import Contrat

ANONYME = "Un projet que vous ne suivez pas"


@dataclass(frozen=True, slots=True)
class LienDeContrat:
    """`adresse` : sa page dans l’espace, sa page publique, ou rien."""

    nom: str
    adresse: str = ""


def liens_des_contrats(
    utilisateur: Any, contrats: Mapping[UUID, str], *, projets: Iterable[UUID] = ()
) -> dict[UUID, LienDeContrat]:
    """`contrats` : nom de chacun ; `projets` : ceux qui ne sont pas signés. Deux requêtes."""
    suivis = set(
        Contrat.objects.suivis_par(utilisateur).filter(pk__in=contrats).values_list("pk", flat=True)
    )
    publics = dict(Contrat.objects.publics().filter(pk__in=contrats).values_list("pk", "slug"))
    a_taire = set(projets) - suivis - publics.keys()
    return {
        pk: LienDeContrat(ANONYME if pk in a_taire else nom, _adresse(pk, suivis, publics))
        for pk, nom in contrats.items()
    }


def _adresse(pk: UUID, suivis: set[UUID], publics: Mapping[UUID, str]) -> str:
    if pk in suivis:
        return reverse("contrats:fiche", args=[pk])
    return reverse("bilans:contrat", args=[publics[pk]]) if pk in publics else ""
