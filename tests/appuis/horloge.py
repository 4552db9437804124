"""L’horloge des tests : ils se passent tous le jeudi 12 mars 2026, en fin de matinée, à Paris."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import time_machine

AUJOURDHUI = date(2026, 3, 12)
PARIS = ZoneInfo("Europe/Paris")


def a(jour: date, heure: time = time(11, 0)) -> time_machine.travel:
    """`with a(date(2027, 1, 4)):` place le bloc à cette date. Le temps s’y écoule."""
    return time_machine.travel(datetime.combine(jour, heure, PARIS), tick=True)
