"""Les tournures d’une phrase : trop de mots, plusieurs négations, nom pour verbe, passif, adverbes.

Chaque règle reçoit un texte lu et rend des places. Ce sont des indices : une tournure peut être
juste, la personne qui écrit décide.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby

from bilans.langage.alertes import Alerte, alerte
from bilans.langage.conjugaison import formes
from bilans.langage.lecture import Lecture
from bilans.langage.reglement import Regle, Reglement, en_liste

_ETRE = frozenset(formes("être").values()) - {"étant"}
_REFLECHIS = frozenset({"se", "s", "me", "m", "te", "t"})
_ENTRE_DEUX = en_liste(
    "pas plus jamais aussi très bien déjà encore souvent donc ensuite ainsi toujours tous "
    "toutes mieux peu désormais enfin"
)
_DETERMINANTS = en_liste("un une des de d la le les l cette ce cet ces sa son ses leur leurs")
_RELIENT = _DETERMINANTS | {"à", "au", "aux"}
_PARTICIPES = ("é", "ée", "és", "ées")
_NE = frozenset({"ne", "n"})
ADVERBE_LE_PLUS_COURT = 6
MOTS_ENTRE_DEUX = 2


def longueurs(lu: Lecture, reglement: Reglement) -> Iterator[Alerte]:
    """Pour chaque phrase, la plus grave des deux règles de longueur qui s’applique."""
    codes = ("phrase_tres_longue", "phrase_longue")
    tenues = [regle for code in codes if (regle := reglement.regles.get(code))]
    if not tenues:
        return
    # Une phrase n’a jamais plus de mots que de signes
    trop_courte = min(regle.seuil or 0 for regle in tenues)
    for phrase in lu.phrases:
        if phrase.fin - phrase.debut < trop_courte:
            continue
        compte = lu.mots_entre(phrase.debut, phrase.fin)
        for regle in tenues:
            if regle.seuil is not None and compte > regle.seuil:
                conseil = f"{compte} mots. {regle.conseil}".strip()
                yield alerte(regle, lu.texte, phrase.debut, phrase.fin, conseil=conseil)
                break


def negations(lu: Lecture, regle: Regle) -> Iterator[Alerte]:
    """Du premier au dernier mot négatif, quand ils sont au moins `seuil` dans la phrase.

    Sans « ne », rien n’est nié deux fois : « sans rendez-vous et sans payer » se lit bien.
    """
    negatifs = _negatifs(regle.mots)
    for _, groupe in groupby(_rangs(lu, negatifs), key=lu.phrase_du_mot):
        rangs = list(groupe)
        if len(rangs) < (regle.seuil or 2):
            continue
        if any(lu.formes[rang] in _NE for rang in rangs):
            yield alerte(regle, lu.texte, lu.debuts[rangs[0]], lu.fins[rangs[-1]])


@lru_cache(maxsize=8)
def _negatifs(mots: frozenset[str]) -> frozenset[str]:
    return _NE | mots


def _rangs(lu: Lecture, mots: frozenset[str]) -> list[int]:
    """Où sont ces mots."""
    return [rang for rang, forme in enumerate(lu.formes) if forme in mots]


def adverbes(lu: Lecture, regle: Regle) -> Iterator[Alerte]:
    finissent = [rang for rang, forme in enumerate(lu.formes) if forme.endswith("ment")]
    for rang in finissent:
        mot = lu.formes[rang]
        if len(mot) < ADVERBE_LE_PLUS_COURT or mot in regle.exceptions:
            continue
        if mot in regle.mots or mot.endswith(regle.fins):
            yield alerte(regle, lu.texte, lu.debuts[rang], lu.fins[rang])


def nominalisations(lu: Lecture, regle: Regle) -> Iterator[Alerte]:
    """Un verbe qui ne dit rien (« effectuer », « procéder à ») et le nom d’une action."""
    for rang in _rangs(lu, _verbes(regle.mots)):
        apres = lu.phrase_du_mot(rang).apres
        suite = rang + 1
        while suite < apres and suite <= rang + 2 and lu.formes[suite] in _RELIENT:
            suite += 1
        if suite == rang + 1 or suite >= apres:
            continue
        nom = lu.formes[suite].removesuffix("s")
        if nom.endswith(regle.fins) and nom not in regle.exceptions:
            yield alerte(regle, lu.texte, lu.debuts[rang], lu.fins[suite])


@lru_cache(maxsize=8)
def _verbes(infinitifs: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(formes(v).values() for v in infinitifs))


def passives(lu: Lecture, regle: Regle) -> Iterator[Alerte]:
    """« être » suivi d’un participe, hors verbes pronominaux ou conjugués avec « être »."""
    for rang in _rangs(lu, _ETRE):
        phrase = lu.phrase_du_mot(rang)
        if rang > phrase.premier and lu.formes[rang - 1] in _REFLECHIS:
            continue
        suite, apres = rang + 1, min(phrase.apres, rang + 1 + MOTS_ENTRE_DEUX)
        while suite < apres and _intercale(lu.formes[suite]):
            suite += 1
        if suite < phrase.apres and _est_un_participe(lu.formes[suite], regle):
            yield alerte(regle, lu.texte, lu.debuts[rang], lu.fins[suite])


def _intercale(mot: str) -> bool:
    return mot in _ENTRE_DEUX or (mot.endswith("ment") and len(mot) > ADVERBE_LE_PLUS_COURT)


def _est_un_participe(mot: str, regle: Regle) -> bool:
    nu = mot.removesuffix("s")
    masculin = nu.removesuffix("e") if nu.endswith("ée") or nu not in regle.mots else nu
    if {mot, nu, masculin} & regle.exceptions:
        return False
    return mot.endswith(_PARTICIPES) or bool({mot, nu, masculin} & regle.mots)


Tournure = Callable[[Lecture, Regle], Iterator[Alerte]]
TOURNURES: dict[str, Tournure] = {
    "double_negation": negations,
    "nominalisation": nominalisations,
    "adverbe_ment": adverbes,
    "voix_passive": passives,
}
