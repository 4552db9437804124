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
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import fonds
from bilans.mise_en_page.elus import DENSITES, PAGES_DES_ELUS, contexte_elus
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.mise_en_page.parties import SectionImpossible, une_par_une
from bilans.pdf_base import feuille_de_base
from bilans.pdf_dessins import composer_d_un_trait
from bilans.pdf_finitions import finir
from bilans.pdf_numeros import numeroter
from bilans.pdf_sens import orienter
from cls_platform.socle.svg.trace import sans_interdits

VARIANTE = "pdf/a-3a"
SCHEME = "cls:"
FEUILLES_DU_BILAN = ("pdf.css",)
FEUILLES_DES_ELUS = ("pdf.css", "pdf-elus.css")
_GRAISSES = ("400", "400-italique", "600", "700", "800")
# Les dernières ne servent, et n’entrent dans le PDF, que si un texte a besoin d’elles
POLICES = (
    *(f"atkinson-hyperlegible-next-{graisse}.ttf" for graisse in _GRAISSES),
    "rubik-400.ttf", "rubik-700.ttf",
    "noto-sans-hebrew-400.ttf", "noto-sans-hebrew-700.ttf",
    "noto-emoji-400.ttf",
)  # fmt: skip
GENRES = {".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".ttf": "font/ttf"}

composer_d_un_trait()


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
        genre = GENRES[Path(nom).suffix]
        return URLFetcherResponse(url, self._fichiers[nom], {"Content-Type": genre})


class Page(HTML):
    """Le gabarit est du XML bien formé : l’analyseur de Python le lit vingt fois plus vite.

    WeasyPrint 70 analyse le HTML en Python pur ; on lui donne l’arbre tout fait.
    """

    wrapper_element: Any

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        # Le gabarit vient du projet, les textes y sont échappés : ni DTD, ni entité.
        racine = ElementTree.fromstring(sans_interdits(html))  # noqa: S314  (SVG ou gabarit du projet)
        orienter(racine, html)
        super().__init__(string="", base_url=SCHEME, url_fetcher=url_fetcher)
        self.wrapper_element = self.wrapper_element.from_html_root(racine, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002  (signature de WeasyPrint)
        return [feuille_de_base()]


def rendre(
    instantane: Instantane,
    images: Mapping[str, bytes] = MappingProxyType({}),
    *,
    avancer: Callable[[int], None] = lambda _pourcentage: None,
) -> ResultatPdf:
    """Le bilan public. `images` : les octets par `Image.chemin` ; une absente ne paraît pas.

    Lève SectionImpossible, qui nomme la section, ou PoliceAbsente si `static/vendor/polices` n’est
    pas construit. `avancer` reçoit la progression, de 0 à 100.
    """
    avancer(5)
    sures = images_sures(instantane, images)
    vues = contexte(instantane, adresser(sures))
    return _du_bilan(instantane, "bilans/pdf/bilan.html", vues, sures, FEUILLES_DU_BILAN, avancer)


def rendre_elus(
    instantane: Instantane,
    images: Mapping[str, bytes] = MappingProxyType({}),
    *,
    avancer: Callable[[int], None] = lambda _pourcentage: None,
) -> ResultatPdf:
    """L’essentiel en deux pages, jamais plus : ce qui ne tient pas est dans le bilan complet.

    Lève comme `rendre`.
    """
    avancer(5)
    sures = images_sures(instantane, images)
    for densite in DENSITES:
        vues = contexte_elus(instantane, densite)
        resultat = _du_bilan(
            instantane, "bilans/pdf/elus.html", vues, sures, FEUILLES_DES_ELUS, avancer
        )
        if resultat.pages <= PAGES_DES_ELUS:
            break
    return resultat


def _du_bilan(
    instantane: Instantane,
    gabarit: str,
    vues: dict[str, Any],
    images: Mapping[str, bytes],
    feuilles: tuple[str, ...],
    avancer: Callable[[int], None],
) -> ResultatPdf:
    fichiers = {**fonds(instantane), **images}
    try:
        html = render_to_string(gabarit, vues)
        avancer(20)
        return imprimer(
            html, fichiers, empreinte=instantane.empreinte(), feuilles=feuilles,
            pieces=_pieces_jointes(instantane), avancer=avancer,
        )  # fmt: skip
    except PoliceAbsente:
        raise
    except Exception as erreur:
        raise SectionImpossible(_coupable(gabarit, vues, fichiers, feuilles)) from erreur


def _coupable(
    gabarit: str, vues: dict[str, Any], fichiers: Mapping[str, bytes], feuilles: tuple[str, ...]
) -> str:
    """La première section qui, imprimée seule, échoue aussi ; sinon le document entier."""
    police, regles = _feuille(*feuilles)
    for titre, seules in une_par_une(vues):
        try:
            page = Page(render_to_string(gabarit, seules), Actifs(fichiers))
            page.render(font_config=police, stylesheets=[regles], pdf_variant=VARIANTE)
        except Exception:  # noqa: BLE001  (on cherche qui échoue, quelle que soit l’erreur)
            return titre
    return "Le document entier"


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
    numeroter(document)
    document.metadata.attachments = list(pieces)
    octets = document.write_pdf(finisher=finir, pdf_variant=VARIANTE, pdf_identifier=identifiant)
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
