"""Ce que l’on attend d’un indicateur une année donnée, et si sa valeur y est. Aucune base.

La trajectoire va de la référence à la cible en passant par les cibles intermédiaires : d’un point
à l’autre en ligne droite, une année après l’autre ; après l’échéance, la cible reste attendue.
Une valeur est dans la trajectoire si elle s’en écarte d’au plus la précision. Sans précision
déclarée, on tolère un dixième du chemin entre le premier point et la cible. Au-delà, elle est en
avance du côté favorable, en retard de l’autre.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from cls_platform.socle.typographie import FINE, INSECABLE, nombre
from indicateurs import phrases
from indicateurs.series import Repere, Serie

NEUTRE, HAUSSE = "NEUTRE", "HAUSSE"
PART_TOLEREE = Decimal("0.1")
POUR_CENT = "%"


class CodeVerdict(StrEnum):
    EN_RETARD = "EN_RETARD"
    DANS_LA_TRAJECTOIRE = "DANS_LA_TRAJECTOIRE"
    EN_AVANCE = "EN_AVANCE"
    NON_MESURABLE = "NON_MESURABLE"


# Ce qui demande un geste d’abord : c’est l’ordre des pages
LIBELLES = {
    CodeVerdict.EN_RETARD: "En retard",
    CodeVerdict.DANS_LA_TRAJECTOIRE: "Dans la trajectoire",
    CodeVerdict.EN_AVANCE: "En avance",
    CodeVerdict.NON_MESURABLE: "Non mesurable",
}


@dataclass(frozen=True, kw_only=True)
class Trajectoire:
    """`precision` et `seuil` sont dans l’unité de la série ; `intermediaires`, en tout ordre."""

    serie: Serie
    intermediaires: tuple[Repere, ...] = ()
    precision: Decimal | None = None
    seuil: Decimal | None = None

    @cached_property
    def points(self) -> tuple[Repere, ...]:
        """Les passages obligés, par année ; vide sans cible. À la même année, la cible l’emporte.

        Ce qui est daté après l’échéance ne compte pas.
        """
        cible = self.serie.cible
        if cible is None:
            return ()
        donnes = [self.serie.reference, *self.intermediaires, cible]
        par_annee = {p.annee: p for p in donnes if p is not None and p.annee <= cible.annee}
        return tuple(par_annee[annee] for annee in sorted(par_annee))

    @cached_property
    def tolerance(self) -> Decimal:
        """La précision déclarée, sinon un dixième du chemin ; zéro si le chemin est inconnu."""
        if self.precision is not None:
            return self.precision
        if not self.points:
            return Decimal(0)
        return abs(self.points[-1].valeur - self.points[0].valeur) * PART_TOLEREE

    @property
    def est_declaree(self) -> bool:
        """Vrai si la précision a été choisie, et non déduite du chemin."""
        return self.precision is not None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`phrase` dit l’écart, ou pourquoi il ne se mesure pas. `alerte` : le seuil est franchi."""

    code: CodeVerdict
    phrase: str
    annee: int
    valeur: Decimal | None = None
    attendu: Decimal | None = None
    est_provisoire: bool = False
    alerte: str = ""

    @property
    def libelle(self) -> str:
        return LIBELLES[self.code]

    @property
    def ecart(self) -> Decimal | None:
        """Valeur moins valeur attendue, dans l’unité."""
        if self.valeur is None or self.attendu is None:
            return None
        return self.valeur - self.attendu


def attendu(trajectoire: Trajectoire, annee: int) -> Decimal | None:
    """None sans cible, ou avant le premier point de la trajectoire."""
    points = trajectoire.points
    if not points or annee < points[0].annee:
        return None
    for de, a in pairwise(points):
        if de.annee <= annee <= a.annee:
            part = Decimal(annee - de.annee) / (a.annee - de.annee)
            return de.valeur + (a.valeur - de.valeur) * part
    return points[-1].valeur


def verdict(trajectoire: Trajectoire, annee: int) -> Verdict:
    """Le verdict de cette année-là, d’après la valeur de cette année-là seulement."""
    releve = trajectoire.serie.en(annee)
    valeur = releve.valeur if releve else None
    prevu = attendu(trajectoire, annee)
    commun = {
        "annee": annee,
        "valeur": valeur,
        "attendu": prevu,
        "est_provisoire": releve is not None and releve.est_provisoire,
        "alerte": _alerte(trajectoire, valeur),
    }
    raison = _pourquoi_pas(trajectoire, annee)
    if raison or valeur is None or prevu is None:
        return Verdict(code=CodeVerdict.NON_MESURABLE, phrase=raison, **commun)  # type: ignore[arg-type]  # mêmes champs
    code = _code(trajectoire, valeur - prevu)
    return Verdict(code=code, phrase=_ecart_dit(trajectoire.serie, code, valeur - prevu), **commun)  # type: ignore[arg-type]  # mêmes champs


