"""Télécharger des fiches : de la fiche au fichier, du plan au document qui reste, au clavier aussi."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bilans.dossier.appuis import texte_du_pdf, texte_du_word
from tests.navigateur.gestes import deborde, violations

LE_CONTRAT = "SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille'"
LA_FICHE = (
    "SELECT a.id FROM contrats_action a JOIN contrats_contrat c ON c.id = a.contrat_id "
    "WHERE c.slug = 'essai-cornouaille' AND a.numero = '1.1'"
)


@pytest.fixture
def plan(cle) -> str:
    return f"/espace/contrats/{cle(LE_CONTRAT)}/plan/"


def recu(page: Page, geste) -> bytes:
    """Le fichier que le navigateur enregistre quand on fait ce geste."""
    with page.expect_download() as attente:
        geste()
    return Path(attente.value.path()).read_bytes()


def test_de_la_fiche_au_fichier_puis_aux_sections_choisies(ouvrir, cle):
    page = ouvrir("lectrice", f"/espace/actions/{cle(LA_FICHE)}/")
    titre = page.get_by_role("heading", level=1).inner_text().split("\n")[-1]
    page.get_by_text("Télécharger", exact=True).click()
    octets = recu(page, page.get_by_role("link", name="La fiche en PDF").click)
    assert titre[:20] in texte_du_pdf(octets)

    page.get_by_role("link", name="Choisir les sections").click()
    expect(page.get_by_role("checkbox", name="Budget et financements")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("Word")).check()
    for section in ("Étapes", "Indicateurs"):
        page.get_by_role("checkbox", name=section, exact=True).uncheck()
    texte = texte_du_word(recu(page, page.get_by_role("button", name="Faire le document").click))
    assert titre[:20] in texte
    assert "Ouvrir la deuxième permanence" not in texte


def test_du_plan_au_document_qui_reste_au_clavier(ouvrir, plan):
    """Plus de cinq fiches : le document se fait à côté, et son lien reste."""
    page = ouvrir("coordinatrice", plan)
    menu = page.locator("summary", has_text="Télécharger")
    menu.focus()
    menu.press("Enter")
    page.get_by_role("link", name=re.compile("Word ou PDF")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Télécharger les fiches")
    fiches = page.locator("input[name=fiche]").count()
    assert page.locator("input[name=fiche]:checked").count() == fiches > 5
    page.locator("input[name=format]").first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Faire le document").press("Enter")
    lien = page.get_by_role("link", name="Télécharger le document Word")
    lien.wait_for(timeout=60_000)
    texte = texte_du_word(recu(page, lambda: lien.press("Enter")))
    assert "Plan d’actions" in texte


def test_les_fiches_cochees_du_plan_et_le_refus_sans_javascript(ouvrir, plan):
    page = ouvrir("coordinatrice", plan, javascript=False)
    for case in page.locator("input[name=fiche]").all()[:2]:
        case.check()
    page.get_by_role("button", name="Word ou PDF").click()
    expect(page.locator("input[name=fiche]")).to_have_count(2)
    for case in page.locator("input[name=fiche]").all():
        case.uncheck()
    page.get_by_role("button", name="Faire le document").click()
    expect(page.get_by_role("link", name="Cochez au moins une fiche.")).to_be_visible()
    page.locator("input[name=fiche]").first.check()
    assert recu(page, page.get_by_role("button", name="Faire le document").click)[:4] == b"%PDF"


@pytest.mark.parametrize("largeur", [1280, 360])
def test_la_page_est_accessible_et_ne_deborde_pas(ouvrir, cle, largeur):
    adresse = f"/espace/contrats/{cle(LE_CONTRAT)}/fiches/"
    page = ouvrir("coordinatrice", adresse, largeur=largeur)
    assert violations(page) == []
    assert deborde(page) == ""
