"""Le français écrit : espaces, apostrophes, nombres, dates, durées.

Fonctions pures : du texte entre, du texte sort. U+202F (fine insécable) va devant ; ! ? %
et dans les milliers ; U+00A0 (insécable) devant : et à l’intérieur des guillemets.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

FINE = "\u202f"
INSECABLE = "\u00a0"
APOSTROPHE = "\u2019"
MOINS = "\u2212"
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MOIS_COURTS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

Nombre = int | float | Decimal

_ESPACES = "[ \u00a0\u202f]"
_REGLES = (
    (re.compile(r"(?<=\w)'(?=\w)"), APOSTROPHE),
    (re.compile(rf"(?<=[^\s«]){_ESPACES}+([;!?%])"), rf"{FINE}\1"),
    (re.compile(rf"(?<=[^\s«]){_ESPACES}+(:)(?=\s|$)"), rf"{INSECABLE}\1"),
    (re.compile(rf"«{_ESPACES}*"), f"«{INSECABLE}"),
    (re.compile(rf"{_ESPACES}*»"), f"{INSECABLE}»"),
    (re.compile(rf"(?<=\d){_ESPACES}h{_ESPACES}(?=\d)"), f"{INSECABLE}h{INSECABLE}"),
    (re.compile(rf"(?<=\d){_ESPACES}(?=(?:€|km|min|h|j|ans)\b|€)"), INSECABLE),
    (re.compile(r"\.\.\."), "…"),
)
_MILLIERS = re.compile(rf"(?<![\d/])(?<!\d{_ESPACES})\d{{1,3}}(?:{_ESPACES}\d{{3}})+(?![\d/])")


def typographier(texte: str) -> str:
    """Pose les espaces insécables et les apostrophes courbes d’un texte sans balises."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return _MILLIERS.sub(lambda trouve: re.sub(_ESPACES, FINE, trouve[0]), texte)


def nombre(valeur: Nombre, decimales: int | None = None) -> str:
    """1234.5 → « 1 234,5 ». Sans `decimales`, garde celles de la valeur, zéros finals ôtés."""
    exact = valeur if isinstance(valeur, Decimal) else Decimal(str(valeur))
    if decimales is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    ecrit = f"{exact:,f}"
    if decimales is None and "." in ecrit:
        ecrit = ecrit.rstrip("0").rstrip(".")
    return ecrit.replace(",", FINE).replace(".", ",").replace("-", MOINS)


def pourcent(taux: Nombre, decimales: int = 1) -> str:
    """0.84 → « 84,0 % » ; le taux va de 0 à 1."""
    return f"{nombre(Decimal(str(taux)) * 100, decimales)}{FINE}%"


def euros(montant: Nombre) -> str:
    """Sans centimes quand le montant est rond."""
    exact = Decimal(str(montant))
    return f"{nombre(exact, 0 if exact == exact.to_integral_value() else 2)}{INSECABLE}€"


def quantieme(jour: int) -> str:
    """« 1ᵉʳ », puis 2, 3… ; l’exposant est en caractères, lisible hors du HTML."""
    return "1ᵉʳ" if jour == 1 else str(jour)


def date_longue(jour: dt.date) -> str:
    """« 12 mars 2026 »."""
    return f"{quantieme(jour.day)}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def date_courte(jour: dt.date) -> str:
    """« 12 févr. 2026 », pour les tableaux."""
    return f"{quantieme(jour.day)}{INSECABLE}{MOIS_COURTS[jour.month - 1]} {jour.year}"


def date_saisie(jour: dt.date) -> str:
    """« 12/03/2026 », comme on l’écrit dans un champ."""
    return f"{jour:%d/%m/%Y}"


def mois_annee(jour: dt.date) -> str:
    """« mars 2026 »."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def jour_date(jour: dt.date) -> str:
    """« mardi 8 décembre 2026 »."""
    return f"{JOURS[jour.weekday()]} {date_longue(jour)}"


def heure(moment: dt.datetime | dt.time) -> str:
    """« 14 h 02 »."""
    return f"{moment.hour}{INSECABLE}h{INSECABLE}{moment.minute:02d}"


def moment_relatif(moment: dt.datetime, maintenant: dt.datetime) -> str:
    """L’heure seule aujourd’hui, « hier, 17 h 20 », puis la date. Deux moments du même fuseau."""
    jours = (maintenant.date() - moment.date()).days
    if jours == 0:
        return heure(moment)
    if jours == 1:
        return f"hier, {heure(moment)}"
    return date_longue(moment.date())


def duree(secondes: float) -> str:
    """« 20 secondes », « 3 minutes », « 2 h 05 » : une attente, sans fausse précision."""
    entieres = max(round(secondes), 1)
    if entieres < 60:
        return pluriel(entieres, "seconde")
    minutes = round(entieres / 60)
    if minutes < 60:
        return pluriel(minutes, "minute")
    return f"{minutes // 60}{INSECABLE}h{INSECABLE}{minutes % 60:02d}"


def pluriel(effectif: int, singulier: str, au_pluriel: str = "") -> str:
    """« 0 fiche », « 1 fiche », « 2 fiches » : en français, le pluriel commence à deux."""
    mot = singulier if abs(effectif) < 2 else (au_pluriel or accorder(singulier))
    return f"{nombre(effectif)}{INSECABLE}{mot}"


def accorder(mot: str) -> str:
    """Pluriel régulier : s ; -al → -aux ; -eau, -eu → x ; s, x, z inchangés."""
    if mot.endswith(("s", "x", "z")):
        return mot
    if mot.endswith(("eau", "eu")):
        return f"{mot}x"
    if mot.endswith("al"):
        return f"{mot[:-2]}aux"
    return f"{mot}s"


def taille_fichier(octets: int) -> str:
    """« 2,1 Mo » ; 1 Mo vaut un million d’octets."""
    if octets < 1_000_000:
        return f"{nombre(max(octets / 1000, 1), 0)}{INSECABLE}ko"
    return f"{nombre(octets / 1_000_000, 1)}{INSECABLE}Mo"


def initiales(nom: str) -> str:
    """« Camille Rozec » → « CR » ; les articles ne comptent pas ; « ? » sans nom."""
    articles = {"de", "du", "des", "la", "le", "les", "et", "d", "l", "a", "à"}
    mots = [m for m in re.split(r"[\s\-'’]+", nom) if m and m.lower() not in articles]
    if len(mots) == 1:
        return mots[0][:2].upper()
    return "".join(m[0] for m in mots[:2]).upper() or "?"
