"""Tout ce que montre un rapport régional, figé. Aucune base, aucune mise en page.

Ces dataclasses sont gardées en JSON avec le fichier. Changer une forme, ou une forme de
`contrats.pilotage.comptes`, change `SCHEMA` : un rapport ancien se dit illisible, il ne se devine
pas. Populations en habitants (population municipale), parts de 0 à 1.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from bilans.codec import DonneesIllisibles, canonique, depuis_simple, vers_simple
from bilans.instantane import Carte
from bilans.rapport_regional.cartes import CarteFigee, Marche
from contrats.pilotage.comptes import Pilotage

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """`niveau` : region ou france. `complement` : « de la Bretagne ». `agence` : son nom.

    `delegations` : les départements auxquels se limitent les contrats du rapport ; vide, tous.
    """

    niveau: str
    code: str
    nom: str
    complement: str
    agence: str
    delegations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Couverture:
    """Une ligne de `contrats.couverture`, dans les deux variantes."""

    code: str
    nom: str
    population: int
    communes: int
    population_signee: int
    communes_signees: int
    contrats_signes: int
    population_engagee: int
    communes_engagees: int
    contrats_engages: int

    @property
    def taux_signe(self) -> float:
        return self.population_signee / self.population if self.population else 0.0

    @property
    def taux_engage(self) -> float:
        return self.population_engagee / self.population if self.population else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominateurs:
    communes: int
    population: int
    communes_sans_epci: int
    population_sans_epci: int
    communes_sans_population: int
    communes_du_pacifique: int
    population_du_pacifique: int
    millesime_population: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctrineFigee:
    vise: str
    est_complete: bool
    depuis: date
    cible_taux: Decimal
    cible_date: date
    texte: str
    communes: int
    communes_couvertes: int
    population: int
    population_couverte: int
    population_avec_projets: int
    manquants: int
    couverte_a_la_cible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonageFige:
    """Un zonage chargé, ou une de ses classes."""

    nom: str
    zones: int
    zones_signees: int
    population: int
    population_signee: int
    population_engagee: int
    millesime: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoireFige:
    """Une ligne du tableau jumeau de la carte. `etat` : un mot ; vide pour un département."""

    code: str
    nom: str
    etat: str
    population: int
    population_signee: int
    population_engagee: int
    communes: int
    communes_signees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDAnnee:
    le: date
    taux_signe: float
    taux_engage: float
    population_signee: int
    communes_signees: int
    contrats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContratFige:
    """`actions` : les fiches que lit qui a demandé le rapport ; None s’il ne suit pas le contrat.

    `communes` et `population` : ce qu’il couvre du territoire.
    """

    nom: str
    est_signe: bool
    phase: str
    debut: date | None
    fin: date | None
    communes: int
    population: int
    actions: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlancFige:
    """Les communes d’une intercommunalité sans contrat, ni signé, ni en projet."""

    nom: str
    departement: str
    communes: int
    population: int
    en_projet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinFigee:
    nom: str
    fin: date
    communes: int
    population: int
    a_une_suite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitFige:
    """Ce qui a changé la couverture. `genre` : un mot."""

    genre: str
    le: date
    contrat: str
    communes: int
    population: int
    precision: str
    jusqu_au: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instantane:
    """`le` : le jour de la couverture. `arrete_le` : celui où tout a été lu, et où le pilotage est
    compté. `territoires` : le tableau jumeau ; `parties` : régions ou départements."""

    schema: int
    lieu: Lieu
    le: date
    arrete_le: date
    est_demonstration: bool
    couverture: Couverture
    denominateurs: Denominateurs
    parties: tuple[Couverture, ...]
    zonages: tuple[ZonageFige, ...]
    doctrine: DoctrineFigee | None
    silhouette: Carte | None
    carte: CarteFigee | None
    territoires: tuple[TerritoireFige, ...]
    courbe: tuple[Marche, ...]
    annees: tuple[PointDAnnee, ...]
    contrats: tuple[ContratFige, ...]
    blancs: tuple[BlancFige, ...]
    fins: tuple[FinFigee, ...]
    faits: tuple[FaitFige, ...]
    pilotage: Pilotage | None

    @property
    def est_national(self) -> bool:
        return self.lieu.niveau != "region"

    def vers_simple(self) -> dict[str, Any]:
        simple: dict[str, Any] = vers_simple(self)
        return simple

    def vers_json(self) -> str:
        """JSON canonique : deux instantanés égaux donnent le même texte."""
        return canonique(self.vers_simple())

    def empreinte(self) -> str:
        """SHA-256 hexadécimal du JSON canonique."""
        return sha256(self.vers_json().encode()).hexdigest()

    def en_donnees(self) -> bytes:
        """Le JSON à lire ailleurs : sans les tracés, qui ont leur propre source ouverte."""
        simple = self.vers_simple() | {"silhouette": None, "carte": None}
        return json.dumps(simple, ensure_ascii=False, sort_keys=True, indent=1).encode()


def relire(simple: Mapping[str, Any]) -> Instantane:
    """Lève DonneesIllisibles, aussi quand le schéma n’est pas celui de ce code."""
    schema = simple.get("schema")
    if schema != SCHEMA:
        raise DonneesIllisibles(f"Schéma {schema} : ce programme lit le schéma {SCHEMA}.")
    return depuis_simple(Instantane, dict(simple))
