"""Planchers du PDF : Typst avec le même texte, et WeasyPrint sans aucun soin sur le même HTML."""

from collections.abc import Mapping
from typing import Any

import typst
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse


class Chercheur(URLFetcher):
    """Les fichiers donnés, et le reste comme WeasyPrint le ferait."""

    def __init__(self, fichiers: Mapping[str, bytes]) -> None:
        super().__init__()
        self.fichiers = fichiers

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        nom = url.removeprefix("cls:")
        if nom not in self.fichiers:
            return super().fetch(url, headers)
        genre = "image/svg+xml" if nom.endswith(".svg") else "font/ttf"
        return URLFetcherResponse(url, self.fichiers[nom], {"Content-Type": genre})


def rendre_naivement(html: str, feuille: str, fichiers: Mapping[str, bytes]) -> int:
    """Feuille et polices relues à chaque fois, ramasse-miettes actif ; rend le nombre de pages."""

    chercher = Chercheur(fichiers)
    configuration = FontConfiguration()
    css = CSS(string=feuille, font_config=configuration, url_fetcher=chercher)
    document = HTML(string=html, base_url="cls:", url_fetcher=chercher).render(
        font_config=configuration, stylesheets=[css], pdf_variant="pdf/a-3a"
    )
    document.write_pdf(pdf_variant="pdf/a-3a")
    return len(document.pages)


def propre(texte: str) -> str:
    return "".join(f"\\{c}" if c in "\\#$*_@<>[]`~=-+/" else c for c in texte)


def source_typst(bilan: Mapping[str, Any]) -> str:
    """Le même contenu : couverture, volets, actions, indicateurs et leurs tableaux."""
    nom = propre(bilan["contrat"]["nom"])
    morceaux = [
        '#set page(paper: "a4", margin: 18mm)',
        '#set text(lang: "fr", size: 11pt)',
        f'#set document(title: "{bilan["contrat"]["nom"]}")',
        f"= {nom} {bilan['annee']}",
    ]
    for volet in bilan["volets"]:
        morceaux += ["#pagebreak()", f"== {propre(volet['titre'])}", propre(volet["promesse"])]
        for action in volet["actions"]:
            partenaires = propre(", ".join(action["partenaires"]))
            morceaux += [
                f"=== {propre(action['titre'])}",
                f"*{propre(action['libelle_statut'])}* {propre(action['resume'])}",
                f"Avec {partenaires}",
            ]
        for indicateur in volet["indicateurs"]:
            releves = indicateur["serie"]["releves"]
            morceaux += [
                f"=== {propre(indicateur['titre'])}",
                propre(indicateur["phrase"]),
                f"#table(columns: {max(len(releves), 1)},",
                ", ".join(f"[{r['annee']}]" for r in releves) + ",",
                ", ".join(f"[{propre(str(r['valeur'] or ''))}]" for r in releves) + ")",
            ]
    return "\n\n".join(morceaux)


def rendre_typst(bilan: Mapping[str, Any]) -> bytes:
    resultat = typst.compile(source_typst(bilan).encode(), pdf_standards=["ua-1"])
    return bytes(resultat)
