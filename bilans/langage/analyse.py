"""Un texte relu : sa facilité de lecture, et ce que l’on y relève, à sa place."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bilans.langage.alertes import Alerte, alerte
from bilans.langage.lecture import Lecture, lire
from bilans.langage.lexique import Lexique
from bilans.langage.lisibilite import Mesure, mesurer
from bilans.langage.motifs import Suites, motifs
from bilans.langage.reglement import AVERTISSEMENT, ERREUR, INFO, RANGS, Bande, Reglement
from bilans.langage.sigles import EtatSigle, Sigles, lignes_criees, reperer
from bilans.langage.termes import chercher
from bilans.langage.tournures import TOURNURES, longueurs

REGLE_DES_SIGLES, REGLE_DES_CAPITALES = "sigle_non_explique", "texte_en_capitales"
REGLES_DES_PHRASES = ("phrase_tres_longue", "phrase_longue")
REGLES_DES_MOTS = frozenset({"jargon", "date_relative"})
_CEDENT = TOURNURES.keys() - {"double_negation"}
_POURQUOI = {
    EtatSigle.AMBIGU: "Ce sigle a plusieurs sens\u00a0: dites lequel.",
    EtatSigle.INCONNU: "Ce sigle n’est pas dans notre lexique\u00a0: expliquez-le.",
}


@dataclass(frozen=True, slots=True)
class Analyse:
    """`texte` est celui que l’on a lu, accents composés : les places y sont comptées."""

    texte: str
    mesure: Mesure | None
    bande: Bande | None
    alertes: tuple[Alerte, ...]

    @property
    def phrases_a_raccourcir(self) -> tuple[Alerte, ...]:
        return tuple(a for a in self.alertes if a.regle in REGLES_DES_PHRASES)

    @property
    def erreurs(self) -> int:
        return self.combien(ERREUR)

    @property
    def avertissements(self) -> int:
        return self.combien(AVERTISSEMENT)

    @property
    def infos(self) -> int:
        return self.combien(INFO)

    def combien(self, gravite: str) -> int:
        return sum(a.gravite == gravite for a in self.alertes)


def relire(
    texte: str | Lecture,
    reglement: Reglement,
    lexique: Lexique,
    sigles: Sigles | None = None,
    annee: int | None = None,
) -> Analyse:
    """Relit un texte. `sigles` : ceux du document ; `annee` : celle du bilan, pour les dates."""
    lu = lire(texte).composee()
    mesure = mesurer(lu)
    trouvees = [
        *longueurs(lu, reglement),
        *_des_tournures(lu, reglement),
        *_des_termes(lu, reglement, annee),
        *_des_capitales(lu, reglement, lexique),
        *_des_sigles(lu, reglement, lexique, sigles),
    ]
    return Analyse(
        texte=lu.texte,
        mesure=mesure,
        bande=reglement.bande(mesure.score) if mesure else None,
        alertes=tuple(sorted(_sans_double(trouvees), key=_ordre)),
    )


def _ordre(a: Alerte) -> tuple[int, int, int]:
    return (a.debut, RANGS[a.gravite], -a.longueur)


def _sans_double(trouvees: list[Alerte]) -> Iterator[Alerte]:
    """Un terme à remplacer dit déjà ce qu’en diraient l’adverbe ou la tournure au même endroit."""
    pris = sorted((a.debut, a.fin) for a in trouvees if a.proposition or a.regle in REGLES_DES_MOTS)
    debuts = [debut for debut, _ in pris]
    for a in trouvees:
        if a.regle in _CEDENT and a.proposition is None:
            rang = bisect_left(debuts, a.fin) - 1
            if rang >= 0 and pris[rang][1] > a.debut:
                continue
        yield a


def _des_tournures(lu: Lecture, reglement: Reglement) -> Iterator[Alerte]:
    for code, tournure in TOURNURES.items():
        if regle := reglement.regles.get(code):
            yield from tournure(lu, regle)


def _des_termes(lu: Lecture, reglement: Reglement, annee: int | None) -> Iterator[Alerte]:
    bornes = ((phrase.premier, phrase.apres) for phrase in lu.phrases)
    for terme, debut, fin, proposition in chercher(lu, _motifs(reglement), annee, bornes):
        regle = reglement.regles[terme.regle]
        yield alerte(regle, lu.texte, debut, fin, proposition=proposition)


@lru_cache(maxsize=4)
def _motifs(reglement: Reglement) -> dict[str, Suites]:
    """Ceux des règles actives."""
    return motifs(tuple(t for t in reglement.termes if t.regle in reglement.regles))


def _des_capitales(lu: Lecture, reglement: Reglement, lexique: Lexique) -> Iterator[Alerte]:
    regle = reglement.regles.get(REGLE_DES_CAPITALES)
    for place in lignes_criees(lu, lexique.cries) if regle else ():
        if regle:
            yield alerte(regle, lu.texte, *place)


def _des_sigles(
    lu: Lecture, reglement: Reglement, lexique: Lexique, sigles: Sigles | None
) -> Iterator[Alerte]:
    """La première rencontre de chaque sigle encore à trancher."""
    regle = reglement.regles.get(REGLE_DES_SIGLES)
    a_trancher = {s.sigle: s.etat for s in sigles.a_trancher} if sigles else {}
    for trouve in reperer(lu, lexique) if regle and a_trancher else ():
        etat = a_trancher.pop(trouve.sigle, None)
        if etat and regle:
            yield alerte(regle, lu.texte, trouve.debut, trouve.fin, conseil=_POURQUOI[etat])
