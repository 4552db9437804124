"""Toutes les alertes d’un texte, règle par règle, phrase par phrase ; puis le texte surligné."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from bilans.langage.conjugaison import formes
from bilans.langage.lexique import Lexique
from bilans.langage.reglement import Regle, Reglement
from tests.bilans.langage import naif
from tests.bilans.langage.naif import Mot
from tests.bilans.langage.naif_termes import Propose, trouver

GRAVITES = ["ERREUR", "AVERTISSEMENT", "INFO"]
ENTRE_DEUX = [
    "pas",
    "plus",
    "jamais",
    "aussi",
    "très",
    "bien",
    "déjà",
    "encore",
    "souvent",
    "donc",
    "ensuite",
    "ainsi",
    "toujours",
    "tous",
    "toutes",
    "mieux",
    "peu",
    "désormais",
    "enfin",
]
RELIENT = [
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
    "à",
    "au",
    "aux",
]
DITS = {
    "AMBIGU": "Ce sigle a plusieurs sens\u00a0: dites lequel.",
    "INCONNU": "Ce sigle n’est pas dans notre lexique\u00a0: expliquez-le.",
}


class Vue(NamedTuple):
    """Une alerte : sa règle, ses bornes, ce qu’elle dit, ce qu’elle propose."""

    regle: str
    libelle: str
    gravite: str
    debut: int
    fin: int
    extrait: str
    conseil: str
    propose: Propose = None


def relire(
    texte: str,
    reglement: Reglement,
    lexique: Lexique,
    a_trancher: dict[str, str],
    annee: int | None,
) -> list[Vue]:
    """`a_trancher` : l’état de chaque sigle qui attend une réponse."""
    texte = normalize("NFC", texte)
    lu = naif.masque(texte)
    phrases = naif.phrases(lu)
    trouvees: list[Vue] = []
    for place in phrases:
        trouvees += _longueur(texte, lu, place, reglement)
    for debut, fin in phrases:
        lus = [mot for mot in naif.jetons(lu) if debut <= mot.debut < fin]
        trouvees += _tournures(texte, lus, reglement)
        termes = [t for t in reglement.termes if t.regle in reglement.regles]
        for terme, de, a, propose in trouver(texte, lus, termes, annee):
            trouvees.append(_vue(reglement.regles[terme.regle], texte, de, a, propose=propose))
    if criee := reglement.regles.get("texte_en_capitales"):
        criees = naif.lignes_criees(lu, lexique.cries)
        trouvees += [_vue(criee, texte, de, a) for de, a in criees]
    trouvees += _sigles(texte, reglement, lexique, a_trancher)
    gardees = [vue for vue in trouvees if not _deja_dit(vue, trouvees)]
    return sorted(gardees, key=lambda v: (v.debut, GRAVITES.index(v.gravite), v.debut - v.fin))


def _vue(
    regle: Regle, texte: str, de: int, a: int, *, conseil: str = "", propose: Propose = None
) -> Vue:
    conseil = conseil or regle.conseil
    return Vue(regle.code, regle.libelle, regle.gravite, de, a, texte[de:a], conseil, propose)


def _longueur(texte: str, lu: str, place: tuple[int, int], reglement: Reglement) -> Iterator[Vue]:
    compte = len(naif.mots(lu[slice(*place)]))
    for code in ("phrase_tres_longue", "phrase_longue"):
        regle = reglement.regles.get(code)
        if regle and regle.seuil is not None and compte > regle.seuil:
            yield _vue(regle, texte, *place, conseil=f"{compte} mots. {regle.conseil}".strip())
            return


def _tournures(texte: str, lus: Sequence[Mot], reglement: Reglement) -> Iterator[Vue]:
    regles = {"double_negation": _negations, "nominalisation": _noms_d_action,
              "adverbe_ment": _adverbes, "voix_passive": _passives}  # fmt: skip
    for code, chercher in regles.items():
        if regle := reglement.regles.get(code):
            for un, autre in chercher(lus, regle):
                yield _vue(regle, texte, un.debut, autre.fin)


def _negations(lus: Sequence[Mot], regle: Regle) -> Iterator[tuple[Mot, Mot]]:
    niant = [mot for mot in lus if mot.forme in {"ne", "n"} or mot.forme in regle.mots]
    if len(niant) >= (regle.seuil or 2) and {"ne", "n"} & {mot.forme for mot in niant}:
        yield niant[0], niant[-1]


def _adverbes(lus: Sequence[Mot], regle: Regle) -> Iterator[tuple[Mot, Mot]]:
    for mot in lus:
        vise = mot.forme in regle.mots or any(mot.forme.endswith(fin) for fin in regle.fins)
        long = len(mot.forme) >= 6 and mot.forme.endswith("ment")
        if vise and long and mot.forme not in regle.exceptions:
            yield mot, mot


def _noms_d_action(lus: Sequence[Mot], regle: Regle) -> Iterator[tuple[Mot, Mot]]:
    """Un verbe de la règle, un ou deux mots qui relient, un nom."""
    for rang, mot in enumerate(lus):
        if not any(mot.forme in formes(verbe).values() for verbe in regle.mots):
            continue
        relient = 0
        for suivant in lus[rang + 1 : rang + 3]:
            if suivant.forme not in RELIENT:
                break
            relient += 1
        cible = lus[rang + 1 + relient : rang + 2 + relient]
        if relient and cible:
            nom = cible[0].forme.removesuffix("s")
            if any(nom.endswith(fin) for fin in regle.fins) and nom not in regle.exceptions:
                yield mot, cible[0]


def _passives(lus: Sequence[Mot], regle: Regle) -> Iterator[tuple[Mot, Mot]]:
    etre = set(formes("être").values()) - {"étant"}
    for rang, mot in enumerate(lus):
        reflechi = rang and lus[rang - 1].forme in {"se", "s", "me", "m", "te", "t"}
        if mot.forme not in etre or reflechi:
            continue
        suite = rang + 1
        while suite < min(len(lus), rang + 3) and _s_intercale(lus[suite].forme):
            suite += 1
        if suite < len(lus) and _participe(lus[suite].forme, regle):
            yield mot, lus[suite]


def _s_intercale(mot: str) -> bool:
    return mot in ENTRE_DEUX or (mot.endswith("ment") and len(mot) > 6)


def _participe(mot: str, regle: Regle) -> bool:
    """« ouvert », « ouverts », « données » ; jamais « né », « née », « nés »."""
    nu = mot.removesuffix("s")
    masculin = nu
    if nu.endswith("ée") or nu not in regle.mots:
        masculin = nu.removesuffix("e")
    ecritures = {mot, nu, masculin}
    if any(ecrit in regle.exceptions for ecrit in ecritures):
        return False
    if any(ecrit in regle.mots for ecrit in ecritures):
        return True
    return any(mot.endswith(fin) for fin in ("é", "ée", "és", "ées"))


def _sigles(
    texte: str, reglement: Reglement, lexique: Lexique, a_trancher: dict[str, str]
) -> Iterator[Vue]:
    """La première rencontre de chacun de ceux à trancher."""
    regle, deja = reglement.regles.get("sigle_non_explique"), set()
    for sigle, debut, fin in naif.sigles(texte, lexique) if regle else ():
        if regle and sigle in a_trancher and sigle not in deja:
            deja.add(sigle)
            yield _vue(regle, texte, debut, fin, conseil=DITS[a_trancher[sigle]])


def _deja_dit(vue: Vue, toutes: Sequence[Vue]) -> bool:
    """Un terme à remplacer, au même endroit, le dit mieux que la tournure."""
    if vue.regle not in {"nominalisation", "adverbe_ment", "voix_passive"} or vue.propose:
        return False
    disent = [v for v in toutes if v.propose or v.regle in {"jargon", "date_relative"}]
    avant = [(v.debut, v.fin) for v in disent if v.debut < vue.fin]
    return bool(avant) and max(avant)[1] > vue.debut


def surligner(texte: str, vues: Sequence[Vue]) -> list[tuple[str, str, str]]:
    """Signe par signe : (texte, gravité, ce que l’on en dit) de chaque morceau."""
    couvertures = [
        tuple(rang for rang, vue in enumerate(vues) if vue.debut <= place < vue.fin)
        for place in range(len(texte))
    ]
    morceaux, place = [], 0
    for couvrent, groupe in groupby(couvertures):
        longueur = len(list(groupe))
        # À égalité, celle qui commence avant ; au même endroit, la dernière relevée
        precises = sorted(
            (vues[rang] for rang in reversed(couvrent)),
            key=lambda v: (v.fin - v.debut, GRAVITES.index(v.gravite), v.debut),
        )
        dits = list(dict.fromkeys(v.libelle for v in precises))
        gravite = precises[0].gravite if precises else ""
        morceaux.append((texte[place : place + longueur], gravite, ", ".join(dits)))
        place += longueur
    return morceaux
