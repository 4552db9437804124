"""Les matrices : une case compte des fiches, et y mène."""

import re

from playwright.sync_api import expect

from tests.navigateur.pages import adresse


def test_une_case_mene_a_autant_de_fiches_qu_elle_en_compte(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle) + "?vue=matrices")
    case = page.get_by_role("table", name="Thèmes et publics").locator("td a").first
    nombre = int(case.inner_text())
    case.click()
    expect(page.get_by_text(f"{nombre} fiche").first).to_be_visible()
    expect(page).to_have_url(re.compile("theme="))
