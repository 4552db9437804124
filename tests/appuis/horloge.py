"""L’horloge des tests : ils se passent tous le jeudi 12 mars 2026, en fin de matinée, à Paris."""

from datetime import date, datetime, time
from time import time as system_time
from zoneinfo import ZoneInfo

import time_machine

AUJOURDHUI = date(2026, 3, 12)
PARIS = ZoneInfo("Europe/Paris")


def a_l_arret() -> time_machine.travel:
    """Au milieu de la minute qui court, sans avancer : un compte par minute ne repart pas."""
    return time_machine.travel(system_time() // 60 * 60 + 30, tick=False)


def a(jour: date, heure: time = time(11, 0)) -> time_machine.travel:
    """`with a(date(2027, 1, 4)):` place le bloc à cette date. Le temps s’y écoule."""
    return time_machine.travel(datetime.combine(jour, heure, PARIS), tick=True)
