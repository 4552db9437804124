"""« Qui paie » : une barre, une part par financeur, le montant dessus et le nom dessous."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bilans import palette
from bilans.charte import Charte
from bilans.instantane import Argent, Somme
from bilans.mise_en_page.argent import AUTRES_PAYEURS
from bilans.mise_en_page.mots_ecrits import enumerer, typo
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.trace import Palette, figure, rectangle, texte
from cls_platform.socle.typographie import euros

LARGEUR, HAUTEUR, ECART, MINIMUM = 658.0, 44.0, 3.0, 92.0
MONTANT, NOM, LIGNE = 15.0, 12.0, 15.0
PARTS = 4


@dataclass(frozen=True, slots=True)
class Place:
    somme: Somme
    x: float
    large: float
    lignes: tuple[str, ...]


def dessiner(argent: Argent, charte: Charte) -> str:
    """Quatre parts au plus ; une part petite garde la place de son montant."""
    places = _placer(_parts(argent.payeurs))
    pinceau = palette.parts_des_payeurs(charte.accent, charte.sur_accent)
    corps = [trait for rang, place in enumerate(places) for trait in _part(pinceau, rang, place)]
    noms = max((len(place.lignes) for place in places), default=0)
    dites = [f"{place.somme.nom}, {euros(place.somme.montant)}" for place in places]
    return figure(
        pinceau, LARGEUR, HAUTEUR + 8 + LIGNE * noms, corps,
        titre="Barre de qui paie", description=typo(f"{enumerer(dites)}."),
    )  # fmt: skip


def _parts(payeurs: Sequence[Somme]) -> list[Somme]:
    positifs = [p for p in payeurs if p.montant > 0]
    if len(positifs) <= PARTS:
        return positifs
    reste = sum((p.montant for p in positifs[PARTS - 1 :]), Decimal(0))
    return [*positifs[: PARTS - 1], Somme(nom=AUTRES_PAYEURS, montant=reste)]


def _placer(sommes: Sequence[Somme]) -> list[Place]:
    libre = LARGEUR - ECART * max(len(sommes) - 1, 0) - MINIMUM * len(sommes)
    total = sum((s.montant for s in sommes), Decimal(0)) or Decimal(1)
    places, x = [], 0.0
    for somme in sommes:
        large = MINIMUM + libre * float(somme.montant / total)
        lignes = metriques.couper(typo(somme.nom), NOM, large - 6, 600)
        tenues = (metriques.abreger(ligne, NOM, large - 6, 600) for ligne in lignes[:3])
        places.append(Place(somme, x, large, tuple(tenues)))
        x += large + ECART
    return places


def _part(pinceau: Palette, rang: int, place: Place) -> list[str]:
    montant = euros(place.somme.montant)
    taille = MONTANT
    while taille > 9 and metriques.largeur(montant, taille, 800) > place.large - 16:
        taille -= 1
    noms = [
        texte(pinceau, "texte", place.x, HAUTEUR + 17 + LIGNE * n, ligne, taille=NOM, graisse=600)
        for n, ligne in enumerate(place.lignes)
    ]
    return [
        rectangle(pinceau, f"part-{rang}", place.x, 0, place.large, HAUTEUR),
        texte(
            pinceau, f"sur-{rang}", place.x + 9, HAUTEUR / 2 + 5.5, montant,
            taille=taille, graisse=800,
        ),
        *noms,
    ]  # fmt: skip
