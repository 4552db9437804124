"""Une cellule d’argent : un nombre, « 12 500 € », ou plusieurs lignes à additionner."""

from collections.abc import Iterable
from decimal import Decimal

from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import Valeur, simplifier
from contrats.models.vocabulaire_argent import UniteBudget
from contrats.montants import EXEMPLE, MAXIMUM, TROP_GRAND, MontantRefuse, lire_montant

_SANS_MONTANT = frozenset(
    {"", "nc", "nd", "na", "n a", "neant", "aucun", "aucune", "a definir", "a preciser",
     "a determiner", "a chiffrer", "non chiffre", "non defini", "sans objet", "so", "inconnu"}
)  # fmt: skip
ILLISIBLE = f"n’est pas un montant. {EXEMPLE}".removesuffix(".")


def lire(valeur: Valeur, unite: str) -> Decimal | None:
    """None quand rien n’est dit. Lève MontantRefuse ; le message finit la phrase « 12x … »."""
    if isinstance(valeur, bool):
        raise MontantRefuse(ILLISIBLE)
    if isinstance(valeur, int | float):
        return _un_montant(f"{valeur:.2f}", unite)
    parts = [] if valeur is None else str(valeur).split("\n")
    lus = [_un_montant(part, unite) for part in parts if cle(part) not in _SANS_MONTANT]
    total = somme(lus)
    if total and total > MAXIMUM:
        raise MontantRefuse(_suite(TROP_GRAND))
    return total


def _un_montant(texte: str, unite: str) -> Decimal:
    try:
        lu = lire_montant(texte)
    except MontantRefuse as refus:
        raise MontantRefuse(_suite(str(refus))) from refus
    if lu.unite and lu.unite != unite:
        raise MontantRefuse(f"n’est pas dans l’unité de cette colonne, {_en_mots(unite)}")
    return lu.valeur


def _suite(phrase: str) -> str:
    if phrase.startswith("Ce montant n’est pas lisible"):
        return ILLISIBLE
    return f"n’est pas repris. {phrase}".removesuffix(".")


def _en_mots(unite: str) -> str:
    return "les équivalents temps plein" if unite == UniteBudget.ETP else "les euros"


def en_nombre(montant: Decimal | None) -> Valeur:
    """Comme un tableur l’écrit : un entier quand il l’est."""
    return None if montant is None else simplifier(float(montant))


def somme(montants: Iterable[Decimal | None]) -> Decimal | None:
    """None quand aucun n’est écrit : zéro est un montant, vide n’en est pas un."""
    ecrits = [montant for montant in montants if montant is not None]
    return sum(ecrits, Decimal(0)) if ecrits else None
