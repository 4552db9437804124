"""Les valeurs d’un indicateur : périodes, territoires et répartition, liées par leurs sommes.

Un effectif de personnes se somme : une année fait ses trimestres, le contrat ses communes, un total
ses parts. D’un rapport, c’est le numérateur qui compte des personnes, et son complément aussi.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from indicateurs.secret.masquage import masquer
from indicateurs.secret.tableau import Cle, Tableau

TOUT = ""
# Au-delà, un pourcentage ne désigne personne (même règle que `series.publiable`)
ENSEMBLE_ASSEZ_GRAND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ValeurLue:
    """`cle` : celle de la ligne. `effectif` : le nombre de personnes, numérateur s’il y en a un.

    `ensemble` : le dénominateur. `territoire` vide : tout le contrat. `parts` : par dimension,
    l’effectif de chaque part, quand la répartition se publie aussi.
    """

    cle: UUID
    annee: int
    debut: date
    fin: date
    effectif: Decimal
    ensemble: Decimal | None = None
    niveau: str = ""
    territoire: str = TOUT
    parts: tuple[tuple[str, Cle, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class An:
    """La valeur d’une année telle qu’on la publie, saisie ou faite de ses parts."""

    annee: int


def valeurs_tues(
    valeurs: Iterable[ValeurLue], seuil: int, *, annees: Mapping[int, Decimal] | None = None
) -> frozenset[Cle]:
    """Les clés des valeurs, des parts et des années (`An`) à ne pas publier.

    `annees` : l’effectif de chaque année publiée. Une année dont on ne sait pas de quoi elle est
    faite se tait dès qu’une de ses valeurs se tait. Un effectif négatif est laissé de côté.
    """
    lues = sorted((v for v in valeurs if v.effectif >= 0), key=lambda v: repr(v.cle))
    tableau = Tableau()
    for valeur in lues:
        secrete = _trahit_son_reste(valeur, seuil)
        tableau.poser(valeur.cle, valeur.effectif, rang=_rang(valeur), est_secrete=secrete)
        _lier_les_parts(tableau, valeur)
    for tout, parts in _emboitements(lues):
        tableau.inclure(tout.cle, [p.cle for p in parts])
    obscures = [
        an for an, effectif in (annees or {}).items() if not _lier_l_an(tableau, an, effectif, lues)
    ]
    tues = masquer(tableau, seuil)
    touchees = {v.annee for v in lues if v.cle in tues}
    return tues | {An(an) for an in obscures if an in touchees}


def _lier_l_an(tableau: Tableau, annee: int, effectif: Decimal, lues: list[ValeurLue]) -> bool:
    """Vrai si l’on retrouve les valeurs dont l’année est la somme."""
    siennes = [v for v in lues if v.annee == annee]
    entieres = [v for v in siennes if v.territoire == TOUT]
    lieux: dict[tuple[str, date, date], list[ValeurLue]] = {}
    for v in siennes:
        if v.territoire:
            lieux.setdefault((v.niveau, v.debut, v.fin), []).append(v)
    seules = sorted(([v] for v in entieres), key=lambda vs: vs[0].debut - vs[0].fin)
    for parts in [*seules, entieres, *lieux.values()]:
        if parts and effectif >= 0 and sum(v.effectif for v in parts) == effectif:
            tableau.additionner(An(annee), [v.cle for v in parts], rang=8)
            return True
    return False


def _rang(valeur: ValeurLue) -> int:
    """Le contrat entier avant ses territoires, une longue période avant une courte."""
    est_entiere = (valeur.fin - valeur.debut).days >= 364
    return 1 + est_entiere + 2 * (valeur.territoire == TOUT)


def _trahit_son_reste(valeur: ValeurLue, seuil: int) -> bool:
    """« 11 sur 12 » : l’autre se déduit, dans un petit ensemble. Le dénominateur reste publié."""
    if valeur.ensemble is None or not 0 < valeur.ensemble < ENSEMBLE_ASSEZ_GRAND:
        return False
    return 0 < valeur.ensemble - valeur.effectif < seuil


def _lier_les_parts(tableau: Tableau, valeur: ValeurLue) -> None:
    par_dimension: dict[str, list[Cle]] = {}
    for dimension, cle, effectif in valeur.parts:
        if effectif >= 0:
            tableau.poser(cle, effectif)
            par_dimension.setdefault(dimension, []).append(cle)
    for cles in par_dimension.values():
        tableau.inclure(valeur.cle, cles)


def _emboitements(lues: list[ValeurLue]) -> Iterator[tuple[ValeurLue, list[ValeurLue]]]:
    """Un tout et des parts qui ne se recouvrent pas : de lieu à dates égales, ou de dates."""
    lieux: dict[tuple[date, date], dict[str, list[ValeurLue]]] = {}
    memes: dict[str, list[ValeurLue]] = {}
    for valeur in lues:
        memes.setdefault(valeur.territoire, []).append(valeur)
        if valeur.territoire:
            # Niveau par niveau : une commune et son EPCI se recouvrent
            niveaux = lieux.setdefault((valeur.debut, valeur.fin), {})
            niveaux.setdefault(valeur.niveau, []).append(valeur)
    for tout in lues:
        if tout.territoire == TOUT:
            yield from ((tout, parts) for parts in lieux.get((tout.debut, tout.fin), {}).values())
        yield tout, _periodes(tout, memes[tout.territoire])


def _periodes(tout: ValeurLue, memes: list[ValeurLue]) -> list[ValeurLue]:
    """Les périodes plus courtes du même lieu, comprises dans la sienne, qui se suivent."""
    dedans = [
        v
        for v in memes
        if tout.debut <= v.debut
        and v.fin <= tout.fin
        and (v.debut, v.fin) != (tout.debut, tout.fin)
    ]
    suites: list[ValeurLue] = []
    for valeur in sorted(dedans, key=lambda v: (v.fin, v.debut)):
        if not suites or valeur.debut > suites[-1].fin:
            suites.append(valeur)
    return suites
