"""L’image que montrent les messageries et les réseaux quand on partage un bilan : 1200 × 630 px.

Pure : un instantané entre, du SVG sort. Les couleurs sont celles du contrat, contrastes vérifiés.
"""

from html import escape

from bilans.charte import Charte, charte
from bilans.instantane import Carte, Instantane
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.feuille import POLICE
from cls_platform.socle.typographie import pluriel, typographier

LARGEUR, HAUTEUR, MARGE = 1200, 630, 72
COLONNE = 640
CARTE = (760, 90, 380, 450)
LIGNES_DU_NOM = 3
TITRE, CORPS = 60, 30


def dessiner(page: Instantane) -> str:
    couleurs = charte(page.apparence)
    y = 250
    nom = typographier(page.contrat.nom_court)
    lignes = metriques.couper(nom, TITRE, COLONNE, 600)[:LIGNES_DU_NOM]
    corps = [
        f'<rect width="{LARGEUR}" height="{HAUTEUR}" fill="{couleurs.fond}"/>',
        f'<rect width="{LARGEUR}" height="14" fill="{couleurs.accent}"/>',
        _carte(page.carte, couleurs) if page.carte else "",
        _texte("Contrat local de santé", 150, CORPS, "#ffffff"),
    ]
    for ligne in lignes:
        corps.append(_texte(ligne, y, TITRE, "#ffffff", 600))
        y += TITRE + 12
    corps += [
        _pastille(f"Bilan {page.annee}", y + 6, couleurs),
        _texte(_phrase(page), HAUTEUR - 70, CORPS, "#ffffff"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LARGEUR}" height="{HAUTEUR}" '
        f'viewBox="0 0 {LARGEUR} {HAUTEUR}" font-family="{POLICE}">{"".join(corps)}</svg>'
    )


def _texte(texte: str, y: float, taille: int, couleur: str, graisse: int = 400) -> str:
    return (
        f'<text x="{MARGE}" y="{y}" font-size="{taille}" font-weight="{graisse}" '
        f'fill="{couleur}">{escape(texte)}</text>'
    )


def _pastille(mot: str, y: float, couleurs: Charte) -> str:
    """Sur la couleur d’accent ; large de ce que mesure son texte."""
    largeur = metriques.largeur(mot, 36, 600) + 56
    return (
        f'<rect x="{MARGE}" y="{y}" width="{largeur:g}" height="64" rx="32" '
        f'fill="{couleurs.accent}"/>'
        f'<text x="{MARGE + 28}" y="{y + 45}" font-size="36" font-weight="600" '
        f'fill="{couleurs.sur_accent}">{escape(mot)}</text>'
    )


def _phrase(page: Instantane) -> str:
    dits = [pluriel(len(page.actions), "action")] if page.actions else []
    if page.territoire.communes:
        dits.append(pluriel(len(page.territoire.communes), "commune"))
    suite = " (démonstration)" if page.est_demonstration else ""
    return typographier(", ".join(dits) + suite)


def _carte(carte: Carte, couleurs: Charte) -> str:
    """Le territoire, entier, dans la moitié droite."""
    x, y, largeur, hauteur = CARTE
    cadre = carte.cadre
    echelle = min(largeur / cadre.largeur, hauteur / cadre.hauteur)
    dx = x + (largeur - cadre.largeur * echelle) / 2 - cadre.x * echelle
    dy = y + (hauteur - cadre.hauteur * echelle) / 2 - cadre.y * echelle
    formes = "".join(f'<path d="{escape(forme.trace)}"/>' for forme in carte.formes)
    return (
        f'<g transform="translate({dx:.2f} {dy:.2f}) scale({echelle:.4f})" fill="{couleurs.onde}" '
        f'stroke="{couleurs.fond}" stroke-width="{1.5 / echelle:.2f}">{formes}</g>'
    )
