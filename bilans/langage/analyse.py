"""Un texte relu : sa facilité de lecture, et ce que l’on y relève, à sa place."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bilans.langage.alertes import Alerte, alerte
from bilans.langage.decoupe import Jeton, Place, jetons, masquer, phrases
from bilans.langage.lexique import Lexique
from bilans.langage.lisibilite import Mesure, mesurer_masque
from bilans.langage.reglement import AVERTISSEMENT, ERREUR, GRAVITES, INFO, Bande, Reglement
from bilans.langage.sigles import EtatSigle, Sigles, lignes_criees, reperer_masque
from bilans.langage.termes import chercher, motifs
from bilans.langage.tournures import TOURNURES, longueur

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


@dataclass(frozen=True, slots=True)
class _Lu:
    """Ce que chaque règle relit : le texte, son masque, ses phrases."""

    texte: str
    masque: str
    phrases: Sequence[Place]


def relire(
    texte: str,
    reglement: Reglement,
    lexique: Lexique,
    sigles: Sigles | None = None,
    annee: int | None = None,
) -> Analyse:
    """Relit un texte. `sigles` : ceux du document ; `annee` : celle du bilan, pour les dates."""
    texte = unicodedata.normalize("NFC", texte)
    masque = masquer(texte)
    lu = _Lu(texte, masque, phrases(masque))
    mesure = mesurer_masque(masque, len(lu.phrases))
    trouvees = [
        *_des_phrases(lu, reglement),
        *_des_mots(lu, reglement, annee),
        *_des_capitales(lu, reglement, lexique),
        *_des_sigles(lu, reglement, lexique, sigles),
    ]
    return Analyse(
        texte=texte,
        mesure=mesure,
        bande=reglement.bande(mesure.score) if mesure else None,
        alertes=tuple(sorted(_sans_double(trouvees), key=_ordre)),
    )


def _ordre(a: Alerte) -> tuple[int, int, int]:
    return (a.debut, GRAVITES.index(a.gravite), -a.longueur)


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


def _des_phrases(lu: _Lu, reglement: Reglement) -> Iterator[Alerte]:
    for place in lu.phrases:
        trop = longueur(lu.texte, lu.masque, place, reglement)
        if trop:
            yield trop


def _des_mots(lu: _Lu, reglement: Reglement, annee: int | None) -> Iterator[Alerte]:
    actifs = [(t, r) for c, t in TOURNURES.items() if (r := reglement.regles.get(c))]
    par_mot = motifs(tuple(t for t in reglement.termes if t.regle in reglement.regles))
    for lus in _par_phrase(lu):
        for tournure, regle in actifs:
            yield from tournure(lu.texte, lus, regle)
        for trouve in chercher(lu.texte, lus, par_mot, annee):
            regle = reglement.regles[trouve.terme.regle]
            yield alerte(regle, lu.texte, trouve.debut, trouve.fin, proposition=trouve.proposition)


def _par_phrase(lu: _Lu) -> Iterator[Sequence[Jeton]]:
    tous = jetons(lu.masque)
    debuts = [j.debut for j in tous]
    for place in lu.phrases:
        yield tous[bisect_left(debuts, place.debut) : bisect_left(debuts, place.fin)]


def _des_capitales(lu: _Lu, reglement: Reglement, lexique: Lexique) -> Iterator[Alerte]:
    regle = reglement.regles.get(REGLE_DES_CAPITALES)
    for place in lignes_criees(lu.masque, lexique.cries) if regle else ():
        if regle:
            yield alerte(regle, lu.texte, *place)


def _des_sigles(
    lu: _Lu, reglement: Reglement, lexique: Lexique, sigles: Sigles | None
) -> Iterator[Alerte]:
    """La première rencontre de chaque sigle encore à trancher."""
    regle = reglement.regles.get(REGLE_DES_SIGLES)
    a_trancher = {s.sigle: s.etat for s in sigles.a_trancher} if sigles else {}
    for trouve in reperer_masque(lu.masque, lexique) if regle and a_trancher else ():
        etat = a_trancher.pop(trouve.sigle, None)
        if etat and regle:
            yield alerte(regle, lu.texte, trouve.debut, trouve.fin, conseil=_POURQUOI[etat])
