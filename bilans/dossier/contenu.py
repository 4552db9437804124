"""Un dossier de fiches : des textes prêts à poser, rien à calculer, aucune base.

Tout texte est du français typographié, sans balise ; les caractères que XML refuse n’y sont plus.
"""

from dataclasses import dataclass, field
from datetime import date

from bilans.dossier.sections import Reglages
from bilans.instantane import Carte


@dataclass(frozen=True, slots=True)
class Passage:
    """Des paragraphes qui se suivent, ou les éléments d’une liste à puces."""

    lignes: tuple[str, ...]
    est_liste: bool = False


@dataclass(frozen=True, slots=True)
class Champ:
    """`passages` vide : le champ n’a rien, et l’on écrit « à compléter ».

    `libelle` est vide quand il répéterait le titre de la section.
    """

    libelle: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """La première colonne nomme la ligne. `nombres` : combien de colonnes, à droite, en chiffres.

    `largeurs` : la part de chaque colonne, en %. `totaux` : le rang des lignes en gras.
    `titre` est vide quand la section, seule, suffit à le nommer. `note` s’écrit dessous.
    """

    titre: str
    colonnes: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[str, ...], ...]
    totaux: frozenset[int] = frozenset()
    nombres: int = 0
    note: str = ""

    @property
    def a_des_tetes_de_ligne(self) -> bool:
        """Faux si les têtes passeraient en nombre les cases : un lecteur d’écran s’y perdrait."""
        cases = len(self.lignes) * (len(self.colonnes) - 1)
        return cases >= len(self.lignes) + len(self.colonnes)


Bloc = Champ | Tableau


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    titre: str
    blocs: tuple[Bloc, ...]


@dataclass(frozen=True, slots=True)
class Fiche:
    """`place` : les objectifs qui mènent à la fiche. `reperes` : (nom, valeur)."""

    cle: str
    numero: str
    titre: str
    place: tuple[str, ...]
    statut: str
    mot_du_statut: str
    reperes: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    est_restreinte: bool

    @property
    def nom(self) -> str:
        return f"{self.numero} {self.titre}".strip()


@dataclass(frozen=True, slots=True)
class Groupe:
    """Un axe du plan, ou les fiches sans axe. `couleur` : une clé de `bilans.palette.VOLETS`."""

    cle: str
    rubrique: str
    titre: str
    couleur: str
    fiches: tuple[Fiche, ...]

    @property
    def nom(self) -> str:
        return f"{self.rubrique}. {self.titre}" if self.rubrique else self.titre


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`organisme` porte le contrat. `territoire` : « 14 communes, 102 000 habitants »."""

    titre: str
    contrat: str
    periode: str
    organisme: str
    territoire: str
    enseignes: tuple[str, ...]
    le: date
    est_demonstration: bool
    reglages: Reglages
    groupes: tuple[Groupe, ...]
    carte: Carte | None = field(default=None, repr=False)

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        return tuple(fiche for groupe in self.groupes for fiche in groupe.fiches)

    @property
    def est_une_fiche(self) -> bool:
        """Une fiche seule, sans couverture : le titre du document est le sien."""
        return len(self.fiches) == 1 and not self.reglages.couverture
