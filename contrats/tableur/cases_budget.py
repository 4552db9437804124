"""Les colonnes d’argent, une par année : « Budget 2026 », « ETP réalisés 2025 ».

L’année est dans l’en-tête ; sans autre mot le montant est prévu. Un en-tête qui dit davantage
(un financeur, « k€ », deux années) n’est pas deviné : la personne choisit.
"""

import re
import unicodedata
from dataclasses import dataclass

from cls_platform.socle.tableur.cles import cle
from contrats.models.vocabulaire_argent import UniteBudget

ANNEES = range(2000, 2100)
_ANNEE = re.compile(r"20\d\d")
_RANG = re.compile(r"^\s*\d{1,3}\s*[.)\-]\s*")
_DEPENSE_FAITE = re.compile(r"\bdépensée?s?\b", re.IGNORECASE)

_ARGENT = frozenset(
    {"budget", "budgets", "montant", "montants", "cout", "couts", "depense", "depenses", "charges",
     "euro", "euros", "eur"}
)  # fmt: skip
_ETP = frozenset({"etp", "etpt"})
_APPORT = frozenset({"apport", "apports", "valorisation", "valorisations"})
_MIS_A_DISPOSITION = frozenset({"mis", "a", "disposition"})
_PREVU = frozenset(
    {"prevu", "prevue", "prevus", "prevues", "prevision", "previsions", "previsionnel",
     "previsionnelle", "previsionnels", "previsionnelles", "estime", "estimes", "estimatif"}
)  # fmt: skip
_REALISE = frozenset(
    {"realise", "realisee", "realises", "realisees", "reel", "reels", "reelle", "reelles",
     "execute", "executes", "executee", "executees", "constate", "constates"}
)  # fmt: skip
_SANS_EFFET = frozenset(
    {"de", "du", "des", "d", "l", "la", "le", "les", "en", "pour", "annee", "an", "annuel", "total",
     "totale", "totaux", "global", "globale", "action", "fiche", "nombre", "nb", "ttc"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Famille:
    """Ce qui ne s’additionne pas ensemble ; `entete` a deux places, la mesure puis l’année."""

    code: str
    unite: str
    entete: str
    prevu: str
    realise: str
    est_valorisation: bool = False


FAMILLES = (
    Famille("budget", UniteBudget.EUROS, "Budget {} {} (€)", "prévu", "réalisé"),
    Famille("etp", UniteBudget.ETP, "ETP {} {}", "prévus", "réalisés"),
    Famille(
        "apports", UniteBudget.EUROS, "Apports en nature {} {} (€)", "prévus", "réalisés",
        est_valorisation=True,
    ),
    Famille(
        "etp_offerts", UniteBudget.ETP, "ETP mis à disposition {} {}", "prévus", "réalisés",
        est_valorisation=True,
    ),
)  # fmt: skip
MESURES = ("prevu", "realise")


@dataclass(frozen=True, slots=True)
class CaseBudget:
    """Une année, une famille, une mesure : ce que dit une colonne, une somme de lignes en base."""

    annee: int
    famille: Famille
    mesure: str

    @property
    def cle(self) -> str:
        return f"{self.famille.code}_{self.mesure}_{self.annee}"

    @property
    def entete(self) -> str:
        return self.famille.entete.format(getattr(self.famille, self.mesure), self.annee)

    @property
    def unite(self) -> str:
        return self.famille.unite


CASES = tuple(
    CaseBudget(annee, famille, mesure)
    for annee in ANNEES
    for famille in FAMILLES
    for mesure in MESURES
)
_PAR_CODE = {famille.code: famille for famille in FAMILLES}


def cle_de_case(entete: str) -> str | None:
    """La case que dit un en-tête ; None quand il ne dit pas un montant d’une année."""
    mots = cle(_RANG.sub("", entete)).split()
    annees = [mot for mot in mots if _ANNEE.fullmatch(mot)]
    if len(annees) != 1:
        return None
    dits = frozenset(mots) - {annees[0]} - _SANS_EFFET
    famille, mesure = _famille(dits, entete), _mesure(dits, entete)
    if not famille or not mesure:
        return None
    return CaseBudget(int(annees[0]), _PAR_CODE[famille], mesure).cle


def _famille(dits: frozenset[str], entete: str) -> str:
    autres = dits - _PREVU - _REALISE
    if autres & _ETP:
        if autres == autres & (_ETP | _MIS_A_DISPOSITION) and "€" not in entete:
            return "etp_offerts" if "disposition" in autres else "etp"
        return ""
    if autres & _APPORT:
        return "" if autres - _ARGENT - _APPORT - {"nature"} else "apports"
    if autres - _ARGENT:
        return ""
    return "budget" if autres or "€" in entete else ""


def _mesure(dits: frozenset[str], entete: str) -> str:
    """Prévu, sauf si l’en-tête dit le réalisé ; vide s’il dit les deux."""
    ecrit = unicodedata.normalize("NFC", entete)
    est_realise = bool(dits & _REALISE) or bool(_DEPENSE_FAITE.search(ecrit))
    if est_realise and dits & _PREVU:
        return ""
    return "realise" if est_realise else "prevu"
