"""Les tournures d’une phrase : trop de mots, plusieurs négations, nom pour verbe, passif, adverbes.

Chaque règle reçoit une phrase découpée et rend des places. Ce sont des indices : une tournure peut
être juste, la personne qui écrit décide.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bilans.langage.alertes import Alerte, alerte
from bilans.langage.conjugaison import formes
from bilans.langage.decoupe import Jeton, Place, nombre_de_mots
from bilans.langage.reglement import Regle, Reglement, en_liste

_ETRE = frozenset(formes("être").values()) - {"étant"}
_REFLECHIS = frozenset({"se", "s", "me", "m", "te", "t"})
_ENTRE_DEUX = en_liste(
    "pas plus jamais aussi très bien déjà encore souvent donc ensuite ainsi toujours tous "
    "toutes mieux peu désormais enfin"
)
_DETERMINANTS = en_liste("un une des de d la le les l cette ce cet ces sa son ses leur leurs")
_PARTICIPES = ("é", "ée", "és", "ées")
_NE = frozenset({"ne", "n"})
ADVERBE_LE_PLUS_COURT = 6
MOTS_ENTRE_DEUX = 2


def longueur(texte: str, masque: str, place: Place, regles: Reglement) -> Alerte | None:
    """La plus grave des deux règles de longueur qui s’applique."""
    phrase = masque[place.debut : place.fin]
    tenues = [r for c in ("phrase_tres_longue", "phrase_longue") if (r := regles.regles.get(c))]
    if not tenues or len(phrase) < min(r.seuil or 0 for r in tenues):
        return None
    compte = nombre_de_mots(phrase)
    for regle in tenues:
        if regle.seuil is not None and compte > regle.seuil:
            conseil = f"{compte} mots. {regle.conseil}".strip()
            return alerte(regle, texte, place.debut, place.fin, conseil=conseil)
    return None


def negations(texte: str, lus: Sequence[Jeton], regle: Regle) -> Iterator[Alerte]:
    """Du premier au dernier mot négatif, quand ils sont au moins `seuil` dans la phrase.

    Sans « ne », rien n’est nié deux fois : « sans rendez-vous et sans payer » se lit bien.
    """
    trouves = [j for j in lus if j.forme in _NE or j.forme in regle.mots]
    if len(trouves) >= (regle.seuil or 2) and any(j.forme in _NE for j in trouves):
        yield alerte(regle, texte, trouves[0].debut, trouves[-1].fin)


def adverbes(texte: str, lus: Sequence[Jeton], regle: Regle) -> Iterator[Alerte]:
    for jeton in lus:
        mot = jeton.forme
        if len(mot) < ADVERBE_LE_PLUS_COURT or not mot.endswith("ment"):
            continue
        if mot not in regle.exceptions and (mot in regle.mots or mot.endswith(regle.fins)):
            yield alerte(regle, texte, jeton.debut, jeton.fin)


def nominalisations(texte: str, lus: Sequence[Jeton], regle: Regle) -> Iterator[Alerte]:
    """Un verbe qui ne dit rien (« effectuer », « procéder à ») et le nom d’une action."""
    verbes = _verbes(regle.mots)
    for rang, jeton in enumerate(lus):
        if jeton.forme not in verbes:
            continue
        suite = rang + 1
        while suite < len(lus) and suite <= rang + 2 and _relie(lus[suite].forme):
            suite += 1
        if suite == rang + 1 or suite >= len(lus):
            continue
        nom = lus[suite].forme.removesuffix("s")
        if nom.endswith(regle.fins) and nom not in regle.exceptions:
            yield alerte(regle, texte, jeton.debut, lus[suite].fin)


def _relie(mot: str) -> bool:
    return mot in _DETERMINANTS or mot in {"à", "au", "aux"}


@lru_cache(maxsize=8)
def _verbes(infinitifs: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(formes(v).values() for v in infinitifs))


def passives(texte: str, lus: Sequence[Jeton], regle: Regle) -> Iterator[Alerte]:
    """« être » suivi d’un participe, hors verbes pronominaux ou conjugués avec « être »."""
    for rang, jeton in enumerate(lus):
        if jeton.forme not in _ETRE or (rang and lus[rang - 1].forme in _REFLECHIS):
            continue
        suite = rang + 1
        while suite < len(lus) and suite <= rang + MOTS_ENTRE_DEUX and _intercale(lus[suite].forme):
            suite += 1
        if suite < len(lus) and _est_un_participe(lus[suite].forme, regle):
            yield alerte(regle, texte, jeton.debut, lus[suite].fin)


def _intercale(mot: str) -> bool:
    return mot in _ENTRE_DEUX or (mot.endswith("ment") and len(mot) > ADVERBE_LE_PLUS_COURT)


def _est_un_participe(mot: str, regle: Regle) -> bool:
    nu = mot.removesuffix("s")
    masculin = nu.removesuffix("e") if nu.endswith("ée") or nu not in regle.mots else nu
    if {mot, nu, masculin} & regle.exceptions:
        return False
    return mot.endswith(_PARTICIPES) or bool({mot, nu, masculin} & regle.mots)


Tournure = Callable[[str, Sequence[Jeton], Regle], Iterator[Alerte]]
TOURNURES: dict[str, Tournure] = {
    "double_negation": negations,
    "nominalisation": nominalisations,
    "adverbe_ment": adverbes,
    "voix_passive": passives,
}
