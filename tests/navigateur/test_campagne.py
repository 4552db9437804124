"""Le bilan de l’année suivante existe en trois clics au plus, large ou étroit, avec ou sans script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde

VOISIN = "SELECT id FROM contrats_contrat WHERE slug = 'essai-coteaux'"
TABLEAU = "/espace/regions/53/campagnes/"


def au_rail(page: Page, piece: str, *, largeur: int) -> int:
    """Choisit une pièce du rail ; rend le nombre de clics : au téléphone, le menu d’abord."""
    etroit = largeur < 768
    if etroit:
        page.locator(".barre details.menu > summary").click()
    lieu = page.locator(".menu-liste" if etroit else ".cadre > nav, .cadre > aside, .cadre > .rail")
    lieu.get_by_role("link", name=re.compile(f"^{piece}")).first.click()
    return 2 if etroit else 1


@pytest.mark.parametrize(
    ("largeur", "javascript"), [(1280, True), (360, True), (1280, False), (360, False)]
)
def test_du_contrat_au_bilan_de_l_annee_suivante(
    ouvrir: Callable[..., Page], cle: Callable[[str], str], largeur: int, javascript: bool
) -> None:
    """Chaque passage ouvre l’année suivante : 2025, puis 2026 ; ensuite, le bilan se continue."""
    chemin = f"/espace/contrats/{cle(VOISIN)}/"
    page = ouvrir("voisine", chemin, largeur=largeur, javascript=javascript)
    clics = au_rail(page, "Bilans", largeur=largeur)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilans")
    assert not deborde(page)
    commencer = page.get_by_role("button", name=re.compile("^Commencer le bilan"))
    if commencer.count() == 0:
        assert page.get_by_role("link", name=re.compile("^Bilan 202")).count() >= 3
        return
    annee = commencer.inner_text().split()[-1]
    commencer.click()
    assert clics + 1 <= 3
    expect(page.get_by_role("heading", level=1)).to_contain_text(annee)


@pytest.mark.parametrize("largeur", [1280, 360])
def test_l_agence_voit_qui_en_est_ou_et_filtre_sans_script(
    ouvrir: Callable[..., Page], largeur: int
) -> None:
    page = ouvrir("agent_ars", TABLEAU, largeur=largeur, javascript=False)
    lignes = page.locator("table.campagne tbody tr")
    total = lignes.count()
    puce = page.locator(".puces a").first
    etape = puce.inner_text().rsplit(maxsplit=1)[0]
    puce.click()
    expect(page).to_have_url(re.compile("etape="))
    expect(lignes.first).to_contain_text(etape)
    assert lignes.count() <= total
    for taille in (largeur, 820):
        page.set_viewport_size({"width": taille, "height": 900})
        assert not deborde(page)


def test_une_campagne_se_prolonge_sur_une_page(
    ouvrir: Callable[..., Page], cle: Callable[[str], str]
) -> None:
    """Une date moins tardive revient avec sa phrase, à côté de ce qui a été tapé."""
    campagne: Any = cle("SELECT id FROM bilans_campagne WHERE region_id = '53'")
    page = ouvrir("agent_ars", f"/espace/campagnes/{campagne}/prolonger/")
    champ = page.get_by_label("Nouvelle date de remise")
    champ.fill("01/01/2020")
    page.get_by_role("button", name="Prolonger").click()
    expect(page.get_by_role("alert").first).to_contain_text("Choisissez une date après le")
    expect(champ).to_have_value("01/01/2020")
