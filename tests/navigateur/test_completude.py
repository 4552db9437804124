"""La complétude : un clic mène au champ qui manque."""

from playwright.sync_api import expect

from tests.navigateur.pages import adresse


def test_du_plan_au_champ_qui_manque_en_un_clic(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:completude", cle))
    rangee = page.get_by_role("row").filter(has=page.get_by_role("link", name="publics")).first
    fiche = rangee.get_by_role("rowheader").inner_text()
    rangee.get_by_role("link", name="publics").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publics")
    page.get_by_role("checkbox").first.check()
    with page.expect_navigation():  # l’enregistrement fini, non coupé par la page suivante
        page.get_by_role("button", name="Enregistrer").click()
    page.goto(adresse("contrats:completude", cle))
    complete = page.get_by_role("row").filter(has=page.get_by_role("link", name=fiche, exact=True))
    expect(complete.get_by_role("link", name="publics")).to_have_count(0)


def test_sur_la_fiche_le_manque_ouvre_son_editeur_sur_place(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action", cle))
    page.locator("#completude").get_by_role("link", name="Moyens").click()
    saisie = page.locator("[id^=champ-moyens-] textarea")
    expect(saisie).to_be_focused()
    saisie.fill("Une salle prêtée par la commune.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[id^=champ-moyens-]").get_by_text("Enregistré à")).to_be_visible()
    expect(page.locator("#completude").get_by_role("link", name="Moyens")).to_have_count(0)
