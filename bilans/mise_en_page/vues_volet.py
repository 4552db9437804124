"""Ce que le gabarit d’un volet affiche."""

from dataclasses import dataclass

from bilans.instantane import Citation
from bilans.mise_en_page.deux_colonnes import Blocs, en_deux
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.visuels import Visuel
from bilans.textes import Bloc

ACTIONS_D_UN_VOLET_LEGER = 12


@dataclass(frozen=True, slots=True)
class VueAction:
    """`resume` finit par ce qui est compté, en gras."""

    titre: str
    etat: str
    statut: str
    resume: tuple[Bloc, ...]
    avec: str


@dataclass(frozen=True, slots=True)
class Retard:
    titre: str
    volet: str
    etat: str


@dataclass(frozen=True, slots=True)
class VueTableau:
    """`annees` : (texte, est l’année du bilan) ; `cases` de même."""

    titre_ligne: str
    annees: tuple[tuple[str, bool], ...]
    cases: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class VueIndicateur:
    titre: str
    phrase: str
    image: str
    cote_a_cote: bool
    tableau: VueTableau | None
    source: str


@dataclass(frozen=True, slots=True)
class VueVolet:
    ancre: str
    rubrique: str
    titre: str
    style_titre: str
    promesse: str
    carte: str
    photo: Visuel | None
    texte: tuple[Bloc, ...]
    style: str
    titre_actions: str
    en_avant: tuple[VueAction, ...]
    titre_autres: str
    autres: tuple[VueAction, ...]
    indicateurs: tuple[VueIndicateur, ...]
    indicateurs_en_ligne: int
    utile: str
    citation: Citation | None
    saut_avant_indicateurs: bool
    utile_a_la_fin: bool
    leger: bool
    saut: bool

    @property
    def autres_en_deux(self) -> Blocs[VueAction]:
        return en_deux(self.autres, _lignes, par_bloc=8)

    @property
    def peut_etre_leger(self) -> bool:
        """Rien à raconter que des titres."""
        longues = (
            self.en_avant or self.indicateurs or self.citation or self.utile
            or self.texte or self.photo
        )  # fmt: skip
        return not longues and len(self.autres) <= ACTIONS_D_UN_VOLET_LEGER


def _lignes(action: VueAction) -> float:
    """Une action citée prend 5,5 mm par ligne et 4,2 mm autour."""
    texte = f"{action.titre} – {action.statut}"
    return 4.2 + 5.5 * lignes(texte, 11, 76)
