"""L’arbre du plan : ranger au clavier, choisir une destination, replier dans l’adresse."""

from playwright.sync_api import Page, expect

from tests.navigateur.gestes import avancer_jusqu_a
from tests.navigateur.pages import adresse


def titres_de(page: Page) -> list[str]:
    return page.locator(".arbre-a-ranger tbody th").all_inner_texts()


def test_une_fiche_descend_au_clavier_et_garde_son_contenu(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:organiser", cle))
    titres = page.locator("tr.rang-action th")
    descend = page.get_by_role("button", name="Descendre")
    rangee = page.locator("tr.rang-action", has=descend).first
    titre, nom = rangee.locator("th").inner_text(), rangee.get_by_role("button", name="Descendre")
    rang = titres.all_inner_texts().index(titre)
    avancer_jusqu_a(page, f"e.tagName === 'BUTTON' && e.innerText === {nom.inner_text()!r}")
    page.keyboard.press("Enter")
    expect(titres.nth(rang + 1)).to_have_text(titre)


def test_une_fiche_change_d_axe_en_choisissant_sa_destination(ouvrir, site):
    ((fiche, axe),) = site.sql(
        "SELECT a.id, x.id FROM contrats_action a, contrats_axe x WHERE a.contrat_id ="
        " (SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille')"
        " AND x.contrat_id = a.contrat_id AND a.numero = '3.3' AND x.numero = '1'"
    )
    page = ouvrir("coordinatrice", f"/espace/plan/action/{fiche}/deplacer/")
    page.get_by_label("Dans").select_option(
        page.get_by_label("Dans").locator("option", has_text="1").first.get_attribute("value")
    )
    page.get_by_role("button", name="Déplacer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Organiser le plan")
    ((arrive,),) = site.sql("SELECT axe_id FROM contrats_action WHERE id = %s", fiche)
    assert arrive == axe


def test_un_axe_replie_se_lit_dans_l_adresse_sans_javascript(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle), javascript=False)
    toutes = page.locator("tr.fiche:visible").count()
    page.get_by_role("link", name="Replier").first.click()
    page.wait_for_url("**replie=**")
    assert 0 < page.locator("tr.fiche:visible").count() < toutes
    page.get_by_role("link", name="Déplier").first.click()
    expect(page.locator("tr.fiche:visible")).to_have_count(toutes)
