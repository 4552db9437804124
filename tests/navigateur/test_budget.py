"""L’argent : un écart entre budget et financements se dit, et se referme ; qui finance quoi."""

from playwright.sync_api import Page, expect

from tests.navigateur.pages import adresse


def remplir(page: Page, textes: dict[str, str], choix: dict[str, str]) -> None:
    for nom, valeur in choix.items():
        page.get_by_role("combobox", name=nom).first.select_option(label=valeur)
    for nom, valeur in textes.items():
        page.get_by_role("textbox", name=nom).fill(valeur)
    page.get_by_role("button", name="Enregistrer").click()


def test_un_ecart_se_dit_puis_se_referme(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action_budget", cle))
    page.get_by_role("link", name="Ajouter une dépense").click()
    remplir(page, {"Année": "2026", "Prévu": "8000"}, {"Nature": "Prestation"})
    alerte = page.get_by_text("aucun financement en face de 8")
    expect(alerte).to_be_visible()
    page.get_by_role("link", name="Ajouter un financement").click()
    mission = page.get_by_role("combobox", name="Mission du FIR")
    expect(mission).to_be_hidden()
    page.get_by_role("combobox", name="Financeur").select_option(value="fir")
    expect(mission).to_be_visible()
    mission.select_option(index=1)
    remplir(page, {"Année": "2026", "Accordé": "8 000 €"}, {"État": "Accordé"})
    expect(alerte).to_have_count(0)
    page.goto(adresse("contrats:plan_budget", cle))
    expect(page.locator("svg.g-flux").first).to_be_visible()
    tableau = page.get_by_role("table", name="Qui finance quoi")
    expect(tableau.get_by_role("row", name="fonds d’intervention").first).to_contain_text("8")
