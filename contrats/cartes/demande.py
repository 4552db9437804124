"""Quelle carte, et ce qu’une page ou un fichier en reçoit."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.safestring import SafeString

from acteurs.contours import SOURCE, Contour
from acteurs.models import EditionTerritoires
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Lien
from contrats.cartes.couches import AUCUNE_COUCHE, CouchesDessinees
from contrats.cartes.etats import Grain
from contrats.cartes.mots import LigneDeLegende
from contrats.cartes.tableau import LigneJumelle
from contrats.couverture import Variante
from contrats.couverture_place import Place

# À changer avec le dessin : une carte gardée avant une mise à jour ne sert plus
VERSION = 2


class NiveauDeCarte(TextChoices):
    FRANCE = "france", "Par département"
    REGION = "region", "Par intercommunalité"
    DEPARTEMENT = "departement", "Par commune"
    EPCI = "epci", "Par commune"
    CONTRAT = "contrat", "Par commune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """`territoire` : son code, vide pour la France ; `nom` : celui de ce territoire.

    `couches` : les types de zonage à poser dessus. `suite` : ce que portent les liens après leur
    adresse (« ?date=… »). `prefixe` distingue deux cartes d’une même page.
    """

    niveau: str
    territoire: str = ""
    nom: str = "France"
    le: date
    variante: str = Variante.SIGNE.value
    couches: tuple[str, ...] = ()
    suite: str = ""
    prefixe: str = "carte"

    @classmethod
    def de(cls, place: Place, **suite: Any) -> Self:
        """La carte de la page d’un territoire."""
        code = "" if place.est_la_france else place.code
        return cls(niveau=place.niveau, territoire=code, nom=place.nom, **suite)

    def marque(self, sorte: str) -> str:
        """Sous quel nom garder ce que l’on en tire."""
        empreinte = hashlib.blake2b(f"{VERSION}{self!r}".encode(), digest_size=16).hexdigest()
        return f"carte-{sorte}-{empreinte}"

    @property
    def grain(self) -> Grain:
        return Grain.MAILLE if self.niveau == NiveauDeCarte.REGION else Grain.COMMUNE

    @property
    def titre(self) -> str:
        return f"{self.nom}, {NiveauDeCarte(self.niveau).label.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarteTerritoire:
    """Ce qu’attend `contrats/couverture/fragments/_carte.html`.

    `svg` est vide si rien n’a de contour. `hors_carte` : les territoires que le dessin ne montre
    pas, avec leur état ; vide sans dessin. `notes` : ce qu’il faut savoir pour le lire. `tableau` :
    tous les territoires, dessinés ou non.
    """

    titre: str
    svg: SafeString
    legende: tuple[LigneDeLegende, ...]
    phrase: str
    sources: str
    notes: tuple[str, ...] = ()
    hors_carte: tuple[Lien, ...] = ()
    couches: CouchesDessinees = AUCUNE_COUCHE
    tableau: tuple[LigneJumelle, ...] = ()


@dataclass(frozen=True, slots=True)
class Objet:
    """Un territoire tel qu’on l’emporte. `contour` est None si rien ne le dessine.

    `couches` : par type de zonage posé, ce qu’il dit de ce territoire.
    """

    code: str
    nom: str
    nature: str
    etat: str
    etat_libelle: str
    population: int
    population_couverte: int
    contrats: int
    noms_des_contrats: tuple[str, ...]
    contour: Contour | None
    couches: dict[str, str] = field(default_factory=dict)


def sources(demande: Demande) -> str:
    edition = EditionTerritoires.objects.order_by("date_effet").last()
    phrases = [f"Contours\u00a0: {SOURCE}."]
    if edition:
        phrases.append(f"Population municipale\u00a0: {edition.millesime_population}.")
    phrases.append(f"Contrats au {typographie.date_longue(demande.le)}.")
    return " ".join(phrases)
