"""Les termes à remplacer, cherchés un par un, à chaque mot ; ce que l’on écrirait à leur place."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from bilans.langage import nombres
from bilans.langage.accords import (
    accords_de_l_adjectif,
    article,
    majuscule,
    pluriel_de,
    pluriels,
)
from bilans.langage.conjugaison import conjuguer, formes, lectures
from bilans.langage.ecrits import PETITS_MOTS
from bilans.langage.reglement import Terme
from tests.bilans.langage.naif import Mot

Propose = tuple[int, int, str] | None
AVANT_UNE_ANNEE = ["dès", "depuis", "pour", "avant", "après", "vers", "de", "d", "à", "jusqu"]
DETERMINANTS = [
    "un",
    "une",
    "des",
    "de",
    "d",
    "la",
    "le",
    "les",
    "l",
    "cette",
    "ce",
    "cet",
    "ces",
    "sa",
    "son",
    "ses",
    "leur",
    "leurs",
    "notre",
    "nos",
    "votre",
    "vos",
    "plusieurs",
    "quelques",
    "toute",
    "tout",
]
ARTICLE_CONTENU = {
    "à": "", "au": "le", "aux": "les", "de": "", "d": "", "du": "le", "des": "les",
}  # fmt: skip
CONTRACTIONS = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}


@cache
def elements(terme: Terme) -> tuple[str, ...]:
    return tuple(re.findall(r"\{nombre\}|\{duree\}|[^\W_]+", terme.terme.lower()))


def rang_du_verbe(terme: Terme) -> int:
    if terme.nature != "VERBE":
        return -1
    return next((r for r, e in enumerate(elements(terme)) if e not in {"se", "s"}), 0)


def admet(terme: Terme, rang: int, mot: str) -> bool:
    """Ce mot peut être celui de ce rang dans le terme."""
    element, verbe = elements(terme)[rang], rang_du_verbe(terme)
    if element == "{nombre}":
        return nombres.est_un_nombre(mot)
    if element == "{duree}":
        return mot in nombres.DUREES
    if rang == verbe:
        return mot in formes(element).values()
    return mot in ({"se", "s"} if rang < verbe else _autour(terme, rang, element))


def _autour(terme: Terme, rang: int, element: str) -> Collection[str]:
    """Les formes d’un mot qui n’est pas le verbe."""
    finit = terme.nature == "FIXE" and rang == len(elements(terme)) - 1
    if terme.nature == "VERBE" and element in {"un", "une", "des", "le", "la"}:
        return DETERMINANTS
    if (terme.nature == "VERBE" or finit) and element in {"à", "de"}:
        return {"à", "au", "aux"} if element == "à" else {"de", "d", "du", "des"}
    if element in PETITS_MOTS or terme.nature == "FIXE":
        return {element}
    return pluriels(element) if terme.nature == "NOM" else accords_de_l_adjectif(element)


def lie(terme: Terme, rang: int, lien: str) -> bool:
    """Un trait d’union où le terme en a un ; ailleurs, une espace ou une apostrophe, deux au plus."""
    avant = re.findall(r"(.?)(?:\{nombre\}|\{duree\}|[^\W_]+)", terme.terme, re.DOTALL)[rang]
    permis = "-\u2011" if avant in {"-", "\u2011"} else " \u00a0\u202f\n'’"
    return 0 < len(lien) <= 2 and all(signe in permis for signe in lien)


def convient(texte: str, terme: Terme, pris: Sequence[Mot]) -> bool:
    return all(
        admet(terme, rang, mot.forme)
        and (not rang or lie(terme, rang, texte[pris[rang - 1].fin : mot.debut]))
        for rang, mot in enumerate(pris)
    )


def trouver(
    texte: str, lus: Sequence[Mot], termes: Sequence[Terme], annee: int | None
) -> list[tuple[Terme, int, int, Propose]]:
    """Le plus long d’abord, puis l’ordre de la liste ; deux termes ne se chevauchent pas."""
    trouves, rang = [], 0
    cherchables = [t for t in termes if elements(t) and not elements(t)[0].startswith("{")]
    ranges = sorted(cherchables, key=lambda t: -len(elements(t)))
    while rang < len(lus):
        longueur = 1
        for terme in ranges:
            pris = lus[rang : rang + len(elements(terme))]
            if len(pris) == len(elements(terme)) and convient(texte, terme, pris):
                propose = proposer(texte, terme, lus, rang, annee)
                trouves.append((terme, pris[0].debut, pris[-1].fin, propose))
                longueur = len(pris)
                break
        rang += longueur
    return trouves


def proposer(texte: str, terme: Terme, lus: Sequence[Mot], rang: int, annee: int | None) -> Propose:
    pris = lus[rang : rang + len(elements(terme))]
    if not terme.remplacement:
        return None
    if terme.regle == "date_relative":
        ecrit, fin = dater(terme.remplacement, pris, annee), pris[-1].fin
        if rang and lus[rang - 1].forme in AVANT_UNE_ANNEE and ecrit.startswith("en "):
            ecrit = ecrit[3:]
    elif terme.nature == "VERBE":
        ecrit, fin = contracter(texte, conjugue(terme, pris), pris)
    elif terme.nature == "FIXE":
        ecrit, fin = contracter(texte, terme.remplacement, pris)
    else:
        return accorder(texte, terme, lus, rang)
    if not ecrit.strip():
        return None
    return pris[0].debut, fin, majuscule(ecrit, comme=pris[0].ecrit)


def dater(modele: str, pris: Sequence[Mot], annee: int | None) -> str:
    connus = [v for mot in pris if (v := nombres.valeur(mot.forme)) is not None]
    if ("{annee" in modele and annee is None) or ("nombre}" in modele and not connus):
        return ""
    ecrit = modele
    for ecart in range(10):
        ecrit = ecrit.replace(f"{{annee-{ecart}}}", str((annee or 0) - ecart))
        ecrit = ecrit.replace(f"{{annee+{ecart}}}", str((annee or 0) + ecart))
    if connus:
        ecrit = ecrit.replace("{annee-nombre}", str((annee or 0) - connus[0]))
        ecrit = ecrit.replace("{annee+nombre}", str((annee or 0) + connus[0]))
    return ecrit.replace("{annee}", str(annee))


def conjugue(terme: Terme, pris: Sequence[Mot]) -> str:
    rang = rang_du_verbe(terme)
    forme = lectures(elements(terme)[rang])[pris[rang].forme]
    verbe, *reste = terme.remplacement.split(" ")
    if verbe == "faire" and forme.temps == "participe":
        return ""
    return " ".join([conjuguer(verbe, forme), *reste])


def contracter(texte: str, ecrit: str, pris: Sequence[Mot]) -> tuple[str, int]:
    """« dépend de » et « au vote » : « dépend du vote »."""
    dernier, fin = pris[-1].forme, pris[-1].fin
    if len(pris) == 1 or dernier not in ARTICLE_CONTENU:
        return ecrit, fin
    reste = ARTICLE_CONTENU[dernier]
    tete, _, preposition = ecrit.rpartition(" ")
    if tete and preposition in {"de", "à"}:
        fini = f"{preposition} {reste}".strip()
        return f"{tete} {CONTRACTIONS.get(fini, fini)}", fin
    if reste:
        return f"{ecrit} {reste}", fin
    if texte[fin : fin + 1] in {"'", "’"}:
        return f"{ecrit} ", fin + 1
    return ecrit, fin


def accorder(texte: str, terme: Terme, lus: Sequence[Mot], rang: int) -> Propose:
    pris = lus[rang : rang + len(elements(terme))]
    pluriel = terme.nature == "NOM" and pris[0].forme != elements(terme)[0]
    ecrit = pluriel_de(terme.remplacement, pluriel=pluriel)
    seul = pris[0].debut, pris[-1].fin, majuscule(ecrit, comme=pris[0].ecrit)
    avant = [mot.forme for mot in lus[max(rang - 2, 0) : rang]]
    trouve = article(avant, ecrit, genre=terme.genre, pluriel=pluriel) if terme.genre else None
    if trouve is None:
        return seul
    depart = lus[rang - trouve.mots]
    for un, autre in zip(
        lus[rang - trouve.mots : rang], lus[rang - trouve.mots + 1 :], strict=False
    ):
        if texte[un.fin : autre.debut] not in {" ", "\u00a0", "\u202f", "\n", "'", "’"}:
            return seul
    return depart.debut, pris[-1].fin, majuscule(f"{trouve.texte}{ecrit}", comme=depart.ecrit)
