"""Plancher naïf du PDF : ce qu’une équipe livre d’abord avec WeasyPrint, sur le même bilan.

Même gabarit rempli, même feuille, mêmes polices et mêmes images, donc le même document. Ce qui
change est ce que tout le monde écrit d’abord : les colonnes et les fiches posées avec flex, les
numéros de page par `target-counter`, les bords de tableau fusionnés, le HTML analysé par WeasyPrint,
la feuille et les polices relues à chaque document, le ramasse-miettes laissé actif, les options par
défaut. Rien n’y est lent exprès : ni tableau par fiche, ni feuille
d’un système de design, ni photo non réduite, qui coûteraient bien plus.
"""

import re
from collections.abc import Mapping
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

GENRES = {"svg": "image/svg+xml", "ttf": "font/ttf", "jpg": "image/jpeg", "png": "image/png"}
FLEX = """
.rang { display: flex; column-gap: 6mm }
.rang > * { min-width: 0 }
.rang > .deux, .rang > .tiers { display: block; margin-left: 0 }
.action { display: flex; column-gap: 2mm; padding-left: 0 }
.action .statut { height: auto; margin: 0 }
.action .raconte { width: 129mm }
table { border-collapse: collapse }
.renvoi::after { content: " (page\\A0" target-counter(attr(href), page) ")" }
.sommaire li::before { content: target-counter(attr(data-vers), page) }
"""
RANGS = re.compile(r'<div>(\s*<(?:div|ul) class="(?:deux|tiers))')
FICHES = re.compile(r'(<div class="action">\s*<p class="statut">.*?</p>)(.*?)</div>', re.S)


class Chercheur(URLFetcher):
    """Les fichiers donnés, et le reste comme WeasyPrint le ferait."""

    def __init__(self, fichiers: Mapping[str, bytes]) -> None:
        super().__init__()
        self.fichiers = fichiers

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        nom = url.removeprefix("cls:")
        if nom not in self.fichiers:
            return super().fetch(url, headers)
        genre = GENRES[nom.rpartition(".")[2]]
        return URLFetcherResponse(url, self.fichiers[nom], {"Content-Type": genre})


def balisage_idiomatique(html: str) -> str:
    """Un rang nommé autour des colonnes, un récit à côté du statut : de quoi poser flex."""
    return FICHES.sub(
        r'\1<div class="raconte">\2</div></div>', RANGS.sub(r'<div class="rang">\1', html)
    )


def rendre_naivement(html: str, feuille: str, fichiers: Mapping[str, bytes]) -> bytes:
    chercher = Chercheur(fichiers)
    configuration = FontConfiguration()
    css = CSS(string=feuille + FLEX, font_config=configuration, url_fetcher=chercher)
    octets = HTML(string=html, base_url="cls:", url_fetcher=chercher).write_pdf(
        font_config=configuration, stylesheets=[css], pdf_variant="pdf/a-3a"
    )
    return bytes(octets)
