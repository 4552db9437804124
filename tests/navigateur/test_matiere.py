"""Reprendre ce que le contrat sait déjà, dire ce qu’une annonce est devenue, comparer deux bilans."""

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde, violations
from tests.navigateur.test_ecrire_bilan import BILAN

NOTE = "Deux permanences au marché, sans rendez-vous."


@pytest.fixture
def partie(cle):
    """`partie("EDITO", "matiere/")` : une adresse de cette partie."""
    return lambda code, suite="": f"/espace/bilans/{cle(BILAN)}/ecrire/{code}/{suite}"


def zone(page: Page):
    return page.get_by_role("textbox", name="Texte")


def reprendre(page: Page):
    return page.locator(f'button[name=reprendre][value="{NOTE}"]').first


def test_reprendre_a_cote_du_texte_garde_ce_que_l_on_vient_de_taper(ouvrir, partie):
    page = ouvrir("coordinatrice", partie("EDITO", "?cote=matiere"))
    expect(page.get_by_role("heading", name="Proposition")).to_be_visible()
    page.locator("summary", has_text="Ce qui a été fait").click()
    zone(page).fill("Je tape ceci.")
    reprendre(page).click()
    expect(zone(page)).to_have_value(f"Je tape ceci.\n\n{NOTE}")
    assert not violations(page)


def test_sans_javascript_la_matiere_se_lit_et_se_reprend(ouvrir, partie):
    page = ouvrir("coordinatrice", partie("EDITO", "?cote=matiere"), javascript=False)
    avant = zone(page).input_value()
    page.get_by_role("link", name="Matière : ouvrir dans sa page").click()
    page.locator("summary", has_text="Ce qui a été fait").click()
    reprendre(page).click()
    assert zone(page).input_value().replace("\r\n", "\n").startswith(avant.replace("\r\n", "\n"))
    assert NOTE in zone(page).input_value()


def test_au_telephone_on_dit_ce_qu_une_annonce_est_devenue(ouvrir, cle):
    page = ouvrir("coordinatrice", f"/espace/bilans/{cle(BILAN)}/annonces/", largeur=360)
    assert not deborde(page)
    page.get_by_role("link", name="Dire ce que c’est devenu").first.click()
    page.get_by_label("C’est reporté").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites en une phrase")
    page.get_by_label("En une phrase").fill("Le lieu ouvrira en mai 2027.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le lieu ouvrira en mai 2027.")).to_be_visible()
    assert not violations(page)
