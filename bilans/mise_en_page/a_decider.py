"""Ce que les élus ont à décider, en tableau : quoi, pour quand, l’enjeu."""

from dataclasses import dataclass

from bilans.a_decider import POINTS_MONTRES, PointADecider, points
from bilans.instantane import Instantane
from bilans.mise_en_page.mesures import tenir
from bilans.mise_en_page.mots_ecrits import Explicateur, compter, en_lettres, majuscule

# Millimètres utiles de chaque colonne de « pdf-elus.css »
QUOI, QUAND, ENJEU = 65.0, 30.0, 64.0


@dataclass(frozen=True, slots=True)
class VuePoint:
    quoi: str
    qui: str
    quand: str
    enjeu: str


@dataclass(frozen=True, slots=True)
class VueADecider:
    """`phrase` : combien de décisions attendent. `en_plus` : celles qui ne sont pas montrées."""

    phrase: str
    points: tuple[VuePoint, ...]
    en_plus: str
    avec_enjeu: bool


def a_decider(
    instantane: Instantane, *, au_plus: int = POINTS_MONTRES, lignes: int = 3
) -> VueADecider | None:
    """`lignes` : celles d’une cellule, au plus. Les sigles se développent ici : c’est la première
    fois que l’élu les lit."""
    ecrit = instantane.textes.a_decider
    lus = points(ecrit.texte) if ecrit else ()
    if not lus:
        return None
    sigles = Explicateur((*instantane.mots, *instantane.mots_des_elus))
    montres = tuple(_vue(point, sigles, lignes) for point in lus[:au_plus])
    reste = len(lus) - len(montres)
    verbe = "vous attendent" if len(lus) > 1 else "vous attend"
    combien = majuscule(en_lettres(len(lus), feminin=True))
    decisions = "décisions" if len(lus) > 1 else "décision"
    return VueADecider(
        phrase=f"{combien} {decisions} {verbe} en {instantane.annee + 1}.",
        points=montres,
        en_plus=f"Et {compter(reste, 'autre point', 'autres points')}." if reste else "",
        avec_enjeu=any(point.enjeu for point in montres),
    )


def _vue(point: PointADecider, sigles: Explicateur, lignes: int) -> VuePoint:
    return VuePoint(
        quoi=tenir(majuscule(sigles.typo(point.quoi)), 10, QUOI, lignes, 700),
        qui=tenir(majuscule(sigles.typo(point.qui)), 9, QUOI, min(lignes, 2)),
        quand=tenir(majuscule(sigles.typo(point.quand)), 10, QUAND, min(lignes, 2)),
        enjeu=tenir(majuscule(sigles.typo(point.enjeu)), 10, ENJEU, lignes + 1),
    )
