"""La couverture, les cartes et le code QR."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno

from bilans import palette
from bilans.charte import Charte, charte
from bilans.instantane import Cadre, Carte, Forme, Instantane
from bilans.mise_en_page.mesures import MM, POINT, tenir
from bilans.mise_en_page.mots_ecrits import compter, enumerer, typo
from bilans.mise_en_page.visuels import Adresser, Visuel, logos, sans_image
from bilans.palette import Teinte
from cls_platform.socle.svg import carte as svg_carte
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.carte import Territoire
from cls_platform.socle.svg.trace import Palette, arrondi, balise, figure, propre

COUVERTURE = (794.0, 969.4)
HAUT_CARTE = 438.0
ENSEIGNES, LIGNES_DU_NOM = 6, 4

LARGEUR_AU_BANDEAU, HAUTEUR_AU_BANDEAU = 400.0, 263.0
BANDEAU, BANDEAU_SANS_CARTE = 183.0, 174.0
MARGE_DE_CARTE = 3.0


@dataclass(frozen=True, slots=True)
class Couverture:
    nom: str
    petit: bool
    carte: str
    logos: list[Visuel]
    enseignes: tuple[str, ...]
    phrase: str


def couverture(instantane: Instantane, adresse: Adresser = sans_image) -> Couverture:
    """Les logos s’il y en a, sinon les enseignes des signataires."""
    nom = typo(instantane.contrat.nom)
    place = (126 if instantane.est_demonstration else 174) * MM
    lignes = metriques.couper(nom, 14.5 * POINT, place)
    images = logos(instantane.apparence.logos, adresse)
    couleurs = charte(instantane.apparence)
    montrees = () if images else instantane.enseignes[:ENSEIGNES]
    return Couverture(
        nom=tenir(nom, 11, place / MM * 0.97, LIGNES_DU_NOM),
        petit=len(lignes) > 1,
        carte=carte_de_couverture(
            instantane.carte, _titre(instantane), couleurs.accent, couleurs.fond
        ),
        logos=images,
        enseignes=tuple(enseigne(nom) for nom in montrees),
        phrase=_phrase_des_signataires(instantane),
    )


def enseigne(nom: str) -> str:
    """Trois lignes au plus dans 23,5 mm."""
    lignes = metriques.couper(typo(nom), 8.5 * POINT, 20.5 * MM, 700)
    coupees = [metriques.abreger(ligne, 8.5 * POINT, 20.5 * MM, 700) for ligne in lignes]
    return " ".join(coupees[:3]) + ("…" if len(coupees) > 3 else "")


def _phrase_des_signataires(instantane: Instantane) -> str:
    total = sum(len(famille.noms) for famille in instantane.signataires)
    if total < 2:
        return ""
    signe = "ont signé ce contrat" if instantane.contrat.date_signature else "préparent ce contrat"
    return f"{compter(total, 'organisation')} {signe} et agissent ensemble pour votre santé."


def ondes(carte: Carte | None, couleur: str = palette.ONDE) -> bytes:
    """Fond de la couverture : les contours du territoire s’éloignent et pâlissent."""
    return _image_de_fond(COUVERTURE, (0, 0, *COUVERTURE), _traces(carte, 1.1, couleur))


def fonds(instantane: Instantane) -> dict[str, bytes]:
    """Les deux images de fond que la feuille de style nomme, aux couleurs du contrat."""
    onde = charte(instantane.apparence).onde
    return {
        "ondes.svg": ondes(instantane.carte, onde),
        "portrait.svg": ondes_du_portrait(instantane),
    }


def ondes_du_portrait(instantane: Instantane) -> bytes:
    """Un coin des mêmes contours, pour le cadre du portrait (48 × 62 mm)."""
    cadre = instantane.carte.cadre if instantane.carte else None
    x, y = (max(cadre.x - 90, 0), max(cadre.y - 190, 0)) if cadre else (400.0, 380.0)
    traits = _traces(instantane.carte, 1.3, charte(instantane.apparence).onde)
    return _image_de_fond((181.4, 234.3), (x, y, 240, 310), traits)


def _traces(carte: Carte | None, trait: float, couleur: str) -> str:
    contours = carte.ondes if carte else ronds()
    chemins = "".join(
        f'<path d="{propre(d)}" stroke-opacity="{max(0.75 - 0.045 * rang, 0.12):.2f}"/>'
        for rang, d in enumerate(contours)
    )
    return f'<g fill="none" stroke="{couleur}" stroke-width="{trait}">{chemins}</g>'


def _image_de_fond(
    taille: tuple[float, float], vue: tuple[float, float, float, float], corps: str
) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{arrondi(taille[0])}" '
        f'height="{arrondi(taille[1])}" viewBox="{" ".join(arrondi(v) for v in vue)}">{corps}</svg>'
    ).encode()


def ronds() -> tuple[str, ...]:
    """Sans contour connu, des cercles autour du bas de la page."""
    x, y = 560.0, 760.0
    return tuple(f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
                 for r in range(40, 900, 48))  # fmt: skip


def carte_de_couverture(
    carte: Carte | None, titre: str, forme: str = palette.SOLEIL, bord: str = palette.NUIT
) -> str:
    """La forme du territoire, d’une seule couleur ; `titre` la dit à qui ne la voit pas."""
    if carte is None:
        return ""
    pinceau = palette.territoire(forme, bord, 2.0)
    hauteur = COUVERTURE[1] - HAUT_CARTE
    return svg_carte.dessiner(
        svg_carte.Carte(
            titre=titre,
            description="",
            territoires=_d_un_trait(carte),
            largeur=COUVERTURE[0],
            hauteur=hauteur,
            cadre=(0, HAUT_CARTE, COUVERTURE[0], hauteur),
        ),
        pinceau,
    )


def _titre(instantane: Instantane) -> str:
    communes = compter(len(instantane.territoire.communes), "commune")
    return f"Carte du territoire, {communes}"


def carte_de_l_entete(instantane: Instantane, couleurs: Charte) -> str:
    """La forme du territoire, petite, sur le fond de la couverture."""
    if instantane.carte is None:
        return ""
    return _carte(
        instantane.carte, 230.0, _titre(instantane), couleurs.accent, couleurs.fond,
        avec_noms=False, hauteur_max=150.0,
    )  # fmt: skip


def carte_nommee(instantane: Instantane, largeur: float, hauteur: float = 275.0) -> str:
    """Carte claire, un nom sur chaque forme qui a la place."""
    carte = instantane.carte
    if carte is None:
        return ""
    noms = enumerer([forme.nom for forme in carte.formes if forme.nom], 12)
    return _carte(
        carte, largeur, f"{_titre(instantane)}. {noms}", palette.EAU, "#fff", avec_noms=True,
        hauteur_max=hauteur,
    )  # fmt: skip


def carte_du_bandeau(instantane: Instantane, teinte: Teinte) -> str:
    """La forme du territoire, ton sur ton, à côté du nom du volet."""
    if instantane.carte is None:
        return ""
    return _carte(
        instantane.carte, LARGEUR_AU_BANDEAU, _titre(instantane), teinte.forme, teinte.foncee,
        avec_noms=False, hauteur_max=HAUTEUR_AU_BANDEAU,
    )  # fmt: skip


def place_du_titre(instantane: Instantane) -> tuple[float, float]:
    """Millimètres du nom du volet (de 76 à 108), puis du blanc qui le sépare de la carte."""
    if instantane.carte is None:
        return BANDEAU_SANS_CARTE, 0.0
    echelle = _echelle(instantane.carte.cadre, LARGEUR_AU_BANDEAU, HAUTEUR_AU_BANDEAU)
    carte = (instantane.carte.cadre.largeur + 2 * MARGE_DE_CARTE) * echelle / MM
    titre = max(76.0, min(108.0, BANDEAU - 6 - carte))
    return titre, max(BANDEAU - titre - carte - 0.1, 0.0)


def _echelle(cadre: Cadre, largeur: float, hauteur: float) -> float:
    """La plus grande où le cadre et sa marge tiennent, sans déformation."""
    marges = 2 * MARGE_DE_CARTE
    return min(largeur / (cadre.largeur + marges), hauteur / (cadre.hauteur + marges))


def _carte(
    carte: Carte,
    largeur: float,
    titre: str,
    fond: str,
    bord: str,
    *,
    avec_noms: bool,
    hauteur_max: float = 275.0,
) -> str:
    """Carte mise à l’échelle du plus grand cadre qui tient."""
    marge = MARGE_DE_CARTE
    x, y = carte.cadre.x - marge, carte.cadre.y - marge
    l0, h0 = carte.cadre.largeur + 2 * marge, carte.cadre.hauteur + 2 * marge
    echelle = _echelle(carte.cadre, largeur, hauteur_max)
    pinceau: Palette = palette.territoire(fond, bord, 1.7 / echelle)
    return svg_carte.dessiner(
        svg_carte.Carte(
            titre=titre,
            description="",
            territoires=_nommes(carte, echelle) if avec_noms else _d_un_trait(carte),
            largeur=l0 * echelle,
            hauteur=h0 * echelle,
            cadre=(x, y, l0, h0),
            taille_etiquette=11.5 / echelle,
        ),
        pinceau,
    )  # fmt: skip


def _d_un_trait(carte: Carte) -> tuple[Territoire, ...]:
    """Toutes les formes en un seul chemin : sans nom à écrire, le dessin est le même."""
    return (Territoire(trace="".join(f.trace for f in carte.formes), nom="", role="forme"),)


def _nommes(carte: Carte, echelle: float) -> tuple[Territoire, ...]:
    return tuple(
        Territoire(
            trace=f.trace, nom=f.nom, role="forme",
            etiquette=f.nom if _tient(f, echelle) else "", x=f.x, y=f.y,
        )
        for f in carte.formes
    )  # fmt: skip


def _tient(forme: Forme, echelle: float) -> bool:
    """Un nom un peu plus large que sa forme se lit encore ; au-delà, il gênerait ses voisins."""
    lignes = metriques.couper(forme.nom, 11.5, 11.5 * 7, 600)
    large = max(metriques.largeur(ligne, 11.5, 600) for ligne in lignes)
    return large <= 2 * forme.rayon * echelle * 1.3


def _suites(ligne: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Début et longueur de chaque suite de modules noirs."""
    x = 0
    for noir, suite in groupby(ligne):
        long = len(list(suite))
        if noir:
            yield x, long
        x += long


def code_qr(adresse: str) -> str:
    """Code QR en un seul chemin, sur fond blanc, marge de quatre modules (ISO 18004)."""
    lignes = [list(ligne) for ligne in segno.make(adresse, error="m").matrix]
    cote = len(lignes) + 8
    d = "".join(
        f"M{x + 4} {y + 4}h{long}v1h-{long}z"
        for y, ligne in enumerate(lignes)
        for x, long in _suites(ligne)
    )
    corps = [
        balise("rect", width=cote, height=cote, fill="#fff"),
        balise("path", d=d, fill=palette.ENCRE),
    ]
    return figure(
        Palette({}, palette.POLICE), 96, 96, corps,
        titre=f"Code QR vers {adresse}", cadre=(0, 0, cote, cote),
    )  # fmt: skip
