"""Le rythme d’une instance : quand sa prochaine réunion est attendue, et si elle tarde.

Fonctions pures. Règle : une instance à rythme se réunit au plus tard `mois` mois après sa dernière
réunion tenue ; sans réunion tenue, `mois` mois après le jour où elle a pu commencer. Elle tarde
quand ce jour est passé et qu’aucune réunion n’est prévue, ni passée sans que l’on sache si elle
s’est tenue.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from cls_platform.socle import typographie

MOIS_MAXIMUM = 60


@dataclass(frozen=True, slots=True)
class Rythme:
    """`attendue_le` None : rien n’est attendu, sans rythme ou parce qu’elle ne se réunit plus."""

    mois: int
    attendue_le: date | None
    est_en_retard: bool

    @property
    def phrase(self) -> str:
        return rythme_en_mots(self.mois)


def rythme(
    *, mois: int, depuis: date, derniere: date | None, prochaine: date | None, le: date
) -> Rythme:
    """`mois` 0 : sans rythme. `depuis` : le jour où l’instance a pu commencer."""
    if not mois:
        return Rythme(0, None, est_en_retard=False)
    attendue = plus_de_mois(derniere or depuis, mois)
    return Rythme(mois, attendue, est_en_retard=prochaine is None and attendue < le)


def plus_de_mois(jour: date, mois: int) -> date:
    """Le même jour, `mois` mois plus tard ; le dernier du mois s’il n’existe pas."""
    annee, rang = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(annee, rang + 1, min(jour.day, calendar.monthrange(annee, rang + 1)[1]))


def rythme_en_mots(mois: int) -> str:
    """« tous les 6 mois », « une fois par an » ; vide sans rythme."""
    if mois == 0:
        return ""
    if mois == 1:
        return "tous les mois"
    if mois == 12:
        return "une fois par an"
    return f"tous les {typographie.nombre(mois)} mois"
