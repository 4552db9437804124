"""Dupliquer, accepter une fiche partagée, prendre dans la bibliothèque : au clavier, sans détour."""

from playwright.sync_api import Page, expect

from tests.navigateur.pages import adresse
from tests.navigateur.test_clavier import avancer_jusqu_a


def presser(page: Page, nom: str) -> None:
    """Atteint ce lien ou ce bouton au clavier et l’active."""
    avancer_jusqu_a(page, f"e.textContent.replace(/\\s+/g, ' ').trim().startsWith('{nom}')")
    page.keyboard.press("Enter")


def test_une_fiche_se_duplique_au_clavier(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action", cle))
    avancer_jusqu_a(page, "e.tagName === 'SUMMARY' && e.textContent.includes('Autres gestes')")
    page.keyboard.press("Enter")
    presser(page, "Dupliquer")
    titre = page.get_by_label("Titre de la copie")
    expect(titre).to_be_visible()
    titre.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Une permanence de plus")
    presser(page, "Créer la copie")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Une permanence de plus")
    expect(page.get_by_text("Voici la copie.")).to_be_visible()


def test_une_fiche_recue_se_lit_dans_le_plan_et_se_deplace(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    page.get_by_text("Partagée par").first.scroll_into_view_if_needed()
    rangee = page.locator("tr.partagee").first
    rangee.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous la lisez")).to_be_visible()
    page.get_by_label("Dans", exact=True).select_option(index=1)
    presser(page, "Déplacer ici")
    expect(page.get_by_text("se lit maintenant à cette place")).to_be_visible()


def test_de_la_bibliotheque_au_plan_sans_javascript(ouvrir):
    page = ouvrir("coordinatrice", "/espace/bibliotheque/", javascript=False)
    with page.expect_navigation():
        page.locator(".carte-de-fiche a").first.click()
    titre = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Mettre au panier").click()
    page.get_by_role("link", name="Voir votre panier").click()
    page.locator(".liste-de-plans a").first.click()
    page.get_by_role("button", name="Ajouter au plan").click()
    expect(page.get_by_text("fiche à discuter")).to_be_visible()
    ajoutee = page.locator("tr.fiche", has_text="À discuter").filter(has_text=titre)
    ajoutee.get_by_role("link", name=titre).first.click()
    expect(page.get_by_text("Inspirée de")).to_be_visible()
