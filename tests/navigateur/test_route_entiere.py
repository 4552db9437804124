"""La route entière : se connecter, modifier une action, publier le bilan, le corriger, le retirer."""

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.conftest import connecter

CONTRAT = "Contrat d’essai de Cornouaille"


@pytest.fixture
def page(ouvrir) -> Page:
    return ouvrir()


def test_de_la_connexion_au_bilan_publie_puis_corrige_puis_retire(page, ouvrir, site):
    connecter(page, site, "coordinatrice")
    page.get_by_role("link", name=CONTRAT).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan d’actions")

    modifier_le_titre(page, "Ouvrir une permanence chaque mardi")
    saisir_une_valeur(page, "318")
    lu = faire_le_pdf(page)
    publier(page)

    public = telecharger_en_inconnu(ouvrir)
    assert public == lu, "ce que chacun télécharge est ce que la coordinatrice a relu"
    assert lu.startswith(b"%PDF-")
    ((publies,),) = site.sql(
        "SELECT count(*) FROM bilans_bilan WHERE annee = 2025 AND statut = 'PUBLIE'"
    )
    assert publies == 1

    corriger(page, "Une élue fictive corrige une faute.", note="Une faute dans le mot de l’élue.")
    lire_les_deux_editions(ouvrir, "Une élue fictive corrige une faute.")
    retirer(page, "Essai de retrait.")
    for adresse in ("", "version/1/", "version/2/bilan.pdf", "donnees.csv"):
        lue = ouvrir("anonyme", "/").request.get(f"/bilans/essai-cornouaille/2025/{adresse}")
        assert lue.status == 410, adresse
        assert "Essai de retrait." in lue.text()


def modifier_le_titre(page: Page, titre: str) -> None:
    """En place, au clavier, sans quitter la fiche."""
    page.locator("table a.titre").first.click()
    champ = (
        page.locator("[data-cls-champ]")
        .filter(has=page.get_by_role("button", name="Modifier : Titre"))
        .first
    )
    champ.get_by_role("button").first.click()
    saisie = page.get_by_role("textbox", name="Titre")
    saisie.fill(titre)
    saisie.press("Enter")
    expect(page.get_by_text("Enregistré").first).to_be_visible()
    page.reload()
    expect(page.get_by_text(titre).first).to_be_visible()


def saisir_une_valeur(page: Page, valeur: str) -> None:
    page.get_by_role("link", name="Indicateurs").first.click()
    case = page.locator("input.case-valeur").first
    case.fill(valeur)
    case.press("Tab")
    expect(page.get_by_text("Enregistré à").first).to_be_visible()


def faire_le_pdf(page: Page) -> bytes:
    page.get_by_role("link", name="Bilans").first.click()
    page.get_by_text("Une autre année").click()
    page.get_by_label("Année du bilan").select_option("2025")
    page.get_by_role("button", name="Ouvrir ce bilan").click()
    page.get_by_role("button", name="Demander le PDF").first.click()
    lien = page.get_by_role("link", name="Lire le PDF")
    lien.wait_for(timeout=60_000)
    return page.request.get(lien.get_attribute("href")).body()


def publier(page: Page) -> None:
    """Ce qui n’empêche pas de publier se confirme d’une coche."""
    page.get_by_role("link", name="Vérifier et publier").first.click()
    page.locator("main input[type=checkbox]").check()
    page.get_by_role("button", name="Publier le bilan").click()
    expect(page.get_by_text("Le bilan est public")).to_be_visible()


def telecharger_en_inconnu(ouvrir) -> bytes:
    page = ouvrir("anonyme", "/bilans/essai-cornouaille/2025/")
    lien = page.get_by_role("link", name="Télécharger").first
    return page.request.get(lien.get_attribute("href")).body()


def corriger(page: Page, mot: str, *, note: str) -> None:
    """L’édition 2 reprend tout ; un mot change, le PDF se refait, la page dit ce qui est corrigé."""
    page.get_by_role("button", name="Ouvrir une correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilan 2025, édition 2")
    correction = page.url
    page.get_by_role("link", name="Le mot de l’élu").click()
    page.locator("textarea[name=texte]").fill(mot)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré à").first).to_be_visible()
    page.goto(correction)
    page.get_by_role("button", name="Demander le PDF").first.click()
    page.get_by_role("link", name="Lire le PDF").wait_for(timeout=60_000)
    page.get_by_role("link", name="Vérifier et publier").first.click()
    page.locator("main input[type=checkbox]").check()
    page.get_by_role("button", name="Publier le bilan").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites ce que cette édition corrige")
    page.get_by_label("Ce que cette édition corrige").fill(note)
    page.locator("main input[type=checkbox]").check()
    page.get_by_role("button", name="Publier le bilan").click()
    expect(page.get_by_text("Le bilan est public")).to_be_visible()


def lire_les_deux_editions(ouvrir, mot: str) -> None:
    derniere = ouvrir("anonyme", "/bilans/essai-cornouaille/2025/")
    expect(derniere.get_by_text(mot)).to_be_visible()
    expect(derniere.get_by_text("Une faute dans le mot de l’élue.").first).to_be_visible()
    ancienne = ouvrir("anonyme", "/bilans/essai-cornouaille/2025/version/1/")
    expect(ancienne.get_by_text("Cette édition n’est plus la dernière.")).to_be_visible()
    expect(ancienne.get_by_text(mot)).to_have_count(0)
    ancienne.get_by_role("link", name="Lire la dernière").click()
    expect(ancienne.get_by_text(mot)).to_be_visible()


def retirer(page: Page, motif: str) -> None:
    page.get_by_role("link", name="Retirer du site public").click()
    page.get_by_label("Pourquoi le retirer").fill(motif)
    page.get_by_role("button", name="Retirer du site public").click()
    expect(page.get_by_text("n’est plus sur le site public")).to_be_visible()
