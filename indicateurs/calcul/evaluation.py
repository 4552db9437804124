"""Calculer une formule, une année : un rapport de sommes reste un rapport. Aucune base de données.

Dans une formule, un pourcentage vaut sa proportion : 42 % compte pour 0,42. Ce qui manque ou que
le secret couvre ne compte jamais pour zéro : le résultat manque, ou est secret, et dit pourquoi.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from indicateurs.calcul.syntaxe import Citation, Constante, Expression
from indicateurs.series import NON_DISPONIBLE, SECRET, Releve

DEFINITIVE, PROVISOIRE = "DEFINITIVE", "PROVISOIRE"
DIVISION_PAR_ZERO = "Division par zéro\u00a0: le diviseur vaut 0."
TROP_GRAND = "Le résultat est trop grand pour être écrit."
MAXIMUM = 10**14
# De la plus sûre à la plus grave : un calcul prend la plus grave de ses termes
GRAVITES = (DEFINITIVE, PROVISOIRE, NON_DISPONIBLE, SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terme:
    """Une valeur exacte, sans unité. `haut` / `bas` : les deux nombres d’un rapport."""

    valeur: Fraction | None
    qualite: str = DEFINITIVE
    haut: Fraction | None = None
    bas: Fraction | None = None
    motif: str = ""
    connus: int = 0
    attendus: int = 0

    @property
    def est_rapport(self) -> bool:
        return self.haut is not None


Lire = Callable[[Citation], Terme]


def evaluer(expression: Expression, lire: Lire) -> Terme:
    if isinstance(expression, Constante):
        return Terme(valeur=expression.valeur)
    if isinstance(expression, Citation):
        return lire(expression)
    return _operer(
        expression.signe, evaluer(expression.gauche, lire), evaluer(expression.droite, lire)
    )


def _operer(signe: str, gauche: Terme, droite: Terme) -> Terme:
    commun = _ensemble([gauche, droite])
    if gauche.valeur is None or droite.valeur is None:
        return commun
    if signe == "/":
        if not droite.valeur:
            return replace(commun, valeur=None, qualite=NON_DISPONIBLE, motif=DIVISION_PAR_ZERO)
        return replace(
            commun, valeur=gauche.valeur / droite.valeur, haut=gauche.valeur, bas=droite.valeur
        )
    calculs = {
        "+": gauche.valeur + droite.valeur,
        "-": gauche.valeur - droite.valeur,
        "*": gauche.valeur * droite.valeur,
    }
    return replace(commun, valeur=calculs[signe])


def _ensemble(termes: Sequence[Terme]) -> Terme:
    """Ce que plusieurs termes disent ensemble, sans valeur : la qualité, le motif, les comptes."""
    qualite = max((t.qualite for t in termes), key=GRAVITES.index)
    motif = next((t.motif for t in termes if t.motif and t.qualite == qualite), "")
    return Terme(
        valeur=None,
        qualite=qualite,
        motif=motif,
        connus=sum(t.connus for t in termes),
        attendus=sum(t.attendus for t in termes),
    )


def sommer(termes: Sequence[Terme], attendus: int) -> Terme:
    """La somme des termes connus ; provisoire s’il en manque. Des rapports : celui des sommes."""
    if not termes:
        return Terme(valeur=None, qualite=NON_DISPONIBLE, attendus=attendus)
    commun = replace(_ensemble(termes), connus=len(termes), attendus=attendus)
    if any(t.valeur is None for t in termes):
        return commun
    if commun.qualite == DEFINITIVE and len(termes) < attendus:
        commun = replace(commun, qualite=PROVISOIRE)
    if not all(t.est_rapport for t in termes):
        return replace(commun, valeur=sum((t.valeur or Fraction(0) for t in termes), Fraction(0)))
    haut = sum((t.haut or Fraction(0) for t in termes), Fraction(0))
    bas = sum((t.bas or Fraction(0) for t in termes), Fraction(0))
    return replace(commun, valeur=haut / bas if bas else None, haut=haut, bas=bas)


def du_releve(releve: Releve | None, facteur: int, absent: str, *, est_ratio: bool) -> Terme:
    """`facteur` : celui de l’unité ; `absent` : ce que l’on dit s’il n’y a pas de valeur."""
    if releve is None:
        return Terme(valeur=None, qualite=NON_DISPONIBLE, motif=absent)
    if releve.valeur is None:
        qualite = SECRET if releve.est_secret else NON_DISPONIBLE
        return Terme(valeur=None, qualite=qualite, motif=absent)
    qualite = PROVISOIRE if releve.est_provisoire else DEFINITIVE
    if est_ratio and releve.numerateur is not None and releve.denominateur:
        haut, bas = Fraction(releve.numerateur), Fraction(releve.denominateur)
        return Terme(valeur=haut / bas, qualite=qualite, haut=haut, bas=bas)
    return Terme(valeur=Fraction(releve.valeur) / facteur, qualite=qualite)


def en_releve(terme: Terme, annee: int, facteur: int, *, est_ratio: bool) -> Releve:
    """La valeur dans l’unité de l’indicateur, au dix millième."""
    if terme.valeur is None or abs(terme.valeur * facteur) >= MAXIMUM:
        qualite = terme.qualite if terme.valeur is None else NON_DISPONIBLE
        return Releve(annee=annee, valeur=None, qualite=qualite)
    haut, bas = (terme.haut, terme.bas) if est_ratio else (None, None)
    return Releve(
        annee=annee,
        valeur=decimal(terme.valeur * facteur),
        qualite=terme.qualite,
        numerateur=None if haut is None else decimal(haut),
        denominateur=None if bas is None else decimal(bas),
    )


def decimal(exacte: Fraction) -> Decimal:
    """Arrondi au dix millième, au pair le plus proche."""
    return Decimal(round(exacte * 10_000)).scaleb(-4)
