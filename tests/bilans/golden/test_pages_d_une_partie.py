"""Les pages d’une partie seule sont celles du bilan entier : mêmes coupures, mêmes mots, en images."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image as Lecteur
from PIL import ImageChops, ImageStat

from bilans import pdf, pdf_pages
from bilans.mise_en_page.parties import SectionImpossible
from bilans.mise_en_page.une_partie import Cible, cible
from bilans.pdf import rendre
from bilans.pdf_pages import PAGES_AU_PLUS, empreinte, rendre_pages
from tests.bilans.golden.cas import CAS, Cas, complet

# Le numéro de page et le titre courant changent de côté d’une page à l’autre : ils ne comptent pas
PIED = 0.93
# Au-delà de cet écart moyen (sur 255), deux pages ne montrent pas la même chose
ECART = 4.0


def etalon() -> Cas:
    """Le bilan complet, chaque volet d’un axe à lui comme dans la base."""
    bilan, images = complet()
    volets = (replace(volet, cle=f"axe-{n}") for n, volet in enumerate(bilan.volets, start=1))
    return replace(bilan, volets=tuple(volets)), images


@pytest.fixture(scope="module")
def entier() -> list[Lecteur.Image]:
    with pypdfium2.PdfDocument(rendre(*etalon()).octets) as document:
        return [_sans_pied(page.render(scale=pdf_pages.ECHELLE).to_pil()) for page in document]


def _sans_pied(page: Lecteur.Image) -> Lecteur.Image:
    grise = page.convert("L").resize((595, 842))
    return grise.crop((0, 0, 595, int(842 * PIED)))


def _lue(octets: bytes) -> Lecteur.Image:
    with Lecteur.open(io.BytesIO(octets)) as image:
        assert (image.format, image.size) == ("WEBP", (pdf_pages.LARGEUR, pdf_pages.HAUTEUR))
        return _sans_pied(image)


def _ou(page: Lecteur.Image, entier: list[Lecteur.Image]) -> int:
    """Le rang de la page du bilan qui lui ressemble ; -1 si aucune."""
    ecarts = [ImageStat.Stat(ImageChops.difference(page, autre)).mean[0] for autre in entier]
    meilleur = min(ecarts)
    return ecarts.index(meilleur) if meilleur < ECART else -1


def _volets() -> list[str]:
    return [f"volet-{volet.cle}" for volet in etalon()[0].volets]


SECTIONS = [
    "EDITO", "COMPRENDRE", "CHIFFRES_CLES", "AVANCEMENT", "ZOOM", "DIFFICULTES", "BUDGET",
    "PARTICIPATION", "PERSPECTIVES", "PARTENAIRES", "GLOSSAIRE", "CONTACT",
]  # fmt: skip


@pytest.mark.parametrize("code", [*SECTIONS, *_volets()])
def test_chaque_page_de_l_apercu_est_une_page_du_bilan(
    code: str, entier: list[Lecteur.Image]
) -> None:
    bilan, images = etalon()
    rangs = [_ou(_lue(page), entier) for page in rendre_pages(bilan, cible(code), images)]
    assert rangs
    assert -1 not in rangs, rangs
    assert rangs == list(range(rangs[0], rangs[0] + len(rangs)))


def test_deux_parties_qui_se_suivent_ne_laissent_aucune_page_entre_elles(
    entier: list[Lecteur.Image],
) -> None:
    bilan, images = etalon()
    vues: set[int] = set()
    for code in (*SECTIONS, *_volets()):
        vues |= {_ou(_lue(page), entier) for page in rendre_pages(bilan, cible(code), images)}
    # La couverture n’est la page d’aucune partie, ni une page laissée blanche
    ecrites = {n for n, page in enumerate(entier) if n and ImageStat.Stat(page).stddev[0]}
    assert vues == ecrites


def test_une_partie_sans_rien_a_dire_n_a_pas_de_page() -> None:
    bilan, images = complet()
    sans = replace(bilan, textes=replace(bilan.textes, zoom=None))
    for code in ("ZOOM", "INDICATEURS", "volet-inconnu"):
        assert rendre_pages(sans, cible(code), images) == ()
        assert empreinte(sans, cible(code)) is None


def test_la_carte_se_lit_avec_ce_qu_est_un_contrat() -> None:
    bilan, images = complet()
    assert rendre_pages(bilan, Cible("CARTE"), images) == rendre_pages(
        bilan, Cible("COMPRENDRE"), images
    )


def test_l_empreinte_ne_change_que_si_ces_pages_changent() -> None:
    bilan, _ = complet()
    zoom, avant = bilan.textes.zoom, empreinte(bilan, cible("ZOOM"))
    assert zoom is not None
    autre = replace(zoom, texte="Tout autre chose.")
    recrit = replace(bilan, textes=replace(bilan.textes, zoom=autre))
    assert empreinte(recrit, cible("ZOOM")) != avant
    assert empreinte(recrit, cible("BUDGET")) == empreinte(bilan, cible("BUDGET"))
    assert empreinte(replace(bilan, carte=None), cible("ZOOM")) == avant


def test_un_volet_de_deux_cents_actions_montre_douze_pages_au_plus() -> None:
    bilan, images = CAS["deux-cents-actions"]()
    assert 0 < len(rendre_pages(bilan, Cible("VOLETS"), images)) <= PAGES_AU_PLUS


def test_une_partie_que_le_moteur_refuse_est_nommee(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(self: pdf.Page, *args: object, **options: object) -> object:
        raise MemoryError

    monkeypatch.setattr(pdf.Page, "render", render)
    bilan, images = complet()
    with pytest.raises(SectionImpossible, match="Zoom sur une action"):
        rendre_pages(bilan, cible("ZOOM"), images)
