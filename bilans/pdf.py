"""D’une page au PDF accessible : PDF/A-3a et PDF/UA-1, mêmes données, mêmes octets.

Seul module qui connaît WeasyPrint. Aucun accès à la base ni au réseau : le gabarit, la feuille de
style et les polices viennent du projet, les images de ce que l’on imprime.
"""

import gc
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pydyf
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import ondes, ondes_du_portrait
from cls_platform.socle.svg.trace import sans_interdits

VARIANTE = "pdf/a-3a"
SCHEME = "cls:"
FEUILLES_DU_BILAN = ("pdf.css",)
POLICES = tuple(f"atkinson-hyperlegible-next-{graisse}.ttf" for graisse in (400, 600, 700, 800))
_PDFUA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    b' pdfuaid:part="1"/></rdf:RDF>'
)


class PoliceAbsente(RuntimeError):
    """Les polices du PDF n’ont pas été construites."""


@dataclass(frozen=True, slots=True)
class ResultatPdf:
    octets: bytes
    pages: int
    sha256: str


class Actifs(URLFetcher):
    """Sert les fichiers qu’on lui a donnés et rien d’autre : ni réseau, ni disque."""

    def __init__(self, fichiers: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._fichiers = fichiers

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        nom = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or nom not in self._fichiers:
            raise ValueError(f"Adresse refusée dans un bilan : {url[:200]}")
        genre = "image/svg+xml" if nom.endswith(".svg") else "font/ttf"
        return URLFetcherResponse(url, self._fichiers[nom], {"Content-Type": genre})


class Page(HTML):
    """Le gabarit est du XML bien formé : l’analyseur de Python le lit vingt fois plus vite.

    WeasyPrint 70 analyse le HTML en Python pur ; on lui donne l’arbre tout fait.
    """

    wrapper_element: Any

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        # Le gabarit vient du projet, les textes y sont échappés : ni DTD, ni entité.
        racine = ElementTree.fromstring(sans_interdits(html))  # noqa: S314  (SVG ou gabarit du projet)
        super().__init__(string="", base_url=SCHEME, url_fetcher=url_fetcher)
        self.wrapper_element = self.wrapper_element.from_html_root(racine, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def rendre(
    instantane: Instantane, avancer: Callable[[int], None] = lambda _pourcentage: None
) -> ResultatPdf:
    """Lève PoliceAbsente si `static/vendor/polices` n’est pas construit.

    `avancer` reçoit la progression, de 0 à 100.
    """
    avancer(5)
    html = render_to_string("bilans/pdf/bilan.html", contexte(instantane))
    avancer(20)
    fonds = {"ondes.svg": ondes(instantane.carte), "portrait.svg": ondes_du_portrait(instantane)}
    return imprimer(
        html,
        fonds,
        empreinte=instantane.empreinte(),
        pieces=_pieces_jointes(instantane),
        avancer=avancer,
    )


def imprimer(
    html: str,
    images: Mapping[str, bytes],
    *,
    empreinte: str,
    feuilles: tuple[str, ...] = FEUILLES_DU_BILAN,
    pieces: Sequence[Attachment] = (),
    avancer: Callable[[int], None] = lambda _pourcentage: None,
) -> ResultatPdf:
    """La page, du XML bien formé, devient un PDF ; `empreinte` en fait l’identifiant."""
    feuille = _feuille(*feuilles)
    identifiant = empreinte[:32].encode()
    with _sans_ramasse_miettes():
        octets, pages = _imprimer(Page(html, Actifs(images)), feuille, identifiant, pieces, avancer)
    avancer(95)
    return ResultatPdf(octets, pages, sha256(octets).hexdigest())


def _imprimer(
    page: Page,
    feuille: tuple[FontConfiguration, CSS],
    identifiant: bytes,
    pieces: Sequence[Attachment],
    avancer: Callable[[int], None],
) -> tuple[bytes, int]:
    """Les octets et le nombre de pages."""
    police, regles = feuille
    document = page.render(font_config=police, stylesheets=[regles], pdf_variant=VARIANTE)
    avancer(70)
    document.metadata.attachments = list(pieces)
    octets = document.write_pdf(finisher=_finir, pdf_variant=VARIANTE, pdf_identifier=identifiant)
    return octets, len(document.pages)


@cache
def _feuille(*noms: str) -> tuple[FontConfiguration, CSS]:
    """Lues une fois par processus : polices et feuilles ne changent pas entre deux documents."""
    configuration = FontConfiguration()
    static = Path(settings.BASE_DIR) / "static"
    try:
        polices = {nom: (static / "vendor" / "polices" / nom).read_bytes() for nom in POLICES}
    except FileNotFoundError as erreur:
        raise PoliceAbsente(
            "Les polices du PDF manquent. Lancez « manage.py construire_vendor », puis recommencez."
        ) from erreur
    regles = "\n".join((static / "css" / nom).read_text(encoding="utf-8") for nom in noms)
    feuille = CSS(string=regles, font_config=configuration, url_fetcher=Actifs(polices))
    return configuration, feuille


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Le rendu crée beaucoup d’objets qui vivent jusqu’à la fin : les parcourir coûte 15 %.

    À la fin, le document n’est plus tenu : ramasser la jeune génération, où tout est né, suffit.
    WeasyPrint 70 ne ferme pas son profil de couleurs : l’avertissement est tu, le fichier rendu.
    """
    actif = gc.isenabled()
    gc.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            yield
        finally:
            if actif:
                gc.enable()
            gc.collect(0)


def piece_jointe(nom: str, quoi: str, contenu: bytes, le: date) -> Attachment:
    """Datée du jour des données : l’heure du rendu changerait les octets."""
    moment = datetime.combine(le, time())
    return Attachment(
        string=contenu.decode(), name=nom, description=quoi, created=moment, modified=moment,
        relationship="Data", url_fetcher=Actifs({}),
    )  # fmt: skip


def _pieces_jointes(instantane: Instantane) -> list[Attachment]:
    fichiers = (
        ("donnees.csv", "Chiffres du bilan, pour un tableur", csv_ouvert(instantane)),
        ("donnees.json", "Données du bilan, pour un programme", json_ouvert(instantane)),
    )
    return [piece_jointe(*fichier, instantane.arrete_le) for fichier in fichiers]


def _finir(document: Any, pdf: pydyf.PDF) -> None:
    _marges_en_artefacts(pdf)
    _dire_la_portee_des_entetes(pdf)
    _declarer_pdfua(pdf)
    _citer_une_fois(pdf)


def _dire_la_portee_des_entetes(pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 ne relie pas l’en-tête d’une colonne d’en-têtes : sa portée doit être dite."""
    objets = {objet.reference: objet for objet in pdf.objects}
    for objet in pdf.objects:
        if isinstance(objet, pydyf.Dictionary) and objet.get("S") == "/TH":
            rang = objets[objet["P"]]
            en_tete = objets[rang["P"]].get("S") == "/THead"
            objet["A"]["Scope"] = "/Column" if en_tete else "/Row"


def _citer_une_fois(pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 cite deux fois chaque fichier associé dans le catalogue."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _marges_en_artefacts(pdf: pydyf.PDF) -> None:
    """Déclare artefacts de pagination les textes des marges (numéro de page, titre courant).

    WeasyPrint 70 les écrit comme du contenu sans les relier à l’arbre des balises : tout contenu
    marqué que l’on n’atteint pas depuis la racine est un texte de marge.
    """
    objets = {objet.reference: objet for objet in pdf.objects}
    racine = objets[pdf.catalog["StructTreeRoot"]]
    atteints = _atteints(objets, list(racine["K"]))
    numeros = objets[racine["ParentTree"]]["Nums"]
    for rang, page in enumerate(pdf.pages["Kids"][::3]):
        parents = numeros[2 * rang + 1]
        marges = {mcid for mcid, parent in enumerate(parents) if parent not in atteints}
        for mcid in marges:
            parents[mcid] = "null"
        _declasser(objets[pdf.objects[page]["Contents"]].stream, marges)


def _atteints(objets: Mapping[bytes, Any], pile: list[Any]) -> set[Any]:
    vus: set[Any] = set()
    while pile:
        reference = pile.pop()
        if reference in objets and reference not in vus:
            vus.add(reference)
            pile.extend(objets[reference].get("K", ()))
    return vus


def _declasser(flux: list[Any], marges: set[int]) -> None:
    for rang, operateur in enumerate(flux):
        if operateur == b"BDC" and flux[rang - 1].get("MCID") in marges:
            flux[rang - 2 : rang] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _declarer_pdfua(pdf: pydyf.PDF) -> None:
    """Écrit « PDF/UA-1 » dans l’unique rdf:RDF : les lecteurs stricts ignorent un second bloc."""
    metadonnees = next(o for o in pdf.objects if o.reference == pdf.catalog["Metadata"])
    contenu = b"\n".join(metadonnees.stream)
    debut, fin, suite = contenu.partition(b"</rdf:RDF>")
    if not fin or b"</rdf:RDF>" in suite:
        raise RuntimeError("Les métadonnées du PDF n’ont pas la forme attendue de WeasyPrint 70.")
    metadonnees.stream = [debut + _PDFUA + suite]
