"""L’onglet « Indicateurs » d’une fiche : relier un indicateur suivi, l’en retirer, sans la quitter."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.pages import adresse
from tests.navigateur.test_clavier import avancer_jusqu_a

LIGNES = "tr[id^=ligne-]"


def test_au_clavier_un_indicateur_se_relie_puis_se_retire(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("indicateurs:action", cle))
    avant = page.locator(LIGNES).count()
    message = page.locator("#indicateurs > .enregistre")
    choix = page.get_by_role("combobox", name="Indicateur du contrat")
    choix.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    avancer_jusqu_a(page, "e.textContent.trim() === 'Relier'")
    page.keyboard.press("Enter")
    expect(message).to_contain_text("est relié à cette fiche")
    expect(message).to_be_focused()
    expect(page.locator(LIGNES)).to_have_count(avant + 1)
    onglet = page.get_by_role("navigation", name="La fiche").get_by_text("Indicateurs")
    expect(onglet).to_contain_text(str(avant + 1))
    avancer_jusqu_a(page, "e.textContent.startsWith('Retirer de la fiche')")
    page.keyboard.press("Enter")
    expect(message).to_contain_text("n’est plus relié")
    expect(page.locator(LIGNES)).to_have_count(avant)


@pytest.mark.parametrize("largeur", [1280, 360])
def test_sans_javascript_les_memes_gestes_restent_sur_la_fiche(ouvrir, cle, largeur):
    page = ouvrir(
        "coordinatrice", adresse("indicateurs:action", cle), javascript=False, largeur=largeur
    )
    avant = page.locator(LIGNES).count()
    page.get_by_label("Indicateur du contrat").select_option(index=1)
    page.get_by_role("button", name="Relier").click()
    expect(page.get_by_text("est relié à cette fiche")).to_be_visible()
    expect(page.locator(LIGNES)).to_have_count(avant + 1)
    page.get_by_role("button", name=re.compile("^Retirer de la fiche")).first.click()
    expect(page.get_by_text("Ses valeurs restent dans le contrat")).to_be_visible()
    expect(page.locator(LIGNES)).to_have_count(avant)
    assert page.url.endswith("/indicateurs/")
