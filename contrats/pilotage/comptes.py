"""Ce que comptent les blocs du pilotage : des lignes figées, sans base.

Le rapport régional les garde telles quelles : changer une forme change son schéma.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
# En dessous, une part ne dit rien : on écrit le nombre, jamais le pourcentage
SEUIL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ContratLu:
    """`departement` : celui où vivent le plus d’habitants de son périmètre du jour."""

    cle: str
    nom: str
    phase: str
    departement: str
    departement_nom: str
    est_signe: bool
    date_fin: date | None
    est_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDActions:
    """Les fiches d’un thème, d’un public, d’un objectif ; `code` vide : celles qui n’en ont aucun.

    Une fiche qui en a deux compte dans chacun.
    """

    code: str
    libelle: str
    actions: int
    contrats: int
    en_retard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeStatut:
    """Le statut tel qu’on le lit ce jour-là : une échéance passée met en retard."""

    statut: str
    actions: int
    contrats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeRetard:
    """Les fiches en retard dont l’échéance est passée entre ces deux jours, bornes comprises.

    Sans borne : depuis toujours, ou, des deux côtés, un retard noté sans échéance passée.
    """

    code: str
    du: date | None
    au: date | None
    actions: int
    contrats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeFinanceur:
    """Une année d’un financeur, et d’une mission s’il s’agit du FIR ; euros.

    `prevu` : demandes encore prévisionnelles. `demande` : les autres, refusées comprises.
    """

    annee: int
    financeur: str
    libelle: str
    mission: str
    prevu: Decimal
    demande: Decimal
    accorde: Decimal
    verse: Decimal
    financements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeBudget:
    """Ce que coûtent les fiches, une année : euros, apports en nature à part."""

    annee: int
    prevu: Decimal
    realise: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Argent:
    """`contrats` : ceux dont le lecteur voit les montants."""

    contrats: int
    financeurs: tuple[CompteDeFinanceur, ...]
    budgets: tuple[CompteDeBudget, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeSignataires:
    """Les signataires d’un groupe : une organisation compte une fois par contrat."""

    groupe: str
    libelle: str
    signataires: int
    contrats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signataires:
    """Sur les contrats signés. `contrats_avec` : ceux qui ont un professionnel de santé."""

    contrats: int
    signataires: int
    professionnels: int
    contrats_avec: int
    groupes: tuple[CompteDeSignataires, ...]

    @property
    def part(self) -> float | None:
        """None sous le seuil."""
        return part(self.professionnels, self.signataires)


@dataclass(frozen=True, slots=True, kw_only=True)
class EtpDeContrat:
    """`source` : INDICATEUR, BUDGET, ou vide si le contrat n’a rien dit."""

    contrat: str
    nom: str
    etp: Decimal | None
    annee: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """Le temps de coordination, contrat par contrat, à `annee` au plus tard."""

    annee: int
    contrats: tuple[EtpDeContrat, ...]

    @property
    def renseignes(self) -> tuple[EtpDeContrat, ...]:
        return tuple(c for c in self.contrats if c.etp is not None)

    @property
    def total(self) -> Decimal:
        return sum((c.etp for c in self.contrats if c.etp is not None), ZERO)

    def nombre(self, source: str) -> int:
        return sum(c.source == source for c in self.contrats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaison:
    """Un contrat, un département, ou la région (`code` vide) : ses fiches, hors abandonnées."""

    code: str
    nom: str
    contrats: int
    actions: int
    realisees: int
    en_retard: int
    sans_pilote: int

    def part(self, champ: str) -> float | None:
        """La part des fiches, ou None si leur nombre est sous le seuil."""
        return part(getattr(self, champ), self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaisons:
    region: Comparaison
    departements: tuple[Comparaison, ...]
    contrats: tuple[Comparaison, ...]

    def se_compare(self, departement: Comparaison) -> bool:
        """Un département de moins de contrats que le seuil n’est pas comparé."""
        return departement.contrats >= SEUIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilotage:
    """Tous les blocs. `argent` : None pour qui ne voit aucun montant."""

    le: date
    contrats: tuple[ContratLu, ...]
    actions: int
    themes: tuple[CompteDActions, ...]
    populations: tuple[CompteDActions, ...]
    objectifs: tuple[CompteDActions, ...]
    statuts: tuple[CompteDeStatut, ...]
    retards: tuple[CompteDeRetard, ...]
    argent: Argent | None
    signataires: Signataires
    coordination: Coordination
    comparaisons: Comparaisons


def part(partie: int, tout: int) -> float | None:
    """None si le tout est sous le seuil."""
    return partie / tout if tout >= SEUIL else None
