"""Ce que le bilan technique garde, figé avec le bilan. Des données, rien d’écrit pour une page.

Les montants sont en euros ou en équivalents temps plein (`unite`) ; None : pas encore connu. Les
effectifs de 1 à 4 personnes n’y sont pas : le document circule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from bilans.codec import DonneesIllisibles, canonique, depuis_simple, vers_simple
from indicateurs.series import Serie

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reunion:
    """`presents` et `excuses` : des organisations, jamais des personnes."""

    jour: date
    lieu: str
    etat: str
    participants: int | None
    est_publique: bool
    ordre_du_jour: str
    presents: tuple[str, ...]
    excuses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    nom: str
    genre: str
    niveau: str
    role: str
    reunions: tuple[Reunion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`en_attente` : à faire ou en cours le jour des données."""

    jour: date
    instance: str
    texte: str
    organisation: str
    echeance: date | None
    etat: str
    en_attente: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape:
    libelle: str
    qui: str
    echeance: date | None
    fait_le: date | None
    etat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Depense:
    annee: int
    nature: str
    unite: str
    est_en_nature: bool
    prevu: Decimal | None
    realise: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apport:
    """Un financement. `mission` : celle du fonds d’intervention régional, vide sinon."""

    annee: int
    financeur: str
    mission: str
    etat: str
    est_refuse: bool
    demande: Decimal | None
    accorde: Decimal | None
    verse: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """Une note du journal de l’année, ou un changement de statut. Vide, un champ ne dit rien."""

    jour: date
    fait: str = ""
    freins: str = ""
    leviers: str = ""
    suites: str = ""
    statut: str = ""
    raison: str = ""
    participants: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """`indicateurs` : clés de `Technique.indicateurs`. `avancement` : part des étapes faites."""

    cle: str
    numero: str
    titre: str
    objectifs: tuple[str, ...]
    statut: str
    libelle_statut: str
    raison: str
    pilote: str
    partenaires: tuple[str, ...]
    debut: date | None
    fin: date | None
    avancement: Decimal
    freins: str
    leviers: str
    etapes: tuple[Etape, ...]
    indicateurs: tuple[str, ...]
    depenses: tuple[Depense, ...]
    apports: tuple[Apport, ...]
    faits: tuple[Fait, ...]

    @property
    def nom(self) -> str:
        return f"{self.numero} {self.titre}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axe:
    """`couleur` : clé de `bilans.palette.VOLETS`. `numero` vide : les fiches sans axe."""

    numero: str
    titre: str
    couleur: str
    fiches: tuple[Fiche, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur:
    cle: str
    serie: Serie
    definition: str
    est_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Avenant:
    numero: str
    titre: str
    jour: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """`reservees` : combien de fiches l’équipe garde pour elle ; elles n’y sont pas."""

    schema: int
    annee: int
    edition: int
    arrete_le: date
    phase: str
    avenants: tuple[Avenant, ...]
    instances: tuple[Instance, ...]
    decisions: tuple[Decision, ...]
    axes: tuple[Axe, ...]
    indicateurs: tuple[Indicateur, ...]
    reservees: int

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        return tuple(fiche for axe in self.axes for fiche in axe.fiches)

    def vers_simple(self) -> dict[str, Any]:
        simple: dict[str, Any] = vers_simple(self)
        return simple

    def empreinte(self) -> str:
        """SHA-256 hexadécimal du JSON canonique."""
        return sha256(canonique(self.vers_simple()).encode()).hexdigest()


def relire(simple: Mapping[str, Any]) -> Technique:
    """Lève DonneesIllisibles : rien de figé, ou un schéma que ce programme ne lit pas."""
    if simple.get("schema") != SCHEMA:
        raise DonneesIllisibles("Ce bilan n’a pas de données techniques que l’on sache lire.")
    return depuis_simple(Technique, simple)
