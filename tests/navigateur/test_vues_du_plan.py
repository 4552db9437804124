"""Les vues du plan : tout est dans l’adresse, une vue se garde, un mot cherché se voit."""

import re

from playwright.sync_api import expect

from tests.navigateur.pages import adresse


def test_une_vue_se_compose_se_garde_et_se_retrouve(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    page.get_by_role("link", name="Tableau").click()
    page.get_by_role("link", name="En retard").click()
    page.wait_for_url("**en_retard=true**")
    expect(page.get_by_role("row")).to_have_count(1 + len(page.locator("tbody tr").all()))
    page.get_by_text("Colonnes", exact=True).click()
    page.get_by_label("Objectif", exact=True).check()
    page.get_by_role("button", name="Montrer ces colonnes").click()
    expect(page.get_by_role("columnheader", name="Objectif")).to_be_visible()
    assert "en_retard=true" in page.url
    page.get_by_text("Vues enregistrées").click()
    page.get_by_role("link", name="Enregistrer cette vue").click()
    page.get_by_label("Nom de la vue").fill("Retards du comité")
    with page.expect_navigation():  # l’enregistrement fini, non coupé par la page suivante
        page.locator("main form button[type=submit]").last.click()
    page.goto(adresse("contrats:plan", cle))
    page.get_by_text("Vues enregistrées").click()
    page.get_by_role("link", name="Retards du comité").click()
    expect(page.get_by_role("columnheader", name="Objectif")).to_be_visible()
    expect(page.locator(".puce.active")).to_have_text(re.compile("En retard"))


def test_un_mot_sans_accent_se_trouve_et_se_voit(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    page.get_by_label("Chercher dans les fiches").fill("navette")
    page.keyboard.press("Enter")
    expect(page.locator(".reponses mark").first).to_have_text(re.compile("navette", re.IGNORECASE))


def test_sans_resultat_la_page_dit_quel_filtre_retirer(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle) + "?recherche=introuvable")
    expect(page.get_by_text("Aucune fiche ne répond à ces filtres")).to_be_visible()
    page.locator(".aucune-fiche").get_by_role("link", name="introuvable").click()
    expect(page.locator("tr.fiche").first).to_be_visible()


def test_le_calendrier_dit_ses_dates_en_tableau(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle) + "?vue=calendrier")
    expect(page.get_by_role("group", name="Calendrier des fiches").first).to_be_visible()
    expect(page.get_by_role("columnheader", name="Échéance")).to_be_visible()
