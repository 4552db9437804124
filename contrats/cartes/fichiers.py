"""La carte à emporter : SVG autonome, PNG et GeoJSON, avec leur titre, leur source et leur date."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.utils.text import slugify

from acteurs.globe import geometrie
from cls_platform.socle import typographie
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg.image import en_png
from contrats.cartes import affiche, france, territoire
from contrats.cartes.demande import Demande, NiveauDeCarte, Objet, sources
from contrats.cartes.mots import LigneDeLegende, legende
from contrats.couverture import Variante

DEMONSTRATION = "Démonstration\u00a0: tous les contrats sont fictifs."
COMPTES = {
    Variante.SIGNE.value: "contrats signés",
    Variante.SIGNE_OU_PROJET.value: "contrats signés ou en projet",
}


@dataclass(frozen=True, slots=True)
class FichierDeCarte:
    octets: bytes
    genre: str
    nom: str
    sha256: str


def faire(demande: Demande, forme: str) -> FichierDeCarte:
    """Lève KeyError si la forme n’existe pas, CarteVide si rien n’a de contour (SVG et PNG)."""
    genre, ecrire = FORMES[forme]
    octets = ecrire(demande)
    nom = f"couverture-{slugify(demande.nom)}-{demande.le:%Y-%m-%d}.{forme}"
    return FichierDeCarte(octets, genre, nom, hashlib.sha256(octets).hexdigest())


def _svg(demande: Demande) -> bytes:
    return affiche.dessiner(_affiche(demande)).encode()


def _png(demande: Demande) -> bytes:
    return en_png(affiche.dessiner(_affiche(demande), avec_police=False))


def _affiche(demande: Demande) -> affiche.Affiche:
    dessin, lignes, couches, notes = _contenu(demande)
    au = f"au {typographie.date_longue(demande.le)}"
    fiction = [DEMONSTRATION] if settings.DEMO_AUTORISEE else []
    return affiche.Affiche(
        titre=f"{demande.nom}\u00a0: la couverture par un contrat local de santé",
        sous_titre=f"{NiveauDeCarte(demande.niveau).label}, {COMPTES[demande.variante]}, {au}",
        dessin=dessin,
        legende=lignes,
        couches=couches,
        lignes=[*fiction, *notes, sources(demande), settings.CLS_NOM_OPERATEUR],
    )


Lignes = Sequence[LigneDeLegende]


def _contenu(demande: Demande) -> tuple[svg.Carte, Lignes, Lignes, Sequence[str]]:
    """Le dessin, sa légende, celle des couches, et ce qu’il ne montre pas."""
    if demande.niveau == NiveauDeCarte.FRANCE:
        lignes = france.lignes_de_france(demande)
        dessin = france.dessin_de_france(demande, lignes, avec_liens=False)
        return dessin, france.legende_de_france(demande, lignes), (), france.notes(lignes)
    releve = territoire.relever(demande)
    couches = territoire.couches_de(demande, releve)
    dessin = territoire.dessiner(demande, releve, couches, avec_liens=False)
    lignes_lues = legende(releve.territoires, demande.prefixe)
    return dessin, lignes_lues, couches.legende, territoire.notes(demande, releve)


def _geojson(demande: Demande) -> bytes:
    """RFC 7946 : longitude et latitude WGS84 ; un territoire sans contour a une géométrie nulle."""
    est_france = demande.niveau == NiveauDeCarte.FRANCE
    objets = france.objets_de_france if est_france else territoire.objets_du_territoire
    collection = {
        "type": "FeatureCollection",
        "name": demande.titre,
        "source": sources(demande),
        "demonstration": settings.DEMO_AUTORISEE,
        "features": [_objet(demande, objet) for objet in objets(demande)],
    }
    return orjson.dumps(collection)


def _objet(demande: Demande, objet: Objet) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": objet.code,
        "geometry": geometrie(objet.contour) if objet.contour else None,
        "properties": {
            "code": objet.code,
            "nom": objet.nom,
            "nature": objet.nature,
            "etat": objet.etat,
            "etat_libelle": objet.etat_libelle,
            "population": objet.population,
            "population_couverte": objet.population_couverte,
            "contrats": objet.contrats,
            "noms_des_contrats": list(objet.noms_des_contrats),
            "date": demande.le.isoformat(),
            "variante": demande.variante,
            **({"couches": objet.couches} if demande.couches else {}),
        },
    }


FORMES: dict[str, tuple[str, Callable[[Demande], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "geojson": ("application/geo+json", _geojson),
}
