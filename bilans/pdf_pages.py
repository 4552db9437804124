"""Les pages d’une partie, telles qu’elles s’imprimeront, en images.

Le même moteur, le même gabarit et la même feuille que le bilan ; PDFium dessine ensuite les pages
du PDF que l’on vient de faire, et ne lit rien d’autre. Ni base, ni réseau, ni disque.
"""

import ctypes
import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.template.loader import render_to_string
from pypdfium2 import raw

from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import fonds
from bilans.mise_en_page.elus import contexte_elus
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.mise_en_page.parties import SectionImpossible
from bilans.mise_en_page.une_partie import Cible, Extrait, extraire
from bilans.pdf import (
    FEUILLES_DES_ELUS,
    FEUILLES_DU_BILAN,
    PoliceAbsente,
    imprimer,
    rendre_elus,
)

GABARIT = "bilans/pdf/pages.html"
FEUILLES = (*FEUILLES_DU_BILAN, "pdf-pages.css")
# Ce que les élus ont à décider ne s’imprime que dans leurs deux pages
DES_ELUS, GABARIT_DES_ELUS = "A_DECIDER", "bilans/pdf/elus.html"
# Deux points d’image par point d’imprimerie : net à l’écran, 100 Ko environ
ECHELLE = 2.0
LARGEUR, HAUTEUR = 1191, 1684
PAGES_AU_PLUS = 12
AVEC_CARTE = frozenset({"CARTE", "COMPRENDRE"})
GENRE, EXTENSION, QUALITE = "image/webp", ".webp", 85
# Un titre si haut (points) ouvre sa page : la partie d’avant n’y est pas
HAUT_DE_PAGE = 842 - 75


def empreinte(instantane: Instantane, quoi: Cible) -> str | None:
    """Change dès que ces pages changeraient ; None si la partie ne s’imprime pas.

    Hors des parties qui la montrent, la carte n’y est pas lue : la liste des communes la dit.
    """
    lu = instantane if quoi.code in AVEC_CARTE else replace(instantane, carte=None)
    extrait = _extrait(lu, quoi, {})
    if extrait is None:
        return None
    gabarit = GABARIT_DES_ELUS if quoi.code == DES_ELUS else GABARIT
    images = (f"{i.sha256} {i.alternative} {i.credit}" for i in instantane.images)
    ecrit = (
        render_to_string(gabarit, extrait.vues), _feuilles(), "\n".join(images),
        "\n".join(instantane.territoire.communes), repr((extrait.de, extrait.avant)),
    )  # fmt: skip
    return sha256("\0".join(ecrit).encode()).hexdigest()


def rendre_pages(
    instantane: Instantane, quoi: Cible, images: Mapping[str, bytes]
) -> tuple[bytes, ...]:
    """Une image par page où se lit la partie, douze au plus ; aucune si elle ne s’imprime pas.

    `images` : les octets par `Image.chemin`. Lève SectionImpossible, qui nomme la section, ou
    PoliceAbsente.
    """
    sures = images_sures(instantane, images)
    extrait = _extrait(instantane, quoi, sures)
    if extrait is None:
        return ()
    if quoi.code == DES_ELUS:
        return tuple(_dessinees(rendre_elus(instantane, images).octets, extrait))
    try:
        html = render_to_string(GABARIT, extrait.vues)
        fichiers = {**fonds(instantane), **sures}
        with _sans_dire_les_renvois():
            fait = imprimer(html, fichiers, empreinte=instantane.empreinte(), feuilles=FEUILLES)
        return tuple(_dessinees(fait.octets, extrait))
    except PoliceAbsente:
        raise
    except Exception as erreur:
        raise SectionImpossible(extrait.titre) from erreur


def _extrait(instantane: Instantane, quoi: Cible, sures: Mapping[str, bytes]) -> Extrait | None:
    if quoi.code != DES_ELUS:
        return extraire(instantane, contexte(instantane, adresser(sures)), quoi)
    if instantane.textes.a_decider is None:
        return None
    return Extrait("Deux pages pour les élus", contexte_elus(instantane), ("a-decider",))


@cache
def _feuilles() -> str:
    dossier = Path(settings.BASE_DIR) / "static" / "css"
    noms = dict.fromkeys((*FEUILLES, *FEUILLES_DES_ELUS))
    return "\n".join((dossier / nom).read_text(encoding="utf-8") for nom in noms)


@contextmanager
def _sans_dire_les_renvois() -> Iterator[None]:
    """Un renvoi vers une partie qui n’est pas de l’extrait n’est pas une erreur à journaliser."""
    journal = logging.getLogger("weasyprint")
    journal.addFilter(_n_est_pas_un_renvoi)
    try:
        yield
    finally:
        journal.removeFilter(_n_est_pas_un_renvoi)


def _n_est_pas_un_renvoi(ligne: logging.LogRecord) -> bool:
    return "anchor" not in str(ligne.msg)


def _dessinees(octets: bytes, extrait: Extrait) -> Iterator[bytes]:
    with pypdfium2.PdfDocument(octets) as document:
        for rang in _ou_se_lit(document, extrait)[:PAGES_AU_PLUS]:
            page = document[rang]
            dessin = page.render(scale=ECHELLE, draw_annots=False)
            tampon = io.BytesIO()
            dessin.to_pil().save(tampon, "WEBP", quality=QUALITE, method=2)
            dessin.close()
            page.close()
            yield tampon.getvalue()


def _ou_se_lit(document: pypdfium2.PdfDocument, extrait: Extrait) -> range:
    """De la page où la partie commence à celle où finit son dernier mot."""
    debut = min((page for page, _ in _places(document, extrait.de)), default=0)
    # La plus proche : la page d’abord, puis la plus haute sur la page
    suite = min(_places(document, extrait.avant), key=lambda p: (p[0], -p[1]), default=None)
    if suite is None:
        return range(debut, len(document))
    page, hauteur = suite
    return range(debut, page if hauteur >= HAUT_DE_PAGE and page > debut else page + 1)


def _places(document: pypdfium2.PdfDocument, ancres: Iterable[str]) -> Iterator[tuple[int, float]]:
    """(page, hauteur en points depuis le bas) de chaque ancre que le document porte."""
    for ancre in ancres:
        but = raw.FPDF_GetNamedDestByName(document, ancre.encode())
        if but:
            ici = [raw.FPDF_BOOL() for _ in range(3)]
            x, y, zoom = raw.FS_FLOAT(), raw.FS_FLOAT(), raw.FS_FLOAT()
            references = [ctypes.byref(valeur) for valeur in (*ici, x, y, zoom)]
            raw.FPDFDest_GetLocationInPage(but, *references)
            yield raw.FPDFDest_GetDestPageIndex(document, but), y.value
