"""Le tableau jumeau d’une carte : ses couleurs, ses trames et ses couches, en mots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cls_platform.socle import typographie
from contrats.cartes import mots
from contrats.cartes.adresses import adresse_du_territoire
from contrats.cartes.couches import ColonneDeCouche
from contrats.cartes.etats import TerritoireDeCarte


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneJumelle:
    """Un territoire, dessiné ou non. `contrats` : leurs noms, ou leur nombre pour un département.

    `cases` : une par couche posée, vide si elle ne dit rien de ce territoire.
    """

    nom: str
    adresse: str
    etat: str
    habitants: str
    couverts: str
    contrats: str
    cases: tuple[str, ...] = ()


def lignes_jumelles(
    territoires: Sequence[TerritoireDeCarte],
    colonnes: Sequence[ColonneDeCouche],
    *,
    variante: str,
    suite: str,
) -> Iterator[LigneJumelle]:
    for t in territoires:
        yield LigneJumelle(
            nom=t.nom,
            adresse=adresse_du_territoire(t.nature, t.code, suite),
            etat=mots.etat_dit(t),
            habitants=typographie.nombre(t.population),
            couverts=typographie.nombre(t.population_couverte(variante)),
            contrats=mots.contrats_dits(t),
            cases=tuple(colonne.par_territoire.get(t.code, "") for colonne in colonnes),
        )
