"""Ce que montre la comparaison : une colonne par bilan publié, du plus ancien au plus récent.

None dans une colonne : ce bilan-là n’en disait rien. Ce n’est pas zéro.
"""

from dataclasses import dataclass
from decimal import Decimal

from bilans.etats_publics import EtatPublic
from bilans.instantane import Annonce, Mot
from indicateurs.series import Releve, Serie

ANNEES_AU_PLUS = 6


@dataclass(frozen=True, slots=True)
class EtatCompte:
    """Combien d’actions avaient cet état, dans chaque bilan."""

    etat: EtatPublic
    nombres: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Etat:
    """L’état d’une action dans un bilan : `code` donne sa forme, `mot` le dit."""

    code: str
    mot: str
    etat: EtatPublic


@dataclass(frozen=True, slots=True)
class ActionComparee:
    """Une action, sous son nom le plus récent ; `ancien_titre` quand elle en a changé."""

    numero: str
    titre: str
    volet: str
    ancien_titre: str
    etats: tuple[Etat | None, ...]


@dataclass(frozen=True, slots=True)
class Valeur:
    """La valeur d’une année telle que le bilan de cette année l’a publiée.

    `revue` : ce que dit maintenant le dernier bilan, quand il dit autre chose de cette année.
    """

    publiee: Releve
    revue: Releve | None


@dataclass(frozen=True, slots=True)
class IndicateurCompare:
    """`serie` : celle du bilan le plus récent qui le montre, pour son dessin et ses unités."""

    libelle: str
    volet: str
    ancien_libelle: str
    serie: Serie
    valeurs: tuple[Valeur | None, ...]


@dataclass(frozen=True, slots=True)
class Montants:
    """En euros, ou en équivalents temps plein pour le temps de travail."""

    nom: str
    montants: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class AnnoncesSuivies:
    """Ce que le bilan de `annoncees_en` annonçait, et ce qu’en dit celui de `dites_en`."""

    annoncees_en: int
    dites_en: int
    lignes: tuple[Annonce, ...]


@dataclass(frozen=True, slots=True)
class SigleDit:
    """Ce qu’un sigle veut dire dans le bilan de `annee`, le plus récent qui l’explique."""

    mot: Mot
    annee: int


@dataclass(frozen=True, slots=True)
class Comparaison:
    """`a_venir` : ce que le bilan le plus récent annonce, dont personne ne peut encore juger.

    `sigles` : tous ceux que ces bilans expliquent, employés ici ou non.
    """

    annees: tuple[int, ...]
    etats: tuple[EtatCompte, ...]
    totaux: tuple[int, ...]
    actions: tuple[ActionComparee, ...]
    indicateurs: tuple[IndicateurCompare, ...]
    financements: Montants
    payeurs: tuple[Montants, ...]
    usages: tuple[Montants, ...]
    depenses: tuple[Montants, ...]
    annonces: tuple[AnnoncesSuivies, ...]
    a_venir: tuple[str, ...]
    sigles: tuple[SigleDit, ...] = ()

    @property
    def a_de_l_argent(self) -> bool:
        toutes = (self.financements, *self.depenses)
        return any(montant is not None for ligne in toutes for montant in ligne.montants)
