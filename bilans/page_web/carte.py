"""Le territoire : la forme de chaque part et la liste de ses communes, son double écrit."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bilans.instantane import Carte, Instantane, Territoire
from bilans.page_web.photos import Adresser
from cls_platform.socle.typographie import pluriel

MARGE = 12


@dataclass(frozen=True, slots=True)
class CarteWeb:
    svg: SafeString
    source: str
    territoire: Territoire


def lire(page: Instantane, _adresser: Adresser) -> CarteWeb | None:
    if not page.territoire.communes and page.carte is None:
        return None
    svg = _dessin(page.carte, page) if page.carte else SafeString("")
    return CarteWeb(svg, page.carte.source if page.carte else "", page.territoire)


def _dessin(carte: Carte, page: Instantane) -> SafeString:
    """Les formes dans leur cadre ; chacune porte son nom."""
    cadre = carte.cadre
    formes = format_html_join(
        "", '<path d="{}"><title>{}</title></path>', ((f.trace, f.nom) for f in carte.formes)
    )
    dit = f"Carte de {page.contrat.nom_court} : {pluriel(len(carte.formes), 'part')}."
    return format_html(
        '<svg class="carte-du-territoire" role="img" aria-label="{}"'
        ' viewBox="{} {} {} {}">{}</svg>',
        dit,
        *(
            f"{nombre:g}"
            for nombre in (
                cadre.x - MARGE,
                cadre.y - MARGE,
                cadre.largeur + 2 * MARGE,
                cadre.hauteur + 2 * MARGE,
            )
        ),
        formes,
    )