def dernier_verdict(trajectoire: Trajectoire, jusqu_a: int) -> Verdict:
    """Celui de la dernière année connue, jusqu’à celle-là ; sans valeur, celui de cette année."""
    connues = [
        r.annee
        for r in trajectoire.serie.releves
        if r.annee <= jusqu_a and (r.valeur is not None or r.est_secret)
    ]
    return verdict(trajectoire, max(connues, default=jusqu_a))


def _code(trajectoire: Trajectoire, ecart: Decimal) -> CodeVerdict:
    if abs(ecart) <= trajectoire.tolerance:
        return CodeVerdict.DANS_LA_TRAJECTOIRE
    est_favorable = (ecart > 0) == (trajectoire.serie.sens == HAUSSE)
    return CodeVerdict.EN_AVANCE if est_favorable else CodeVerdict.EN_RETARD


def _pourquoi_pas(trajectoire: Trajectoire, annee: int) -> str:
    """La première chose qui manque, ou rien."""
    serie, releve = trajectoire.serie, trajectoire.serie.en(annee)
    if serie.sens == NEUTRE:
        return "Ni la hausse ni la baisse n’est favorable : il n’y a pas de retard à mesurer."
    if serie.cible is None:
        return "Il n’a pas de cible."
    if releve is not None and releve.est_secret:
        return f"La valeur de {annee} est couverte par le secret statistique."
    if releve is None or releve.valeur is None:
        return f"La valeur de {annee} n’est pas connue."
    return "" if attendu(trajectoire, annee) is not None else _trop_tot(trajectoire)


def _trop_tot(trajectoire: Trajectoire) -> str:
    debut = trajectoire.points[0].annee
    if trajectoire.serie.reference is None:
        return f"Sans valeur de référence, rien n’est attendu avant {debut}."
    return f"La trajectoire commence en {debut}."


def _ecart_dit(serie: Serie, code: CodeVerdict, ecart: Decimal) -> str:
    """« 0,7 point au-dessus de la trajectoire », « Dans la trajectoire »."""
    if code == CodeVerdict.DANS_LA_TRAJECTOIRE:
        return LIBELLES[code]
    cote = "au-dessus" if ecart > 0 else "au-dessous"
    return f"{ecrire_ecart(serie, abs(ecart))} {cote} de la trajectoire"


def ecrire_ecart(serie: Serie, ecart: Decimal) -> str:
    """Un écart à l’unité : « 0,7 point », « 9 personnes ». Assez de décimales pour n’être pas 0."""
    decimales = serie.decimales
    while decimales < 4 and ecart and not round(ecart, decimales):
        decimales += 1
    if not serie.unite.startswith(POUR_CENT):
        return phrases.ecrire(ecart, serie.unite, decimales)
    return f"{nombre(ecart, decimales)}{INSECABLE}{'points' if ecart >= 2 else 'point'}"


def _alerte(trajectoire: Trajectoire, valeur: Decimal | None) -> str:
    """Le seuil franchi du côté défavorable ; y être juste n’est pas l’avoir franchi."""
    serie, seuil = trajectoire.serie, trajectoire.seuil
    if seuil is None or valeur is None or serie.sens == NEUTRE or valeur == seuil:
        return ""
    if (valeur < seuil) != (serie.sens == HAUSSE):
        return ""
    cote = "Sous" if valeur < seuil else "Au-dessus"
    liaison = " le" if cote == "Sous" else " du"
    return f"{cote}{liaison} seuil d’alerte, {phrases.ecrire(seuil, serie.unite, serie.decimales)}"


def regle(trajectoire: Trajectoire) -> str:
    """La règle du verdict, avec les nombres de cet indicateur, en un paragraphe."""
    serie, points = trajectoire.serie, trajectoire.points
    if serie.sens == NEUTRE or len(points) < 2:
        return REGLE
    passages = ", ".join(
        f"{phrases.ecrire(p.valeur, serie.unite, serie.decimales)} en {p.annee}" for p in points
    )
    marge = ecrire_ecart(serie, trajectoire.tolerance)
    d_ou = "la précision de l’indicateur" if trajectoire.est_declaree else "un dixième du chemin"
    cote = "au-dessus" if serie.sens == HAUSSE else "au-dessous"
    return (
        f"La trajectoire passe par {passages}, en ligne droite d’un point à l’autre. Une valeur qui"
        f" s’en écarte de {marge} au plus ({d_ou}) est dans la trajectoire. Plus loin, elle est en"
        f" avance {cote} et en retard de l’autre côté."
    )


REGLE = (
    "La trajectoire va de la valeur de référence à la cible, en passant par les cibles"
    " intermédiaires, en ligne droite d’un point à l’autre. Une valeur est dans la trajectoire si"
    " elle s’en écarte d’au plus la précision de l’indicateur ; sans précision, d’au plus un"
    f" dixième (10{FINE}%) du chemin entre la référence et la cible. Plus loin, elle est en avance"
    " du côté favorable, en retard de l’autre. Sans cible, sans valeur, ou sans sens favorable,"
    " elle n’est pas mesurable."
)
