"""Composer la valeur d’une année : de périodes, de territoires. Aucune base de données.

Une même règle dans le temps et dans l’espace : le plus grand l’emporte, son détail ne s’ajoute
jamais à lui. Une valeur non disponible cède sa place au détail connu ; un secret, jamais.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from indicateurs.series import NON_DISPONIBLE, Releve, reunir

S_AJOUTENT = frozenset({"SOMME", "MOYENNE", "RATIO"})
MOIS_DE_L_ANNEE = 12
QPV = "qpv"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """Une ligne de la base : sa période (jours compris), son territoire ; `code` vide : tout."""

    debut: date
    fin: date
    releve: Releve
    niveau: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Lieux:
    """Le périmètre de l’année, et de quelles communes est fait chaque territoire nommé."""

    perimetre: frozenset[str] = frozenset()
    communes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def de(self, niveau: str, code: str) -> frozenset[str]:
        """Vide si ce territoire dépasse le périmètre : sa valeur n’est pas celle d’une part."""
        communes = self.communes.get((niveau, code), frozenset())
        return communes if communes <= self.perimetre else frozenset()


@dataclass(frozen=True, slots=True)
class Composee:
    """`mois` : ceux de l’année que les périodes retenues touchent. `parts` : combien elles sont."""

    releve: Releve
    parts: int
    mois: int = MOIS_DE_L_ANNEE
    communes: int = 0

    @property
    def est_connue(self) -> bool:
        """Une valeur, ou un secret : quelqu’un la connaît."""
        return self.releve.qualite != NON_DISPONIBLE


def periodes(agregation: str, valeurs: Sequence[Valeur], facteur: int) -> Composee:
    """L’année d’un même territoire ; `valeurs` finissent toutes cette année-là."""
    gardees = disjointes(
        valeurs,
        lambda v: v.releve.qualite == NON_DISPONIBLE,
        lambda v: (v.fin - v.debut).days,
        lambda v: (v.debut, v.fin),
        lambda a, b: a.debut <= b.fin and b.debut <= a.fin,
    )
    gardees.sort(key=lambda v: (v.fin, v.debut))
    releve = reunir(agregation, [v.releve for v in gardees], facteur=facteur)
    return Composee(releve, len(gardees), mois_touches(gardees))


def mois_touches(valeurs: Iterable[Valeur]) -> int:
    touches: set[int] = set()
    for v in valeurs:
        premier = v.debut.month if v.debut.year == v.fin.year else 1
        touches.update(range(premier, v.fin.month + 1))
    return len(touches)


def territoires(
    agregation: str, valeurs: Sequence[Valeur], lieux: Lieux, facteur: int
) -> Composee | None:
    """Le périmètre, d’après ses parties ; None si elles ne se réunissent pas."""
    if agregation not in S_AJOUTENT:
        return None
    du_lieu: dict[tuple[str, str], list[Valeur]] = defaultdict(list)
    for v in valeurs:
        du_lieu[v.niveau, v.code].append(v)
    parts = [
        (communes, lieu, periodes(agregation, siennes, facteur))
        for lieu, siennes in du_lieu.items()
        if (communes := lieux.de(*lieu))
    ]
    gardees = disjointes(
        parts,
        lambda part: not part[2].est_connue,
        lambda part: len(part[0]),
        lambda part: part[1],
        lambda a, b: not a[0].isdisjoint(b[0]),
    )
    gardees.sort(key=lambda part: part[1])
    return _assembler(agregation, [(p[2], len(p[0])) for p in gardees], facteur)


def quartiers(agregation: str, valeurs: Sequence[Valeur], facteur: int) -> Composee | None:
    """Tous les quartiers, pour un indicateur qui ne décrit qu’eux : ils ne se recouvrent pas."""
    if agregation not in S_AJOUTENT:
        return None
    du_quartier: dict[str, list[Valeur]] = defaultdict(list)
    for v in valeurs:
        if v.niveau == QPV:
            du_quartier[v.code].append(v)
    parts = [periodes(agregation, du_quartier[code], facteur) for code in sorted(du_quartier)]
    return _assembler(agregation, [(part, 0) for part in parts], facteur)


def _assembler(
    agregation: str, parts: Sequence[tuple[Composee, int]], facteur: int
) -> Composee | None:
    if not parts:
        return None
    releves = [part.releve for part, _ in parts]
    if agregation == "MOYENNE" and len(parts) > 1 and not all(r.denominateur for r in releves):
        # Une moyenne de moyennes, sans effectifs, n’est celle de personne
        releves = [replace(r, valeur=None, qualite=NON_DISPONIBLE) for r in releves]
    releve = reunir(agregation, releves, facteur=facteur)
    mois = min(part.mois for part, _ in parts)
    return Composee(releve, len(parts), mois, sum(nombre for _, nombre in parts))


def disjointes(
    parts: Iterable[T],
    a_defaut: Callable[[T], bool],
    taille: Callable[[T], int],
    rang: Callable[[T], object],
    se_touchent: Callable[[T, T], bool],
) -> list[T]:
    """Les plus grandes d’abord, sans qu’aucune n’en recouvre une autre déjà gardée."""
    gardees: list[T] = []
    ordre = sorted(parts, key=lambda p: (a_defaut(p), -taille(p), rang(p)))
    for part in ordre:
        if not any(se_touchent(part, gardee) for gardee in gardees):
            gardees.append(part)
    return gardees
