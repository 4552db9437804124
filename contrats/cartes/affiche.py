"""La carte seule sur sa feuille : titre, dessin, légende, source et date ; une image autonome."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from cls_platform.socle import theme
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.feuille import feuille_de_carte
from cls_platform.socle.svg.police import police_incorporee
from cls_platform.socle.svg.trace import CLASSES, arrondi, balise, propre, texte
from contrats.cartes.mots import LigneDeLegende

MARGE, HAUT = 20.0, 30.0
TITRE, SOUS_TITRE, COURANT, PETIT = 20.0, 14.0, 13.5, 11.5
INTERLIGNE_LEGENDE, INTERLIGNE_PETIT = 24.0, 16.0
# La police n’a pas ces deux signes, ceux de « 1ᵉʳ »
SANS_EXPOSANT = str.maketrans({"ᵉ": "e", "ʳ": "r"})
TEXTES = re.compile(r"<text[^>]*>([^<]*)</text>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiche:
    """`legende` : sur deux colonnes ; `couches` : la leur, aux mots plus longs, sur une seule.

    `lignes` : notes et sources, écrites au bas de la feuille.
    """

    titre: str
    sous_titre: str
    dessin: svg.Carte
    legende: Sequence[LigneDeLegende]
    couches: Sequence[LigneDeLegende] = ()
    lignes: Sequence[str]


def dessiner(affiche: Affiche, *, avec_police: bool = True) -> str:
    """`avec_police` à faux : pour un moteur qui a déjà la police."""
    largeur = affiche.dessin.largeur + 2 * MARGE
    corps, hauteur = _composer(affiche, largeur)
    couleurs = theme.palette(settings.CLS_ACCENT)
    style = feuille_de_carte(couleurs, affiche.dessin.unite)
    if avec_police:
        style = police_incorporee(_textes(corps)) + style
    return balise(
        "svg",
        balise("title", propre(f"{affiche.titre}. {affiche.sous_titre}"), id="titre"),
        balise("desc", propre(affiche.dessin.description), id="phrase"),
        balise("style", style),
        balise("rect", width=largeur, height=hauteur, class_="g-fond"),
        *corps,
        xmlns="http://www.w3.org/2000/svg",
        width=largeur,
        height=hauteur,
        viewBox=f"0 0 {arrondi(largeur)} {arrondi(hauteur)}",
        role="img",
        aria_labelledby="titre phrase",
    )


def _composer(affiche: Affiche, largeur: float) -> tuple[list[str], float]:
    """Les morceaux de haut en bas, et la hauteur de la feuille."""
    place = largeur - 2 * MARGE
    corps, y = _paragraphe([affiche.titre], TITRE, HAUT + 4, place, graisse=600, interligne=26)
    suite, y = _paragraphe([affiche.sous_titre], SOUS_TITRE, y, place, role="discret")
    decale = f"translate({arrondi(MARGE)} {arrondi(y)})"
    corps += [*suite, balise("g", *svg.corps(affiche.dessin, CLASSES), transform=decale)]
    y += affiche.dessin.hauteur + 18
    corps.append(
        balise("path", d=f"M{arrondi(MARGE)} {arrondi(y)}h{arrondi(place)}", class_="g-filet")
    )
    y += 14
    for lignes, colonnes in ((affiche.legende, 2), (affiche.couches, 1)):
        rangees = -(-len(lignes) // colonnes)
        corps += _legende(lignes, y, rangees, place / colonnes, affiche.dessin.prefixe)
        y += INTERLIGNE_LEGENDE * rangees
    y += 16
    suite, y = _paragraphe(
        affiche.lignes, PETIT, y, place, role="discret", interligne=INTERLIGNE_PETIT
    )
    return corps + suite, y + 4


def _paragraphe(
    phrases: Iterable[str],
    taille: float,
    y: float,
    place: float,
    *,
    graisse: int = 400,
    role: str = "texte",
    interligne: float = 22,
) -> tuple[list[str], float]:
    """Les lignes écrites, et où commence la suite."""
    ecrites = []
    for phrase in phrases:
        for ligne in metriques.couper(phrase.translate(SANS_EXPOSANT), taille, place, graisse):
            ecrites.append(texte(CLASSES, role, MARGE, y, ligne, taille=taille, graisse=graisse))
            y += interligne
    return [str(ligne) for ligne in ecrites], y


def _legende(
    lignes: Sequence[LigneDeLegende], haut: float, rangees: int, colonne: float, prefixe: str
) -> Iterator[str]:
    """Les colonnes se remplissent l’une après l’autre."""
    for rang, ligne in enumerate(lignes):
        x = MARGE + (rang // rangees) * colonne
        y = haut + (rang % rangees) * INTERLIGNE_LEGENDE
        echantillon = svg.echantillon(ligne.role, CLASSES, prefixe)
        yield balise(
            "g", *echantillon, transform=f"translate({arrondi(x)} {arrondi(y)})", class_="l"
        )
        mot = metriques.abreger(ligne.libelle, COURANT, colonne - 170)
        yield texte(CLASSES, "texte", x + 34, y + 12.5, mot, taille=COURANT)
        yield texte(
            CLASSES, "texte", x + colonne - (84 if ligne.part else 24), y + 12.5, ligne.effectif,
            taille=COURANT, graisse=600, ancre="end",
        )  # fmt: skip
        yield texte(
            CLASSES, "discret", x + colonne - 24, y + 12.5, ligne.part, taille=COURANT, ancre="end"
        )


def _textes(corps: Iterable[str]) -> Iterator[str]:
    return (html.unescape(ecrit) for morceau in corps for ecrit in TEXTES.findall(morceau))
