"""Modifier en lot dans un vrai navigateur : au clavier seul, puis sans JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import focus_est_visible
from tests.navigateur.pages import adresse
from tests.navigateur.test_clavier import avancer_jusqu_a

FICHES = 'input[form="lot"][name="fiche"]'


def statuts(site, statut: str) -> int:
    ((nombre,),) = site.sql(
        "SELECT count(*) FROM contrats_action a JOIN contrats_contrat c ON c.id = a.contrat_id"
        " WHERE c.slug = 'essai-cornouaille' AND a.statut = %s",
        statut,
    )
    return nombre


def fiches_du_premier_axe(site) -> int:
    """D’autres essais y déplacent des fiches : on les compte."""
    ((nombre,),) = site.sql(
        "SELECT count(*) FROM contrats_action a JOIN contrats_axe x ON x.id = a.axe_id"
        " JOIN contrats_contrat c ON c.id = a.contrat_id"
        " WHERE c.slug = 'essai-cornouaille' AND x.numero = '1' AND a.corbeille_le IS NULL",
    )
    return nombre


def atteindre_le_bouton(page: Page, mot: str) -> None:
    avancer_jusqu_a(page, f"e.tagName === 'BUTTON' && e.textContent.includes('{mot}')")


def test_un_axe_se_coche_se_modifie_et_s_annule_au_clavier(ouvrir, cle, site):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    avant, toutes = statuts(site, "EN_PAUSE"), fiches_du_premier_axe(site)
    avancer_jusqu_a(page, "e.name === 'axe'")
    assert focus_est_visible(page)
    page.keyboard.press("Space")
    expect(page.locator("[data-cls-compte]")).to_have_text(f"{toutes} fiches cochées")
    page.keyboard.press("Tab")
    avancer_jusqu_a(page, "e.name === 'fiche'")
    page.keyboard.press("Space")
    expect(page.locator("[data-cls-compte]")).to_have_text(f"{toutes - 1} fiches cochées")
    atteindre_le_bouton(page, "Modifier en lot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Modifier {toutes - 1}\u00a0fiches")

    avancer_jusqu_a(page, "e.name === 'statut'")
    page.keyboard.type("En pause")
    atteindre_le_bouton(page, "Relire")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rien n’est encore écrit.")).to_be_visible()
    assert statuts(site, "EN_PAUSE") == avant

    atteindre_le_bouton(page, f"Modifier ces {toutes - 1} fiches")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lot écrit")
    assert statuts(site, "EN_PAUSE") == avant + toutes - 1
    atteindre_le_bouton(page, f"Annuler ces {toutes - 1} modifications")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lot annulé")
    assert statuts(site, "EN_PAUSE") == avant


@pytest.mark.parametrize("largeur", [1280, 360])
def test_les_filtrees_se_modifient_sans_javascript(ouvrir, cle, site, largeur):
    chemin = f"{adresse('contrats:plan', cle)}?statut=REALISEE"
    page = ouvrir("coordinatrice", chemin, javascript=False, largeur=largeur)
    page.get_by_label(re.compile("Les .* filtrées")).check()
    page.get_by_role("button", name="Modifier en lot").click()
    page.get_by_role("combobox", name="Priorité").select_option("BAS")
    page.get_by_role("button", name="Relire avant d’écrire").last.click()
    page.get_by_role("button", name=re.compile("Modifier ces .* fiches")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lot écrit")
    page.get_by_role("button", name=re.compile("Annuler ces .* modifications")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lot annulé")


def test_tout_se_coche_et_une_plage_aussi(ouvrir, cle):
    page = ouvrir("coordinatrice", f"{adresse('contrats:plan', cle)}?vue=tableau")
    page.locator("[data-cls-tout-cocher]").check()
    total = page.locator(FICHES).count()
    expect(page.locator(f"{FICHES}:checked")).to_have_count(total)
    page.locator(FICHES).first.uncheck()
    assert page.locator("[data-cls-tout-cocher]").evaluate("e => e.indeterminate")
    expect(page.locator("[data-cls-compte]")).to_have_text(f"{total - 1} fiches cochées")
    page.locator(FICHES).nth(2).uncheck()
    page.locator(FICHES).nth(0).click(modifiers=["Shift"])
    expect(page.locator(f"{FICHES}:checked")).to_have_count(total)
