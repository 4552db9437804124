"""Les bénéficiaires d’un contrat, une année : action × public × quartier, et leurs totaux.

Publics d’une action : ils se recouvrent (un jeune peut être précaire), chacun est compris dans le
total. Quartiers : on n’habite qu’un quartier, ensemble ils sont compris dans le total.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from indicateurs.secret.masquage import masquer
from indicateurs.secret.tableau import Tableau

PERSONNES, PRESENCES = "personnes", "presences"
NATURES = (PERSONNES, PRESENCES)
TOUTES = ""  # toutes les actions, tous les publics, tous les quartiers
DETAIL, TOTAL, MARGE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Compte:
    """Un compte saisi. `public` et `quartier` vides : toute l’action."""

    action: str
    public: str = TOUTES
    quartier: str = TOUTES
    personnes: int | None = None
    presences: int | None = None

    @property
    def case(self) -> tuple[str, str, str]:
        return (self.action, self.public, self.quartier)

    def nombre(self, nature: str) -> int | None:
        return self.personnes if nature == PERSONNES else self.presences


@dataclass(frozen=True, slots=True)
class Case:
    """Une cellule : `nature`, puis l’action, le public et le quartier ; vides, un total."""

    nature: str
    action: str
    public: str
    quartier: str


def cases_tues(comptes: Iterable[Compte], seuil: int) -> frozenset[Case]:
    """Ce qui ne se publie pas, y compris parmi les totaux du contrat."""
    return _tues(frozenset(comptes), seuil)


@lru_cache(maxsize=256)
def _tues(comptes: frozenset[Compte], seuil: int) -> frozenset[Case]:
    """Gardé : la page publique d’un contrat se lit bien plus souvent qu’elle ne change."""
    return frozenset(c for c in masquer(tableau_de(comptes), seuil) if isinstance(c, Case))


def tableau_de(comptes: Iterable[Compte]) -> Tableau:
    """Toutes les cases, et tout ce qui les lie et qu’un lecteur peut calculer."""
    rangs = sorted(comptes, key=lambda c: c.case)
    tableau = Tableau()
    for compte in rangs:
        for nature in NATURES:
            nombre = compte.nombre(nature)
            if nombre is not None:
                rang = DETAIL if compte.public or compte.quartier else TOTAL
                tableau.poser(Case(nature, *compte.case), nombre, rang=rang)
    for nature in NATURES:
        for action, siens in groupby(rangs, key=lambda c: c.action):
            _lier_l_action(tableau, nature, action, list(siens))
        _marges(tableau, nature, rangs)
    for compte in rangs:
        # Une personne vient au moins une fois
        presences, personnes = (Case(n, *compte.case) for n in (PRESENCES, PERSONNES))
        tableau.inclure(presences, [personnes], reste_secret=False)
    return tableau


def _lier_l_action(tableau: Tableau, nature: str, action: str, comptes: list[Compte]) -> None:
    publics = sorted({c.public for c in comptes} - {TOUTES})
    quartiers = sorted({c.quartier for c in comptes} - {TOUTES})

    def case(public: str = TOUTES, quartier: str = TOUTES) -> Case:
        return Case(nature, action, public, quartier)

    for public in publics:
        tableau.inclure(case(), [case(public)])
        croisees = [case(public, quartier) for quartier in quartiers]
        for tout in _connues(tableau, case(public), case()):
            tableau.inclure(tout, croisees)
    tableau.inclure(case(), [case(quartier=quartier) for quartier in quartiers])
    for quartier in quartiers:
        for public in publics:
            for tout in _connues(tableau, case(quartier=quartier)):
                tableau.inclure(tout, [case(public, quartier)])


def _connues(tableau: Tableau, *cases: Case) -> Iterator[Case]:
    """Le plus petit tout qui soit connu : le public, sinon l’action."""
    yield from [c for c in cases if c in tableau.cellules][:1]


def _marges(tableau: Tableau, nature: str, comptes: list[Compte]) -> None:
    """Les totaux du contrat : l’ensemble, chaque public, chaque quartier. Jamais le croisement."""
    paires = {(c.public, c.quartier) for c in comptes if not (c.public and c.quartier)}
    actions = sorted({c.action for c in comptes})
    for public, quartier in sorted(paires):
        parts = [Case(nature, action, public, quartier) for action in actions]
        tableau.additionner(Case(nature, TOUTES, public, quartier), parts, rang=MARGE)
