"""L’ordre du plan, sans base : placer un élément, compter les rangs, proposer les numéros.

L’arbre : chaque axe, ses fiches directes, puis ses objectifs, chacun avec ses fiches puis ses
objectifs ; ce qui n’a pas d’axe vient à la fin.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from contrats.models.plan import NiveauObjectif

# Un objectif est toujours d’un niveau plus profond que celui qui le contient ; deux objectifs du
# dernier niveau peuvent s’emboîter
PROFONDEUR = {
    NiveauObjectif.SOUS_AXE: 0,
    NiveauObjectif.STRATEGIQUE: 1,
    NiveauObjectif.GENERAL: 1,
    NiveauObjectif.OPERATIONNEL: 2,
    NiveauObjectif.SPECIFIQUE: 2,
}
DERNIER_NIVEAU = 2


def emboitement_admis(contenant: str, contenu: str) -> bool:
    dessus = PROFONDEUR[NiveauObjectif(contenant)]
    dessous = PROFONDEUR[NiveauObjectif(contenu)]
    return dessous > dessus or dessus == dessous == DERNIER_NIVEAU


@dataclass(slots=True)
class Noeud:
    """Un axe, un objectif ou une fiche. `parent` : l’objectif qui le contient."""

    id: UUID
    axe: UUID | None = None
    parent: UUID | None = None
    numero: str = ""
    titre: str = ""
    ordre: int = 0

    @property
    def lieu(self) -> tuple[str, UUID | None]:
        """Un objectif contient, quel que soit l’axe écrit à côté."""
        return ("objectif", self.parent) if self.parent else ("axe", self.axe)


@dataclass(slots=True)
class Charpente:
    """Chaque liste est dans son ordre actuel."""

    axes: list[Noeud] = field(default_factory=list)
    objectifs: list[Noeud] = field(default_factory=list)
    actions: list[Noeud] = field(default_factory=list)

    def parcourir(self) -> Iterator[tuple[str, Noeud, int]]:
        """(genre, élément, profondeur), dans l’ordre de lecture ; chaque élément une fois."""
        vus: set[UUID] = set()
        for axe in self.axes:
            yield "axe", axe, 0
            yield from self._contenu(("axe", axe.id), 1, vus)
        yield from self._contenu(("axe", None), 1, vus)

    def _contenu(
        self, lieu: tuple[str, UUID | None], profondeur: int, vus: set[UUID]
    ) -> Iterator[tuple[str, Noeud, int]]:
        for action in voisins(self.actions, lieu):
            yield "action", action, profondeur
        for objectif in voisins(self.objectifs, lieu):
            if objectif.id in vus:
                continue
            vus.add(objectif.id)
            yield "objectif", objectif, profondeur
            yield from self._contenu(("objectif", objectif.id), profondeur + 1, vus)

    def descendants(self, objectif: UUID) -> list[UUID]:
        """Les objectifs qu’il contient, à toute profondeur, lui compris."""
        trouves = [objectif]
        for courant in trouves:
            trouves += [o.id for o in self.objectifs if o.parent == courant and o.id not in trouves]
        return trouves


def voisins(liste: Iterable[Noeud], lieu: tuple[str, UUID | None]) -> list[Noeud]:
    return [noeud for noeud in liste if noeud.lieu == lieu]


def placer(liste: list[Noeud], noeud: Noeud, position: int) -> None:
    """Met l’élément à cette position (0, 1…) parmi ceux de son lieu ; au-delà, à la fin."""
    liste.remove(noeud)
    autres, position = voisins(liste, noeud.lieu), max(position, 0)
    if position < len(autres):
        liste.insert(liste.index(autres[position]), noeud)
    elif autres:
        liste.insert(liste.index(autres[-1]) + 1, noeud)
    else:
        liste.append(noeud)


def rangs(charpente: Charpente) -> dict[str, dict[UUID, int]]:
    """Genre → élément → rang (1, 2…) dans la lecture du plan."""
    comptes: dict[str, dict[UUID, int]] = {"axe": {}, "objectif": {}, "action": {}}
    for genre, noeud, _ in charpente.parcourir():
        comptes[genre][noeud.id] = len(comptes[genre]) + 1
    return comptes


def numeros(charpente: Charpente) -> dict[UUID, str]:
    """« 1 », « 1.2 », « 1.2.3 » d’après l’arbre ; sans axe, la suite des numéros d’axe."""
    numeros: dict[UUID, str] = {}
    chemin: list[int] = [0]
    for genre, noeud, profondeur in charpente.parcourir():
        hors_axe = genre != "axe" and profondeur == 1 and noeud.axe is None
        niveau = 0 if hors_axe or genre == "axe" else _niveau(charpente, noeud, numeros)
        del chemin[niveau + 1 :]
        while len(chemin) <= niveau:
            chemin.append(0)
        chemin[niveau] += 1
        numeros[noeud.id] = ".".join(str(n) for n in chemin)
    return numeros


def _niveau(charpente: Charpente, noeud: Noeud, numeros: dict[UUID, str]) -> int:
    contenant = noeud.parent or noeud.axe
    return numeros[contenant].count(".") + 1 if contenant in numeros else 0
