"""Ce que les gabarits de mise en page attendent d’une vue : rail, fil d’Ariane, onglets, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lien:
    """Une étape du fil d’Ariane ; la dernière n’a pas d’adresse."""

    libelle: str
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Entree:
    """Une entrée du rail ou un onglet.

    `compte` est écrit tel quel (« 22 », « 3/5 », « 1 à saisir ») ; `a_traiter` le met en ambre.
    `fragment` : l’adresse qui rend le compte, quand une application plus haute le connaît seule.
    """

    libelle: str
    adresse: str
    icone: str = ""
    compte: str = ""
    a_traiter: bool = False
    est_courante: bool = False
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Rail:
    """La colonne de l’espace de travail : ce qui est choisi au-dessus de ses pièces."""

    titre: str
    sous_titre: str
    adresse: str
    nom: str = "Contrat"
    entrees: Sequence[Entree] = ()
    pied: str = ""
    pied_lien: Lien | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Une part de la barre de répartition ; `debut` et `largeur` sont des longueurs SVG."""

    code: str
    mot: str
    effectif: int
    debut: str
    largeur: str


@dataclass(frozen=True, slots=True)
class Repartition:
    total: int
    segments: Sequence[Segment] = field(default_factory=tuple)


def repartition(effectifs: Sequence[tuple[str, str, int]]) -> Repartition:
    """(code, mot, effectif) dans l’ordre voulu ; les effectifs nuls disparaissent."""
    presents = [ligne for ligne in effectifs if ligne[2]]
    total = sum(effectif for _, _, effectif in presents)
    segments, debut = [], 0.0
    for code, mot, effectif in presents:
        largeur = effectif * 100 / total
        segments.append(Segment(code, mot, effectif, f"{debut:.3f}%", f"{largeur:.3f}%"))
        debut += largeur
    return Repartition(total, tuple(segments))
