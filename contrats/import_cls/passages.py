"""Les passages de phase que disent les dates d’un contrat repris d’une liste.

Une liste ne dit que la phase d’aujourd’hui et trois dates. On en déduit ce qui est sûr : la
signature à sa date, la mise en œuvre au plus tard de la signature et du début, la clôture à la fin.
Ce que les dates ne disent pas est daté du jour de l’import.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contrats.etats import PHASES_EN_PROJET, TRANSITIONS, Phase

REPRIS = "Repris d’une liste de contrats"


@dataclass(frozen=True, slots=True)
class Dates:
    signature: date | None
    debut: date | None
    fin: date | None


@dataclass(frozen=True, slots=True)
class Etape:
    vers: str
    le: date


def chaine(
    phase: str, dates: Dates, le: date, connues: Mapping[str, date] | None = None
) -> list[Etape]:
    """Les phases atteintes jusqu’à `phase`, dans l’ordre, sans jour futur.

    `connues` : la date déjà notée d’une phase que les dates du contrat ne disent pas.
    """
    connues = connues or {}
    if phase in PHASES_EN_PROJET:
        return [Etape(phase, min(connues.get(phase, le), le))]
    etapes = _debut_de_chaine(phase, dates, le, connues)
    for vers in _suites(phase):
        etapes.append(Etape(vers, _jour(vers, dates, le, connues)))
    return _ranger(etapes, le)


def _debut_de_chaine(
    phase: str, dates: Dates, le: date, connues: Mapping[str, date]
) -> list[Etape]:
    etapes = []
    if dates.signature and dates.signature <= le:
        etapes.append(Etape(Phase.SIGNATURE.value, dates.signature))
    elif phase == Phase.SIGNATURE:
        etapes.append(Etape(phase, connues.get(phase, le)))
    est_commence = phase not in {Phase.SIGNATURE, Phase.ABANDONNE}
    if est_commence or (phase == Phase.ABANDONNE and dates.signature):
        etapes.append(Etape(Phase.MISE_EN_OEUVRE.value, _commence(dates, le, connues)))
    return etapes


def _suites(phase: str) -> tuple[str, ...]:
    if phase == Phase.RENOUVELE:
        return (Phase.CLOS.value, Phase.RENOUVELE.value)
    return () if phase in {Phase.SIGNATURE, Phase.MISE_EN_OEUVRE} else (phase,)


def _commence(dates: Dates, le: date, connues: Mapping[str, date]) -> date:
    dites = [jour for jour in (dates.signature, dates.debut) if jour]
    if dites:
        return max(dites)
    return min(connues.get(Phase.MISE_EN_OEUVRE.value, le), dates.fin or le)


def _jour(vers: str, dates: Dates, le: date, connues: Mapping[str, date]) -> date:
    """Une fin passée date ce qui finit ; le reste est daté de ce qu’on savait, ou d’aujourd’hui."""
    if dates.fin and dates.fin <= le:
        finit = vers in {Phase.CLOS, Phase.RENOUVELE, Phase.ABANDONNE}
        return dates.fin if finit else min(connues.get(vers, le), dates.fin)
    return connues.get(vers, le)


def _ranger(etapes: Sequence[Etape], le: date) -> list[Etape]:
    """Aucun jour futur, aucun retour en arrière."""
    rangees: list[Etape] = []
    for etape in etapes:
        jour = min(etape.le, le)
        avant = rangees[-1].le if rangees else jour
        rangees.append(Etape(etape.vers, max(jour, avant)))
    return rangees


def debut_du_perimetre(dates: Dates, premiere: date) -> date:
    """Le premier jour où le contrat compte pour ses communes : sa première date connue."""
    return min(jour for jour in (dates.signature, dates.debut, premiere) if jour)


def se_rejoint(de: str, vers: str) -> bool:
    """`vers` s’atteint depuis `de` par des passages permis, un ou plusieurs."""
    vues, a_voir = {de}, [de]
    while a_voir:
        ici = a_voir.pop()
        for passage in TRANSITIONS:
            if passage.de == ici and passage.vers not in vues:
                vues.add(passage.vers)
                a_voir.append(passage.vers)
    return vers in vues
