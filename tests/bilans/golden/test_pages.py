"""Les bilans étalons, page par page : leur nombre, les volets à gauche, les numéros du sommaire."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pymupdf
import pytest
from weasyprint import HTML

from bilans import pdf
from bilans.mise_en_page import contexte
from bilans.mise_en_page.images_sures import adresser, images_sures
from bilans.mise_en_page.pagination import PAGES_D_UN_BILAN
from bilans.pdf import Page, rendre
from tests.bilans import exemples
from tests.bilans.golden.cas import CAS, Cas, complet

# Des mots de trois cents lettres ne se prévoient pas à une page près
PREVISIBLES = [nom for nom in CAS if nom != "mots-sans-fin"]


@pytest.fixture(scope="module", params=CAS)
def nom(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def cas(nom: str) -> Cas:
    return CAS[nom]()


@pytest.fixture(scope="module")
def document(cas: Cas) -> Iterator[pymupdf.Document]:
    with pymupdf.open(stream=rendre(*cas).octets) as ouvert:
        yield ouvert


def debuts(document: pymupdf.Document) -> dict[str, int]:
    """La page où commence chaque volet."""
    ancres = document.resolve_names()
    return {nom: lieu["page"] + 1 for nom, lieu in ancres.items() if nom.startswith("volet-")}


def test_un_bilan_tient_en_vingt_quatre_pages(document: pymupdf.Document) -> None:
    assert len(document) <= PAGES_D_UN_BILAN


def test_chaque_volet_prend_les_pages_prevues(
    nom: str, cas: Cas, document: pymupdf.Document
) -> None:
    if nom not in PREVISIBLES:
        pytest.skip("un mot sans fin ne se mesure pas d’avance")
    bilan, images = cas
    volets = contexte(bilan, adresser(images_sures(bilan, images)))["volets"]
    lus = list(debuts(document).values())
    assert [b - a for a, b in pairwise(lus)] == [v.pages for v in volets[:-1]]


@pytest.mark.parametrize(
    ("etalon", "a_gauche"),
    [("complet", {"volet-1", "volet-2"}), ("zero-et-soixante-actions", {"volet-2"}),
     ("deux-cents-actions", {f"volet-{n}" for n in range(1, 9)})],
)  # fmt: skip
def test_un_volet_de_deux_pages_commence_a_gauche(etalon: str, a_gauche: set[str]) -> None:
    with pymupdf.open(stream=rendre(*CAS[etalon]()).octets) as ouvert:
        lus = debuts(ouvert)
    assert {nom for nom, page in lus.items() if page % 2 == 0} >= a_gauche


def test_aucune_page_n_est_blanche(document: pymupdf.Document) -> None:
    assert [page.number + 1 for page in document if len(page.get_text().split()) < 12] == []


def test_le_sommaire_dit_la_page_ou_mene_chaque_lien(document: pymupdf.Document) -> None:
    vus = 0
    for page in list(document)[1:3]:
        nombres = [mot for mot in page.get_text("words") if mot[4].isdigit()]
        for lien in page.get_links():
            but = document.resolve_names().get(lien.get("nameddest", ""), lien)["page"]
            ligne = lien["from"]
            devant = [m for m in nombres if m[2] <= ligne.x0 + 1 and abs(m[1] - ligne.y0) < 9
                      and ligne.x0 - m[0] < 40]  # fmt: skip
            if lien["kind"] != pymupdf.LINK_URI and devant:
                assert int(devant[0][4]) == but + 1
                vus += 1
    assert vus >= 1


def test_un_renvoi_dit_la_page_des_difficultes() -> None:
    with pymupdf.open(stream=rendre(*complet()).octets) as ouvert:
        page = ouvert.resolve_names()["difficile"]["page"] + 1
        assert f"plus loin (page\u00a0{page})." in ouvert[4].get_text().replace("\n", " ")


def test_sans_la_partie_des_difficultes_rien_n_y_renvoie() -> None:
    bilan, images = complet()
    sections = tuple(code for code in bilan.sections if code != "DIFFICULTES")
    with pymupdf.open(stream=rendre(replace(bilan, sections=sections), images).octets) as ouvert:
        lu = "".join(page.get_text() for page in ouvert)
    assert "pris du retard." in lu.replace("\n", " ")
    assert "plus loin" not in lu


class PageDuMoteur(Page):
    """La même page, avec la feuille de base de WeasyPrint."""

    _ua_stylesheets = HTML._ua_stylesheets


def test_la_feuille_de_base_compose_comme_celle_du_moteur(monkeypatch: pytest.MonkeyPatch) -> None:
    bilan = exemples.instantane()
    avec_la_notre = rendre(bilan).octets
    monkeypatch.setattr(pdf, "Page", PageDuMoteur)
    avec_la_sienne = rendre(bilan).octets
    assert _mots(avec_la_notre) == _mots(avec_la_sienne)


def _mots(octets: bytes) -> list[list[tuple[float, float, str]]]:
    with pymupdf.open(stream=io.BytesIO(octets)) as ouvert:
        return [[(m[0], m[1], m[4]) for m in page.get_text("words")] for page in ouvert]
