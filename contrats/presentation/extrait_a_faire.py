"""Le début de la liste de travail, au bas de la page d’une région."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from cls_platform.socle.navigation import Entree
from contrats.a_faire.compte import garder_le_compte
from contrats.a_faire.liste import liste_a_faire
from contrats.filtres_a_faire import AFaireFilterSet
from contrats.presentation.a_faire import RangeeAFaire, puces, rangee

LIGNES_MONTREES = 6


@dataclass(frozen=True, slots=True)
class ExtraitAFaire:
    """`nombre` : les lignes à faire de la région ; `adresse` : la liste entière."""

    rangees: Sequence[RangeeAFaire]
    nombre: int
    puces: Sequence[Entree]
    adresse: str


def extrait(utilisateur: Any, region: str, le: date) -> ExtraitAFaire:
    """Les premières lignes, dans l’ordre de la liste, et ses puces."""
    liste = liste_a_faire(utilisateur, le)
    garder_le_compte(utilisateur, liste, le)
    parametres = QueryDict(urlencode({"region": region}))
    filtre = AFaireFilterSet(parametres, queryset=liste, le=le, par=utilisateur)
    lignes = filtre.qs
    return ExtraitAFaire(
        rangees=[rangee(ligne, utilisateur) for ligne in lignes[:LIGNES_MONTREES]],
        nombre=len(lignes),
        puces=puces(filtre, parametres, liste),
        adresse=f"{reverse('contrats:a_faire')}?{parametres.urlencode()}",
    )
