from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """Une chose sue. `texte` : ce que « Reprendre » ajoute ; `dit` : sur quoi, et de quand.

    `adresse` mène à ce qui le prouve. `reserve` : pourquoi le relire avant de le rendre public.
    """

    texte: str
    dit: str = ""
    adresse: str = ""
    reserve: str = ""
    se_reprend: bool = True


@dataclass(frozen=True, slots=True)
class Lot:
    """Des trouvailles de même sorte. `en_plus` : combien d’autres ne sont pas montrées."""

    titre: str
    trouvailles: tuple[Trouvaille, ...]
    en_plus: int = 0


@dataclass(frozen=True, slots=True)
class TexteDAvant:
    """Ce que la même partie disait dans le dernier bilan publié."""

    annee: int
    texte: str


@dataclass(frozen=True, slots=True)
class Matiere:
    """`proposition` : un premier jet, une phrase par fait ; `avant` : le texte de l’an passé.

    `reserve` : pourquoi relire la proposition avant de la garder.
    """

    proposition: tuple[str, ...] = ()
    reserve: str = ""
    lots: tuple[Lot, ...] = ()
    avant: TexteDAvant | None = None

    @property
    def est_vide(self) -> bool:
        return not (self.proposition or self.lots or self.avant)

    @property
    def premier_jet(self) -> str:
        """Les phrases de la proposition, un point par ligne."""
        return "\n".join(
            phrase if phrase.startswith("- ") else f"- {phrase}" for phrase in self.proposition
        )


@dataclass(frozen=True, slots=True)
class Note:
    """Une ligne du journal d’une fiche, dans l’année du bilan."""

    action: str
    fiche: str
    axe: str
    le: date
    est_publique: bool
    fait: str
    freins: str
    leviers: str
    suites: str
    participants: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Un changement de statut noté dans l’année ; `de` et `vers` sont des codes."""

    action: str
    fiche: str
    axe: str
    le: date
    est_publique: bool
    de: str
    vers: str
    raison: str


@dataclass(frozen=True, slots=True)
class DecisionPrise:
    texte: str
    le: date
    instance: str
    est_publique: bool
    est_ouverte: bool
    echeance: date | None


@dataclass(frozen=True, slots=True)
class Prevu:
    """Ce qui commence ou finit l’an prochain : une action, ou une de ses étapes."""

    le: date
    quoi: str
    action: str
    est_une_etape: bool


@dataclass(frozen=True, slots=True)
class PointPrevu:
    """Une ligne de l’ordre du jour d’une réunion qui vient."""

    quoi: str
    le: date
    instance: str
    reunion: str
    est_publique: bool
