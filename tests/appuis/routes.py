"""Toutes les adresses que la plateforme sert, lues dans son résolveur."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`nom` est complet (« contrats:fiche ») ; `chemin` garde ses paramètres."""

    nom: str
    chemin: str
    parametres: tuple[str, ...]
    vue: Any


@cache
def routes() -> tuple[Route, ...]:
    return tuple(_parcourir(get_resolver(), "", ""))


def _parcourir(resolveur: URLResolver, debut: str, espace: str) -> list[Route]:
    trouvees: list[Route] = []
    for motif in resolveur.url_patterns:
        chemin = debut + str(motif.pattern).lstrip("^").rstrip("$")
        if isinstance(motif, URLPattern):
            nom = f"{espace}{motif.name}" if motif.name else ""
            parametres = tuple(motif.pattern.regex.groupindex)
            trouvees.append(Route(nom, chemin, parametres, motif.callback))
        else:
            suite = f"{espace}{motif.namespace}:" if motif.namespace else espace
            trouvees += _parcourir(motif, chemin, suite)
    return trouvees
