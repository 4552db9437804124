"""Tout ce que montre un bilan public, figé. Aucune base de données, aucune mise en page.

Ces dataclasses sont le contrat entre la lecture (`rapport`), le stockage (JSON de `Bilan`), la
page publique et le PDF. Changer une forme change `SCHEMA` : un bilan publié reste lisible.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from bilans.codec import DonneesIllisibles, canonique, depuis_simple, vers_simple
from bilans.etats_publics import EtatPublic, compter
from indicateurs.series import Serie

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """Le contrat. `nom` est développé : « Contrat local de santé … », jamais « CLS … »."""

    nom: str
    nom_court: str
    numero: str
    generation: int
    presentation: str
    date_debut: date | None
    date_fin: date | None
    date_signature: date | None
    porteur: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Territoire:
    """`population` : municipale, somme des communes qui en ont une ; None si aucune."""

    communes: tuple[str, ...]
    intercommunalites: tuple[str, ...]
    population: int | None
    millesime_population: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """Contour d’un territoire : chemin SVG, point où écrire son nom, place autour (`rayon`)."""

    nom: str
    trace: str
    x: float
    y: float
    rayon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """Rectangle qui contient toutes les formes, en px du repère de la couverture."""

    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """Les formes du territoire, placées sur la couverture (794 × 969 px). `ondes` : contours
    concentriques dans le même repère, du plus proche au plus lointain."""

    cadre: Cadre
    formes: tuple[Forme, ...]
    ondes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Famille:
    """Des organisations de même nature, dans l’ordre alphabétique."""

    libelle: str
    noms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte:
    """Texte libre d’une section : un paragraphe par ligne, « - » au début d’un point de liste."""

    texte: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Textes:
    edito: Texte | None
    difficultes: Texte | None
    participation: Texte | None
    perspectives: Texte | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`statut` est le code interne, `libelle_statut` le mot public. `fait` : ce qui est compté,
    en une phrase. `en_avant` : racontée en entier ; les autres sont citées."""

    numero: str
    titre: str
    statut: str
    etat: EtatPublic
    libelle_statut: str
    resume: str
    fait: str
    partenaires: tuple[str, ...]
    en_avant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur:
    """`titre` dit le constat, `phrase` les deux chiffres qui comptent. Les effectifs couverts par
    le secret statistique ne sont pas dans la série."""

    titre: str
    phrase: str
    serie: Serie


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    texte: str
    auteur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Volet:
    """Un axe du contrat. `couleur` : clé de la palette des volets. `utile` : un numéro, une
    adresse, pour le lecteur concerné."""

    numero: str
    titre: str
    promesse: str
    couleur: str
    actions: tuple[Action, ...]
    indicateurs: tuple[Indicateur, ...]
    citation: Citation | None
    utile: str

    @property
    def comptes(self) -> dict[EtatPublic, int]:
        return compter(action.etat for action in self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decompte:
    etat: EtatPublic
    nombre: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """Les états d’il y a un an, lus au 31 décembre dans l’historique des actions."""

    annee: int
    decomptes: tuple[Decompte, ...]

    @property
    def comptes(self) -> dict[EtatPublic, int]:
        return dict.fromkeys(EtatPublic, 0) | {d.etat: d.nombre for d in self.decomptes}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffreCle:
    """`valeur` est déjà écrite (« 12 jours ») ; `intitule` la dit, `phrase` l’explique."""

    valeur: str
    intitule: str
    phrase: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mot:
    """Un mot à connaître ; `sigle` vide pour un mot ordinaire."""

    terme: str
    sigle: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    organisme: str
    courriel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instantane:
    """Le bilan d’une année. `arrete_le` : jour où les données ont été lues. `enseignes` : noms
    courts des signataires, le porteur d’abord."""

    schema: int
    annee: int
    edition: int
    arrete_le: date
    adresse_publique: str
    est_demonstration: bool
    contrat: Identite
    territoire: Territoire
    carte: Carte | None
    enseignes: tuple[str, ...]
    signataires: tuple[Famille, ...]
    partenaires: tuple[Famille, ...]
    textes: Textes
    chiffres: tuple[ChiffreCle, ...]
    volets: tuple[Volet, ...]
    precedent: Precedent | None
    mots: tuple[Mot, ...]
    contact: Contact

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for volet in self.volets for action in volet.actions)

    @property
    def comptes(self) -> dict[EtatPublic, int]:
        return compter(action.etat for action in self.actions)

    def vers_simple(self) -> dict[str, Any]:
        """Forme que `Bilan.instantane` garde."""
        simple: dict[str, Any] = vers_simple(self)
        return simple

    def vers_json(self) -> str:
        """JSON canonique : deux instantanés égaux donnent le même texte."""
        return canonique(self.vers_simple())

    def empreinte(self) -> str:
        """SHA-256 hexadécimal du JSON canonique."""
        return sha256(self.vers_json().encode()).hexdigest()


def relire(simple: Mapping[str, Any]) -> Instantane:
    """Lève DonneesIllisibles, aussi quand le schéma n’est pas celui de ce code."""
    schema = simple.get("schema")
    if schema != SCHEMA:
        raise DonneesIllisibles(f"Schéma {schema} : ce programme lit le schéma {SCHEMA}.")
    return depuis_simple(Instantane, dict(simple))


def depuis_json(texte: str) -> Instantane:
    return relire(json.loads(texte))
