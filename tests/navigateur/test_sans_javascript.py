"""Chaque geste se fait aussi sans JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import champ, ouvrir_le_champ
from tests.navigateur.pages import adresse


@pytest.fixture
def page(ouvrir):
    def ouverte(route: str, cle, personnage: str = "coordinatrice") -> Page:
        return ouvrir(personnage, adresse(route, cle), javascript=False)

    return ouverte


def test_une_action_se_modifie(page, cle):
    fiche = page("contrats:action", cle)
    saisie = ouvrir_le_champ(fiche, "titre")
    saisie.fill("Écrit sans JavaScript")
    saisie.press("Enter")
    expect(champ(fiche, "titre")).to_contain_text("Écrit sans JavaScript")


def test_un_titre_refuse_revient_avec_son_erreur_et_ce_qui_etait_tape(page, cle):
    fiche = page("contrats:action_modifier", cle)
    fiche.get_by_label("Titre").fill("")
    fiche.get_by_role("textbox", name="Description", exact=False).first.fill("Ne pas perdre ceci")
    fiche.get_by_role("button", name="Enregistrer").or_(
        fiche.get_by_role("button", name="Modifier la fiche")
    ).first.click()
    resume = fiche.get_by_role("alert").first
    expect(resume).to_be_visible()
    lien = resume.get_by_role("link").first
    cible = lien.get_attribute("href").removeprefix("#")
    fautif = fiche.locator(f"[id='{cible}']")
    expect(fautif).to_have_attribute("aria-invalid", "true")
    assert fautif.get_attribute("aria-describedby")
    expect(fiche.get_by_role("textbox", name="Description", exact=False).first).to_have_value(
        "Ne pas perdre ceci"
    )


def test_une_valeur_se_saisit_dans_la_grille(page, cle):
    grille = page("indicateurs:grille", cle)
    case = grille.locator("input.case-valeur").first
    case.fill("77")
    grille.locator("form:has(input.case-valeur)").first.get_by_role("button").click()
    expect(grille.locator("input.case-valeur").first).to_have_value("77")


def test_le_plan_se_filtre(page, cle):
    plan = page("contrats:plan", cle)
    toutes = plan.locator("a.titre").count()
    plan.get_by_label("Chercher dans les fiches").fill("navette")
    plan.get_by_label("Chercher dans les fiches").press("Enter")
    plan.wait_for_url("**recherche=navette**")
    trouvees = plan.locator(".reponses > li").count()
    assert 0 < trouvees < toutes


def test_une_etape_se_coche(page, cle):
    fiche = page("contrats:action", cle)
    etapes = fiche.locator("#etapes")
    avant = etapes.inner_text()
    etapes.get_by_role("button").first.click()
    expect(fiche.locator("#etapes")).not_to_have_text(avant)


def test_le_menu_mene_partout(page, cle):
    fiche = page("contrats:fiche", cle)
    for nom in ("Plan d’actions", "Indicateurs", "Bilans", "Périmètre", "Signataires", "Équipe"):
        fiche.get_by_role("link", name=nom).first.click()
        expect(fiche.get_by_role("heading", level=1)).to_be_visible()


def test_le_site_public_se_lit(ouvrir):
    page = ouvrir("anonyme", "/", javascript=False)
    page.get_by_role("searchbox").first.fill("cornouaille")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Contrat d’essai de Cornouaille").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cornouaille")
