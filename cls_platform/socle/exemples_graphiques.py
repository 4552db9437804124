"""Les graphiques de la galerie : des séries inventées, dans chacun des états d’un trait."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle.svg import piles, planche, trajectoire
from cls_platform.socle.svg.courbe import Point, Repere
from cls_platform.socle.svg.piles import Pile, Piles
from cls_platform.socle.svg.planche import Planche, Vignette
from cls_platform.socle.svg.trajectoire import Trajectoire
from cls_platform.socle.typographie import FINE

OBSERVES = (14.2, 13.6, 13.1, 12.4)
AUTRES = (11.9, 11.8, 11.8, 11.6)
PARTS = ("Moins de 25 ans", "25 à 59 ans", "60 à 74 ans", "75 ans et plus", "Âge non renseigné")


def graphiques() -> dict[str, Any]:
    """Chaque image en SVG : une trajectoire à deux largeurs, des piles, une planche."""
    large = _trajectoire()
    return {
        "trajectoires": [
            _sur(trajectoire.dessiner(large)),
            _sur(trajectoire.dessiner(replace(large, largeur=310, hauteur=230))),
        ],
        "piles": _sur(piles.dessiner(_piles())),
        "planche": _sur(planche.dessiner_planche(_planche())),
    }


def _sur(image: str) -> SafeString:
    return mark_safe(image)  # noqa: S308  (SVG produit ici, textes échappés)


def _suite(valeurs: tuple[float, ...], *, provisoire: bool = False) -> tuple[Point, ...]:
    return tuple(
        Point(
            x=2023 + rang,
            valeur=valeur,
            etiquette=f"{valeur:g}".replace(".", ",") + "p" * (provisoire and rang == 3),
            provisoire=provisoire and rang == 3,
        )
        for rang, valeur in enumerate(valeurs)
    )


def _trajectoire() -> Trajectoire:
    return Trajectoire(
        titre="Habitants sans médecin traitant",
        description="De 14,2 % en 2023 à 12,4 % en 2026. La cible est de 10 % en 2028.",
        observes=_suite(OBSERVES, provisoire=True),
        prevue=(Point(x=2023, valeur=14.2), Point(x=2028, valeur=10.0)),
        marge=0.5,
        cible=Point(x=2028, valeur=10.0, etiquette="cible 10,0"),
        nom="Rives d’Armel",
        comparaison=_suite(AUTRES),
        nom_comparaison="région 11,6",
        reperes=(Repere(x=2025.25, lignes=("bus santé, avril 2025",)),),
        courant=2026,
        graduations=tuple((float(v), f"{v}{FINE}%") for v in (10, 12, 14)),
    )


def _piles() -> Piles:
    return Piles(
        titre="Participants par âge",
        description="De 72 en 2023 à 96 en 2026.",
        parts=PARTS,
        piles=tuple(_pile(annee, (20 + 4 * rang, 30 + rang, 12, 7 + rang, 3))
                    for rang, annee in enumerate(range(2023, 2027))),
    )  # fmt: skip


def _pile(annee: int, valeurs: tuple[int, ...]) -> Pile:
    return Pile(
        nom=str(annee),
        valeurs=tuple(float(v) for v in valeurs),
        etiquettes=tuple(str(v) for v in valeurs),
        total=str(sum(valeurs)),
        est_courante=annee == 2026,
    )


def _planche() -> Planche:
    noms = ("Ateliers équilibre", "Bus santé", "Premiers secours")
    vignettes = tuple(
        Vignette(
            nom=nom,
            description="",
            observes=_suite(tuple(valeur * (rang + 1) for valeur in OBSERVES)),
            prevue=(Point(x=2023, valeur=14.2), Point(x=2028, valeur=10.0)) if rang == 0 else (),
            marge=0.5,
            cible=Point(x=2028, valeur=10.0 * (rang + 1), etiquette=f"{10 * (rang + 1)}"),
            de=2023,
            a=2028,
        )
        for rang, nom in enumerate(noms)
    )
    return Planche(titre="Trois indicateurs", description="", vignettes=vignettes)
