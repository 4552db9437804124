"""Les adresses du plan ; celle d’une liste en porte l’état, comme avec la balise `url_avec`."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from cls_platform.socle import adresses

SANS_OBJET = adresses.SANS_OBJET


def adresse_de(nom: str, pk: UUID | str, *suite: str) -> str:
    """`reverse` une fois par processus et par nom : une page du plan en demande des centaines."""
    return adresses.adresse(nom, SANS_OBJET, *suite).replace(adresses.PLACE, str(pk))


def adresse_avec(chemin: str, parametres: QueryDict, changements: Mapping[str, str | None]) -> str:
    """`chemin` avec d’autres paramètres ; None ou vide retire, et l’on revient à la page 1."""
    gardes = [
        (nom, valeur)
        for nom, valeurs in parametres.lists()
        if nom != "page" and nom not in changements
        for valeur in valeurs
    ]
    return _adresse(chemin, gardes + [(nom, v) for nom, v in changements.items() if v])


def adresse_sans(chemin: str, parametres: QueryDict, nom: str, valeur: str) -> str:
    """`chemin` sans cette valeur d’un paramètre qui peut en avoir plusieurs."""
    gardes = [
        (autre, v)
        for autre, valeurs in parametres.lists()
        if autre != "page"
        for v in valeurs
        if (autre, v) != (nom, valeur)
    ]
    return _adresse(chemin, gardes)


def _adresse(chemin: str, parametres: list[tuple[str, str]]) -> str:
    ecrits = "&".join(_paire(nom, valeur) for nom, valeur in parametres)
    return f"{chemin}?{ecrits}" if ecrits else chemin


@lru_cache(maxsize=4096)
def _paire(nom: str, valeur: str) -> str:
    """Une page filtrée écrit cent fois les mêmes."""
    return urlencode([(nom, valeur)])


def adresse_du_suivi(action: UUID) -> str:
    """L’onglet « Suivi » d’une fiche."""
    return reverse("contrats:action_suivi", args=[action])
