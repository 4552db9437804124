"""Ce que raconte le bilan : textes, volets, chiffres, argent, rencontres, annonces."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bilans.etats_publics import EtatPublic, compter
from bilans.instantane.lieu import Image
from indicateurs.series import Serie


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte:
    """Texte libre d’une section, en Markdown restreint (voir `bilans.textes`)."""

    texte: str
    signature: str
    photo: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Textes:
    """`a_decider` : pour les deux pages des élus seulement (voir `bilans.a_decider`)."""

    edito: Texte | None
    difficultes: Texte | None
    participation: Texte | None
    perspectives: Texte | None
    zoom: Texte | None = None
    comprendre: Texte | None = None
    budget: Texte | None = None
    a_decider: Texte | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`statut` est le code interne, `libelle_statut` le mot public. `fait` : ce qui est compté,
    en une phrase. `en_avant` : racontée en entier, au `rang` 1 à 3 choisi (0 : choisie
    d’après les données) ; les autres sont citées. `cle` : identifiant de la fiche."""

    numero: str
    titre: str
    statut: str
    etat: EtatPublic
    libelle_statut: str
    resume: str
    fait: str
    partenaires: tuple[str, ...]
    en_avant: bool
    cle: str = ""
    rang: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur:
    """`titre` dit le constat, `phrase` les deux chiffres qui comptent. Les effectifs couverts par
    le secret statistique ne sont pas dans la série. `cle` : ce qu’il garde, même renommé."""

    titre: str
    phrase: str
    serie: Serie
    cle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    texte: str
    auteur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Volet:
    """Un axe du contrat. `couleur` : clé de la palette des volets. `utile` : un numéro, une
    adresse, pour le lecteur concerné. `cle` : identifiant de l’axe, vide sans axe. `texte` : ce que
    l’équipe a écrit de l’année."""

    numero: str
    titre: str
    promesse: str
    couleur: str
    actions: tuple[Action, ...]
    indicateurs: tuple[Indicateur, ...]
    citation: Citation | None
    utile: str
    cle: str = ""
    texte: str = ""
    photo: Image | None = None

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
class Somme:
    """Un montant en euros et ce qu’il concerne : un financeur ou un volet."""

    nom: str
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Flux:
    """Ce que ce financeur apporte à ce volet, en euros ; zéro compris."""

    payeur: str
    usage: str
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Argent:
    """Qui finance quoi, l’année du bilan : financements accordés ou versés, hors apports en nature.

    `payeurs` et `usages` : du plus grand au plus petit, leurs sommes égales à `total`. `flux` :
    chaque couple. `cout_realise` : dépenses réalisées, None si aucune n’est saisie. `etp` : temps
    de travail réalisé ou, à défaut, prévu.
    """

    annee: int
    total: Decimal
    payeurs: tuple[Somme, ...]
    usages: tuple[Somme, ...]
    flux: tuple[Flux, ...]
    cout_prevu: Decimal | None
    cout_realise: Decimal | None
    apports_en_nature: Decimal | None
    etp: Decimal | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rencontre:
    """Une réunion tenue dans l’année. `organisations` : combien y étaient, None si non dit."""

    jour: date
    instance: str
    titre: str
    lieu: str
    organisations: int | None
    est_publique: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Une décision prise en réunion ; `etat` est déjà écrit (« Fait »)."""

    jour: date
    instance: str
    texte: str
    etat: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonce:
    """Ce que le bilan d’avant annonçait. `devenir` : code ou vide ; `libelle` : ses mots."""

    texte: str
    devenir: str
    libelle: str
    explication: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonces:
    """Les annonces du bilan de `annee`, dans leur ordre."""

    annee: int
    lignes: tuple[Annonce, ...]
