"""Les dates telles qu’on les tape : jour, mois, trimestre, année, période, numéro d’Excel."""

import calendar
import re
from datetime import date, timedelta

from cls_platform.socle.tableur.cles import cle

MOIS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_ABREGES = {"janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11,
            "dec": 12}  # fmt: skip
_SANS_DATE = frozenset(
    {"", "a definir", "a preciser", "non defini", "nc", "na", "n a", "sans objet", "inconnu",
     "a confirmer", "non renseigne", "a determiner", "neant", "aucune", "so", "ac", "x"}
)  # fmt: skip
ANNEES = range(1990, 2100)
# Jour zéro d’Excel, qui compte un 29 février 1900 qui n’a pas existé
JOUR_ZERO = date(1899, 12, 30)
NUMEROS_D_EXCEL = range(32_874, 73_051)  # 1990 à 2099

Etendue = tuple[date, date]


class PasUneDate(ValueError):
    """Le message est la fin de la phrase : « 31/02/2026 n’est pas une date »."""


def etendue(valeur: object) -> Etendue | None:
    """Le premier et le dernier jour de ce qui est écrit ; None si rien n’est dit. PasUneDate."""
    if valeur is None:
        return None
    if isinstance(valeur, bool):
        raise PasUneDate("n’est pas une date")
    if isinstance(valeur, date):
        return valeur, valeur
    if isinstance(valeur, int | float):
        return _de_nombre(valeur)
    return _de_texte(valeur if isinstance(valeur, str) else str(valeur))


def _de_nombre(valeur: float) -> Etendue:
    if valeur in ANNEES:
        return date(int(valeur), 1, 1), date(int(valeur), 12, 31)
    if int(valeur) in NUMEROS_D_EXCEL:
        jour = JOUR_ZERO + timedelta(days=int(valeur))
        return jour, jour
    raise PasUneDate("n’est pas une date")


_JMA = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})$")
_AMJ = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_MA = re.compile(r"^(\d{1,2})\s*[/\-.]\s*(\d{4})$")
_ANNEE = re.compile(r"^\d{4}$")
_TRIMESTRE = re.compile(
    r"^(?:t|trimestre |q)([1-4]) (\d{4})$|^([1-4])(?:er|e|eme|nd)? trimestre (?:de )?(\d{4})$"
)
_SEMESTRE = re.compile(
    r"^(?:s|semestre )([12]) (\d{4})$|^([12])(?:er|e|eme|nd)? semestre (?:de )?(\d{4})$"
)
_INVERSE = re.compile(r"^(\d{4}) ([ts][1-4])$")
_JOUR_MOIS = re.compile(r"^(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})$")
_PREAMBULE = re.compile(
    r"^(?:le|la|en|au|courant|depuis|des|vers|fin|debut|d ici|jusqu a|jusqu en|a partir de|avant|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|annee|mi)\s+"
)
_ENTRE = re.compile(
    r"\s+(?:a|au|et|jusqu a|jusqu en|jusqu au)\s+|\s*(?:→|->|–|—|>|;|\n)\s*|\s+-\s+"
)


def _de_texte(texte: str) -> Etendue | None:
    nu = texte.strip()
    if cle(nu) in _SANS_DATE:
        return None
    simple = _une_date(nu)
    if simple:
        return simple
    if re.fullmatch(r"\d{5}", nu):
        return _de_nombre(int(nu))
    deux = _deux_dates(nu)
    if deux:
        return deux
    raise PasUneDate("n’est pas une date")


def _deux_dates(texte: str) -> Etendue | None:
    """« 2025-2027 », « janvier 2025 à mars 2026 », « de janvier à mars 2026 », « 2025, 2026 »."""
    annees = re.fullmatch(r"(?:de )?(\d{4})(?:\s*[-–—/,&;+]\s*(\d{4}))+", texte)
    if annees:
        trouvees = [int(a) for a in re.findall(r"\d{4}", texte)]
        if all(a in ANNEES for a in trouvees):
            return date(min(trouvees), 1, 1), date(max(trouvees), 12, 31)
    sans_accent = re.sub(r"\bà\b", "a", re.sub(r"^(?:de|du|d’|d')\s*", "", texte, flags=re.I))
    parts = [p for p in _ENTRE.split(sans_accent) if p]
    if len(parts) != 2:
        return None
    fin = _une_date(parts[1])
    annee = re.search(r"(\d{4})\s*$", parts[1])
    debut = _une_date(parts[0]) or (_une_date(f"{parts[0]} {annee[1]}") if annee else None)
    if debut and fin and debut[0] <= fin[1]:
        return debut[0], fin[1]
    return None


def _une_date(texte: str) -> Etendue | None:
    nu = texte.strip().rstrip(".")
    if trouve := _JMA.match(nu):
        return _jour(int(trouve[1]), int(trouve[2]), _annee(trouve[3]))
    if trouve := _AMJ.match(nu):
        return _jour(int(trouve[3]), int(trouve[2]), int(trouve[1]))
    if trouve := _MA.match(nu):
        return _mois(int(trouve[1]), int(trouve[2]))
    mots = cle(nu)
    while (court := _PREAMBULE.sub("", mots)) != mots:
        mots = court
    return _en_mots(mots)


def _en_mots(mots: str) -> Etendue | None:
    if trouve := _INVERSE.match(mots):
        mots = f"{trouve[2]} {trouve[1]}"
    if _ANNEE.match(mots) and int(mots) in ANNEES:
        return date(int(mots), 1, 1), date(int(mots), 12, 31)
    for motif, duree in ((_TRIMESTRE, 3), (_SEMESTRE, 6)):
        if trouve := motif.match(mots):
            rang, annee = int(trouve[1] or trouve[3]), int(trouve[2] or trouve[4])
            return _mois((rang - 1) * duree + 1, annee, duree)
    if (trouve := _JOUR_MOIS.match(mots)) and (mois := _numero_de_mois(trouve[2])):
        if trouve[1]:
            return _jour(int(trouve[1]), mois, int(trouve[3]))
        return _mois(mois, int(trouve[3]))
    return None


def _numero_de_mois(mot: str) -> int:
    if mot in MOIS:
        return MOIS.index(mot) + 1
    return _ABREGES.get(mot, 0)


def _annee(texte: str) -> int:
    return int(texte) if len(texte) == 4 else 2000 + int(texte)


def _jour(jour: int, mois: int, annee: int) -> Etendue:
    try:
        lu = date(annee, mois, jour)
    except ValueError as erreur:
        raise PasUneDate("n’est pas une date") from erreur
    return lu, lu


def _mois(mois: int, annee: int, duree: int = 1) -> Etendue:
    if not 1 <= mois <= 12 or annee not in ANNEES:
        raise PasUneDate("n’est pas une date")
    dernier = mois + duree - 1
    return date(annee, mois, 1), date(annee, dernier, calendar.monthrange(annee, dernier)[1])
