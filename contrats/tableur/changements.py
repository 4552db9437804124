"""Ce qu’un import changerait, cellule par cellule : des valeurs, sans rien d’écrit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from contrats.montants import en_unite
from contrats.tableur.colonnes import PAR_CLE
from contrats.tableur.places import Noeud


@dataclass(frozen=True, slots=True)
class Remarque:
    """Une cellule et ce qu’il y a à en dire."""

    feuille: str
    ligne: int
    colonne: str
    valeur: str
    message: str

    def __str__(self) -> str:
        lieu = f"feuille {self.feuille}, ligne {self.ligne}"
        colonne = f", colonne {self.colonne}" if self.colonne else ""
        valeur = f"{self.valeur} " if self.valeur else ""
        return f"{lieu}{colonne}\u00a0: {valeur}{self.message}"


@dataclass(frozen=True, slots=True)
class Ecart:
    """Un champ qui changerait, comme un humain le lit."""

    champ: str
    colonne: str
    avant: str
    apres: str


@dataclass(slots=True)
class Fiche:
    """Une fiche à créer ou à modifier ; `valeurs` : ce qui sera écrit, par champ.

    `montants` : par clé de colonne ; `depenses` : la version de chaque dépense lue avant.
    """

    ligne: int
    titre: str
    valeurs: dict[str, Any]
    ecarts: list[Ecart] = field(default_factory=list)
    action_id: UUID | None = None
    version: int = 0
    version_lue: int = 0
    leur_auteur: str = ""
    montants: dict[str, Decimal | None] = field(default_factory=dict)
    depenses: dict[UUID, int] = field(default_factory=dict)


@dataclass(slots=True)
class Changements:
    feuille: str = ""
    creations: list[Fiche] = field(default_factory=list)
    modifications: list[Fiche] = field(default_factory=list)
    conflits: list[Fiche] = field(default_factory=list)
    inchangees: list[UUID] = field(default_factory=list)
    erreurs: list[Remarque] = field(default_factory=list)
    avertissements: list[Remarque] = field(default_factory=list)
    colonnes_inconnues: list[str] = field(default_factory=list)
    niveaux: list[Noeud] = field(default_factory=list)
    organisations: dict[UUID, str] = field(default_factory=dict)
    organisations_inconnues: list[str] = field(default_factory=list)
    totaux: dict[str, Decimal] = field(default_factory=dict)

    @property
    def nombre(self) -> int:
        return len(self.creations) + len(self.modifications)

    def additionner(self, lus: Mapping[str, Decimal]) -> None:
        """Le total de chaque colonne d’argent, à comparer avec celui du tableur."""
        for cle, montant in lus.items():
            self.totaux[cle] = self.totaux.get(cle, Decimal(0)) + montant

    @property
    def montants_lus(self) -> list[tuple[str, str]]:
        """(colonne, total écrit), par année puis par famille."""
        colonnes = (PAR_CLE[cle] for cle in PAR_CLE if cle in self.totaux)
        return [(c.entete, en_unite(self.totaux[c.cle], c.reference.unite)) for c in colonnes]

    def vers_json(self) -> dict[str, Any]:
        return {
            "feuille": self.feuille,
            "actions_creees": len(self.creations),
            "actions_modifiees": len(self.modifications),
            "actions_inchangees": len(self.inchangees),
            "erreurs": [asdict(erreur) for erreur in self.erreurs],
            "avertissements": [asdict(avis) for avis in self.avertissements],
            "colonnes_inconnues": self.colonnes_inconnues,
            "conflits": [_fiche_simple(fiche) for fiche in self.conflits],
            "modifications": [_fiche_simple(fiche) for fiche in self.modifications],
            "niveaux_crees": [noeud.libelle for noeud in self.niveaux],
            "organisations_inconnues": self.organisations_inconnues,
            "montants_lus": dict(self.montants_lus),
        }


def _fiche_simple(fiche: Fiche) -> dict[str, Any]:
    return {
        "ligne": fiche.ligne,
        "titre": fiche.titre,
        "identifiant": str(fiche.action_id),
        "par": fiche.leur_auteur,
        "ecarts": [asdict(ecart) for ecart in fiche.ecarts],
    }
