"""La feuille de style d'une carte enregistrée : les rôles de `graphiques.css`, en couleurs écrites.

Un fichier emporté n'a ni le thème du site ni ses polices : il les porte. Seuls des sélecteurs de
classe simples : les lecteurs de SVG n'en comprennent pas tous d'autres.
"""

from cls_platform.socle.theme import Palette

POLICE = "Atkinson Hyperlegible Next"
ENCRE, DISCRET, TRAIT, PAPIER, BORD = "#231d22", "#6d636a", "#d5cec8", "#fbf9f7", "#8b8187"
COUCHE = "#1d4f91"


def feuille_de_carte(couleurs: Palette, unite: float) -> str:
    """`unite` : ce que vaut en px une unité des tracés ; les traits gardent leur épaisseur."""
    un = 1 / unite
    rampe = [PAPIER, *couleurs.rampe]
    regles = [
        f"text{{font-family:'{POLICE}',sans-serif;fill:{ENCRE}}}",
        f".g-discret{{fill:{DISCRET}}}",
        f".g-fond{{fill:#fff}}.g-filet{{stroke:{TRAIT}}}",
        f".g-contours{{stroke:#fff;stroke-width:{un:g};stroke-linejoin:round}}",
        f".g-aucun{{fill:{PAPIER};stroke:{BORD}}}.g-plein{{fill:{couleurs.rampe[3]}}}",
        *(f".g-rampe-{rang}{{fill:{couleur}}}" for rang, couleur in enumerate(rampe)),
        f".g-rampe-0,.g-rampe-1{{stroke:{BORD}}}",
        f".g-motif-hachures{{stroke:{BORD}}}",
        f".g-motif-hachures-fond{{fill:{couleurs.rampe[0]}}}",
        f".g-motif-hachures-trait{{fill:none;stroke:{couleurs.rampe[3]};stroke-width:1.6}}",
        f".g-motif-points-fond{{fill:{couleurs.rampe[3]}}}.g-motif-points-trait{{fill:#fff}}",
        f".g-motif-grille-fond{{fill:{couleurs.rampe[4]}}}",
        f".g-motif-grille-trait{{fill:none;stroke:{couleurs.rampe[2]};stroke-width:.7}}",
        f".g-cartouche{{fill:none;stroke:{TRAIT}}}",
        f".g-surcouches{{fill:none;stroke:none;stroke-width:{2 * un:g};stroke-linejoin:round}}",
        f".g-trait-plein,.g-trait-tirets,.g-trait-points{{fill:none;stroke:{COUCHE}}}",
        f".g-trait-tirets{{stroke-dasharray:{7 * un:g} {4 * un:g}}}",
        f".g-trait-points{{stroke-dasharray:{1.5 * un:g} {4 * un:g};stroke-linecap:round}}",
        f".g-couche-serrees-trait,.g-couche-larges-trait{{fill:none;stroke:{ENCRE}}}",
        ".g-couche-serrees-bord,.g-couche-larges-bord{fill:none;stroke:#fff;stroke-width:2.6}",
        f".g-bord-de-trait{{fill:none;stroke:#fff;stroke-width:{4.5 * un:g}}}",
        f".g-marque-disque{{fill:#fff;stroke:{ENCRE};stroke-width:2}}",
        f".g-marque-losange{{fill:{COUCHE};stroke:#fff;stroke-width:1.2}}",
        ".g-ville,.g-ville-mineure{stroke:#fff;stroke-width:4;paint-order:stroke}",
        ".l .g-trait-plein,.l .g-trait-tirets,.l .g-trait-points{stroke-width:2}",
        ".l .g-trait-tirets{stroke-dasharray:7 4}.l .g-trait-points{stroke-dasharray:1.5 4}",
        f".l .g-plein,.l .g-rampe-2,.l .g-rampe-3,.l .g-rampe-4,.l .g-rampe-5{{stroke:{BORD}}}",
        f".l .g-motif-points,.l .g-motif-grille{{stroke:{BORD}}}",
        f".l .g-couche-serrees,.l .g-couche-larges{{stroke:{BORD}}}",
    ]
    return "".join(regles)
