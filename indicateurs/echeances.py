"""Quand une valeur est attendue, et si elle est en retard. Aucun accès à la base.

Une période est attendue si le contrat en couvre au moins la moitié. Sa valeur se donne au plus tard
à la fin d’un délai, qui dépend du rythme. Ce que la plateforme calcule n’est jamais attendu.

Une période passée se réclame si elle suit la première valeur saisie, ou si c’est la dernière échue,
et pendant deux ans : au-delà, on ne réclame plus, on l’a oubliée ou elle n’existe pas.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from cls_platform.socle.typographie import MOIS

UN_JOUR = timedelta(days=1)
# Rythme → longueur d’une période, en mois ; 0 : une seule, du début à la fin du contrat
LONGUEURS = {
    "MENSUELLE": 1,
    "TRIMESTRIELLE": 3,
    "SEMESTRIELLE": 6,
    "ANNUELLE": 12,
    "PLURIANNUELLE": 24,
    "PONCTUELLE": 0,
}
# Rythme → mois, puis jours, laissés après la fin de la période
DELAIS = {
    "MENSUELLE": (0, 15),
    "TRIMESTRIELLE": (1, 0),
    "SEMESTRIELLE": (1, 0),
    "ANNUELLE": (3, 0),
    "PLURIANNUELLE": (6, 0),
    "PONCTUELLE": (3, 0),
}
# Un producteur publie ses chiffres de territoire un à deux ans après l’année qu’ils décrivent
DELAI_DU_CONTEXTE = (24, 0)
CONTEXTE = "CONTEXTE"
RECLAMEE_PENDANT = 24
PART_COUVERTE = 0.9
UNE_SUFFIT = frozenset({"DERNIERE_VALEUR", "NON_AGREGABLE"})


class EtatEcheance(StrEnum):
    EN_RETARD = "EN_RETARD"
    BIENTOT = "BIENTOT"
    A_VENIR = "A_VENIR"
    FAITE = "FAITE"


@dataclass(frozen=True, slots=True)
class Periode:
    """Du premier au dernier jour, inclus."""

    debut: date
    fin: date

    @property
    def jours(self) -> int:
        return (self.fin - self.debut).days + 1

    @property
    def annee(self) -> int:
        return self.fin.year

    def dans(self, debut: date, fin: date | None) -> int:
        """Combien de ses jours sont entre ces deux dates ; `fin` None : sans fin."""
        dernier = self.fin if fin is None else min(self.fin, fin)
        return max((dernier - max(self.debut, debut)).days + 1, 0)

    def couvre(self, autre: "Periode") -> bool:
        return self.debut <= autre.debut and autre.fin <= self.fin


@dataclass(frozen=True, slots=True)
class Attente:
    """Ce que la règle lit d’un indicateur saisi ; `debut` et `fin` : ceux du contrat.

    `valeurs` : celles de tout le territoire. `parts` : celles de chacune de ses parties.
    """

    periodicite: str
    agregation: str
    type: str
    debut: date | None
    fin: date | None
    valeurs: Sequence[Periode] = ()
    parts: Sequence[Sequence[Periode]] = ()

    @property
    def premiere_fin(self) -> date | None:
        """La fin de la première période jamais saisie."""
        toutes = [self.valeurs, *self.parts]
        return min((v.fin for valeurs in toutes for v in valeurs), default=None)


@dataclass(frozen=True, slots=True)
class Echeance:
    """Une période et sa date limite ; `retard` : en jours, 0 tant qu’elle n’est pas passée."""

    periode: Periode
    due_le: date
    etat: EtatEcheance
    retard: int = 0

    @property
    def libelle(self) -> str:
        return nom_de_la_periode(self.periode)


@dataclass(frozen=True, slots=True)
class Attendue:
    """Une période du calendrier ; passé `jusqu_au`, elle ne se réclame plus."""

    periode: Periode
    due_le: date
    jusqu_au: date


def echeances(attente: Attente, le: date) -> list[Echeance]:
    """De la plus ancienne à celle qui court ; rien si le contrat n’a pas de date de début."""
    attendues = _calendrier(replace(attente, valeurs=(), parts=()), le)
    echues = [attendue for attendue in attendues if attendue.due_le < le]
    derniere_echue = echues[-1] if echues else None
    premiere = attente.premiere_fin
    lues = []
    for attendue in attendues:
        periode, due = attendue.periode, attendue.due_le
        etat = _etat(attente, periode, due, le)
        retard = (le - due).days if etat == EtatEcheance.EN_RETARD else 0
        suit = attendue is derniere_echue or (premiere is not None and periode.fin > premiere)
        if not retard or (suit and attendue.jusqu_au >= le):
            lues.append(Echeance(periode, due, etat, retard))
    return lues


@lru_cache(maxsize=1024)
def _calendrier(sans_valeurs: Attente, le: date) -> tuple[Attendue, ...]:
    """Les mêmes périodes pour tous les indicateurs d’un contrat qui ont le même rythme."""
    attendues = []
    for periode in _periodes(sans_valeurs, le):
        due = date_limite(sans_valeurs, periode)
        attendues.append(Attendue(periode, due, ajoute_des_mois(due, RECLAMEE_PENDANT)))
    return tuple(attendues)


def date_limite(attente: Attente, periode: Periode) -> date:
    """La fin de la période et son délai ; plus long pour ce qu’un producteur publie."""
    mois, jours = DELAIS[attente.periodicite]
    if attente.type == CONTEXTE:
        mois, jours = DELAI_DU_CONTEXTE
    return ajoute_des_mois(periode.fin, mois) + timedelta(days=jours)


def est_renseignee(attente: Attente, periode: Periode) -> bool:
    """La valeur de tout le territoire, ou celle de chacune des parties déjà saisies."""
    if _est_couverte(attente, periode, attente.valeurs):
        return True
    return bool(attente.parts) and all(
        _est_couverte(attente, periode, valeurs) for valeurs in attente.parts
    )


def _est_couverte(attente: Attente, periode: Periode, valeurs: Sequence[Periode]) -> bool:
    """Une valeur qui la couvre, ou des valeurs qui y finissent et en couvrent les neuf dixièmes.

    Pour ce qui ne garde que la dernière valeur, ou dure plus d’un an, une seule qui y finit suffit.
    """
    if any(valeur.couvre(periode) for valeur in valeurs):
        return True
    dedans = [v for v in valeurs if periode.debut <= v.fin <= periode.fin]
    if attente.agregation in UNE_SUFFIT or LONGUEURS[attente.periodicite] not in range(1, 13):
        return bool(dedans)
    return _jours_couverts(dedans) >= PART_COUVERTE * periode.jours


def _jours_couverts(valeurs: Sequence[Periode]) -> int:
    """Chaque jour une fois, même quand deux valeurs se recouvrent."""
    total, jusqu_a = 0, date.min
    for valeur in sorted(valeurs, key=lambda v: v.debut):
        debut = max(valeur.debut, jusqu_a)
        total += max((valeur.fin - debut).days + 1, 0)
        jusqu_a = max(jusqu_a, valeur.fin + UN_JOUR)
    return total


def _etat(attente: Attente, periode: Periode, due: date, le: date) -> EtatEcheance:
    if est_renseignee(attente, periode):
        return EtatEcheance.FAITE
    if due < le:
        return EtatEcheance.EN_RETARD
    return EtatEcheance.BIENTOT if periode.fin < le else EtatEcheance.A_VENIR


def _periodes(attente: Attente, le: date) -> Iterator[Periode]:
    """Celles du calendrier, jusqu’à celle qui contient `le`, si le contrat en couvre la moitié."""
    if attente.debut is None:
        return
    longueur = LONGUEURS[attente.periodicite]
    if not longueur:
        if attente.fin is not None:
            yield Periode(attente.debut, attente.fin)
        return
    debut = date(attente.debut.year, 1, 1)
    while debut <= le:
        suivant = ajoute_des_mois(debut, longueur)
        periode = Periode(debut, suivant - UN_JOUR)
        if periode.dans(attente.debut, attente.fin) * 2 >= periode.jours:
            yield periode
        debut = suivant


def ajoute_des_mois(jour: date, mois: int) -> date:
    """Le même jour, ou le dernier du mois ; la fin d’un mois reste une fin de mois."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_vise = rang // 12, rang % 12 + 1
    dernier = calendar.monthrange(annee, mois_vise)[1]
    en_fin_de_mois = jour.day == calendar.monthrange(jour.year, jour.month)[1]
    return date(annee, mois_vise, dernier if en_fin_de_mois else min(jour.day, dernier))


def nom_de_la_periode(periode: Periode) -> str:
    """« 2025 », « mars 2025 », « avril à juin 2025 », « 2024 et 2025 »."""
    debut, fin = periode.debut, periode.fin
    if debut.year == fin.year:
        if debut.month == fin.month:
            return f"{MOIS[fin.month - 1]} {fin.year}"
        if (debut.month, fin.month) == (1, 12):
            return str(fin.year)
        return f"{MOIS[debut.month - 1]} à {MOIS[fin.month - 1]} {fin.year}"
    liaison = "et" if fin.year == debut.year + 1 else "à"
    return f"{debut.year} {liaison} {fin.year}"
