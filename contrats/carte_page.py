"""Autour de la carte d’une page : les couches à choisir, les fichiers à emporter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from cls_platform.socle.navigation import Entree, Lien
from contrats.adresses import adresse_avec
from contrats.carte_couverture import (
    FORMES,
    CarteTerritoire,
    Demande,
    NiveauDeCarte,
    carte_couverture,
)
from contrats.cartes.couches import types_de_l_adresse
from contrats.couverture import Variante
from contrats.couverture_place import Place

# Ce que les liens d’une carte gardent de l’adresse de sa page
GARDES = ("date", "variante", "couches")
AVEC_COUCHES = (NiveauDeCarte.REGION, NiveauDeCarte.DEPARTEMENT, NiveauDeCarte.EPCI)
MOTS_DES_FORMES = {"svg": "SVG", "png": "PNG", "geojson": "GeoJSON"}


@dataclass(frozen=True, slots=True)
class PageDeCarte:
    """Ce qu’attend `contrats/couverture/fragments/_carte.html` sous le nom `carte`.

    `couches` : une bascule par zonage chargé, posée si elle est courante. `annonce_les_couches` :
    s’il n’y en a aucune, dire où elles se chargent.
    """

    dessin: CarteTerritoire
    prefixe: str
    fichiers: tuple[Lien, ...]
    couches: tuple[Entree, ...]
    annonce_les_couches: bool


def carte_de_page(
    place: Place, *, le: date, variante: str, chemin: str, parametres: QueryDict
) -> PageDeCarte:
    """La carte du territoire d’une page ; `chemin` et `parametres` : l’adresse de cette page."""
    couches = types_de_l_adresse(parametres.get("couches", ""), le)
    suite = _suite(parametres)
    demande = Demande.de(place, le=le, variante=variante, couches=couches, suite=suite)
    return _page(demande, chemin, parametres)


def carte_de_contrat(
    contrat: str, nom: str, *, le: date, chemin: str, parametres: QueryDict
) -> PageDeCarte:
    """Les communes d’un contrat, de ce jour ou à venir."""
    couches = types_de_l_adresse(parametres.get("couches", ""), le)
    demande = Demande(
        niveau=NiveauDeCarte.CONTRAT.value, territoire=contrat, nom=nom, le=le, couches=couches
    )
    return _page(demande, chemin, parametres)


def _page(demande: Demande, chemin: str, parametres: QueryDict) -> PageDeCarte:
    dessin = carte_couverture(demande)
    choix = dessin.couches.choix
    posees = [couche.nom for couche in choix if couche.est_choisie]
    return PageDeCarte(
        dessin=dessin,
        prefixe=demande.prefixe,
        fichiers=tuple(_fichiers(demande, posees, est_vide=not dessin.svg)),
        couches=tuple(
            Entree(
                couche.libelle,
                adresse_avec(chemin, parametres, {"couches": _basculer(posees, couche.nom)}),
                est_courante=couche.est_choisie,
            )
            for couche in choix
        ),
        annonce_les_couches=demande.niveau in AVEC_COUCHES,
    )


def _basculer(posees: list[str], nom: str) -> str:
    if nom in posees:
        return ",".join(autre for autre in posees if autre != nom)
    return ",".join([*posees, nom])


def _fichiers(demande: Demande, couches: Iterable[str], *, est_vide: bool) -> Iterable[Lien]:
    """Sans contour, rien à dessiner : le GeoJSON garde les chiffres."""
    variante = "" if demande.variante == Variante.SIGNE else demande.variante
    voulus = {
        "niveau": demande.niveau,
        "territoire": demande.territoire,
        "date": demande.le.isoformat(),
        "variante": variante,
        "couches": ",".join(couches),
    }
    question = urlencode({nom: valeur for nom, valeur in voulus.items() if valeur})
    for forme in FORMES:
        if forme == "geojson" or not est_vide:
            adresse = reverse("contrats:carte_couverture", args=[forme])
            yield Lien(MOTS_DES_FORMES[forme], f"{adresse}?{question}")


def _suite(parametres: QueryDict) -> str:
    gardes = {nom: parametres[nom] for nom in GARDES if parametres.get(nom)}
    return f"?{urlencode(gardes)}" if gardes else ""
