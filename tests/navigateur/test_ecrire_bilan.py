"""Écrire le bilan : tout seul, à deux, au clavier, sans script, sur un téléphone, par un lien."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde, focus_est_visible, violations

BILAN = (
    "SELECT b.id FROM bilans_bilan b JOIN contrats_contrat c ON c.id = b.contrat_id"
    " WHERE c.slug = 'essai-cornouaille' AND b.statut = 'BROUILLON' LIMIT 1"
)


COUPER = """() => {
  window.vraie = window.fetch;
  window.fetch = () => Promise.reject(new TypeError("coupure"));
  Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false });
}"""
RETABLIR = """() => {
  window.fetch = window.vraie;
  delete navigator.onLine;
  window.dispatchEvent(new Event("online"));
}"""


@pytest.fixture
def editeur(cle):
    """`editeur("EDITO")` : le chemin de cette partie."""
    return lambda code="", cote="apercu": (
        f"/espace/bilans/{cle(BILAN)}/ecrire/" + (f"{code}/?cote={cote}" if code else "")
    )


def zone(page: Page):
    return page.get_by_role("textbox", name="Texte")


def etat(page: Page):
    return page.locator("[data-cls-etat]")


def test_le_texte_s_enregistre_tout_seul_et_l_apercu_suit(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("DIFFICULTES"))
    zone(page).fill("Le bus n’est pas passé.")
    expect(etat(page)).to_contain_text("Pas encore enregistré")
    expect(etat(page)).to_contain_text("Enregistré à")
    expect(page.frame_locator("[data-cls-apercu]").get_by_text("pas passé").first).to_be_visible()
    zone(page).press("End")
    zone(page).press_sequentially(" Ni le train.")
    expect(etat(page)).to_contain_text("Enregistré à")
    page.reload()
    expect(zone(page)).to_have_value("Le bus n’est pas passé. Ni le train.")
    assert not violations(page)


def test_les_pages_imprimees_suivent_chaque_enregistrement(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("PERSPECTIVES", "apercu&vue=pages"))
    zone(page).fill("- Février 2026 : un lieu ouvre.")
    expect(etat(page)).to_contain_text("Enregistré à")
    faites = page.locator(".feuilles:not(.d-avant) img")
    expect(faites.first).to_be_visible()
    premiere = faites.first.get_attribute("src")
    # Le clavier y va, et l’image dit ce qu’elle est
    page.locator(".feuilles a").first.focus()
    assert focus_est_visible(page)
    zone(page).press("Control+End")
    zone(page).press_sequentially(" Un autre aussi.")
    expect(
        page.locator(f'.feuilles:not(.d-avant) img:not([src="{premiere}"])').first
    ).to_be_visible()
    assert not violations(page)


@pytest.mark.parametrize("largeur", [360, 1280])
def test_les_pages_imprimees_se_lisent_sans_script(ouvrir, editeur, largeur):
    chemin = editeur("COMPRENDRE", "apercu&vue=pages")
    page = ouvrir("coordinatrice", chemin, largeur=largeur, javascript=False)
    page.get_by_role("link", name="ouvrir dans leur page").click()
    feuilles = page.locator(".feuilles img")
    for _ in range(40):
        if feuilles.count():
            break
        page.get_by_role("link", name="Actualiser").click()
        page.wait_for_timeout(300)
    expect(feuilles.first).to_be_visible()
    assert feuilles.first.evaluate("image => image.complete && image.naturalWidth > 0")
    assert not deborde(page)


def test_hors_connexion_rien_ne_se_perd(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("ZOOM"))
    page.evaluate(COUPER)
    zone(page).fill("Écrit dans le train.")
    expect(etat(page)).to_contain_text("hors connexion")
    expect(etat(page)).to_contain_text("gardé sur cet appareil")
    page.evaluate(RETABLIR)
    expect(etat(page)).to_contain_text("Enregistré à")
    page.reload()
    expect(zone(page)).to_have_value("Écrit dans le train.")


def test_un_brouillon_perdu_par_une_fermeture_revient(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("COMPRENDRE"))
    page.evaluate(COUPER)
    zone(page).fill("Brouillon fragile.")
    expect(etat(page)).to_contain_text("gardé sur cet appareil")
    page.on("dialog", lambda boite: boite.accept())
    page.goto("/espace/")
    page.goto(editeur("COMPRENDRE"))
    expect(zone(page)).to_have_value("Brouillon fragile.")
    expect(etat(page)).to_contain_text("Enregistré à")


def test_deux_personnes_comparent_et_reprennent_les_deux(ouvrir, editeur):
    mienne = ouvrir("coordinatrice", editeur("PERSPECTIVES"))
    sienne = ouvrir("administratrice", editeur("PERSPECTIVES"))
    zone(sienne).fill("Son texte.")
    expect(etat(sienne)).to_contain_text("Enregistré à")
    zone(mienne).fill("Mon texte.")
    expect(etat(mienne)).to_contain_text("a changé cette partie")
    assert zone(mienne).input_value() == "Mon texte."
    mienne.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(mienne.get_by_role("heading", name="Deux versions")).to_be_visible()
    assert not violations(mienne)
    mienne.get_by_role("button", name="Enregistrer ce texte").click()
    expect(zone(mienne)).to_have_value("Mon texte.\n\nSon texte.")
    mienne.reload()
    expect(zone(mienne)).to_have_value("Mon texte.\n\nSon texte.")


def test_tout_se_fait_au_clavier(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("BUDGET"))
    zone(page).fill("")
    zone(page).focus()
    assert focus_est_visible(page)
    page.keyboard.press("Control+b")
    page.keyboard.type("gras")
    page.keyboard.press("End")
    page.keyboard.type(" puis ")
    page.keyboard.press("Control+i")
    page.keyboard.type("italique")
    expect(zone(page)).to_have_value("**gras** puis *italique*")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Liste")).to_be_focused()
    page.keyboard.press("Enter")
    expect(zone(page)).to_have_value("- **gras** puis *italique*")
    page.keyboard.press("End")
    page.keyboard.press("Control+k")
    page.keyboard.type("https://cls.example")
    expect(zone(page)).to_have_value(
        "- **gras** puis *italique*[texte du lien](https://cls.example)"
    )
    expect(etat(page)).to_contain_text("Enregistré à")


def test_sans_script_le_bouton_enregistre_et_les_onglets_sont_des_liens(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("PARTICIPATION", "matiere"), javascript=False)
    assert page.get_by_role("group", name="Mise en forme").count() == 0
    zone(page).fill("Deux réunions.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    expect(zone(page)).to_have_value("Deux réunions.")
    page.get_by_role("link", name="Aperçu").click()
    expect(page.frame_locator("iframe").get_by_text("Deux réunions").first).to_be_visible()
    page.get_by_role("link", name="Historique").click()
    page.get_by_role("link", name="Revenir à cette version").first.click()
    page.get_by_role("button", name="Revenir à cette version").click()
    expect(page.get_by_text("la version est rétablie")).to_be_visible()


def test_l_ordre_se_change_au_clavier_et_le_focus_suit(ouvrir, editeur):
    page = ouvrir("coordinatrice", f"{editeur()}plan/", largeur=360)
    assert not deborde(page)
    monter = page.get_by_role("button", name="Monter : Les partenaires")
    monter.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Monter : Les partenaires")).to_be_focused()
    page.get_by_role("button", name="Retirer : Les partenaires").click()
    expect(page.get_by_role("button", name="Remettre : Les partenaires")).to_be_focused()
    page.get_by_role("button", name="Remettre : Les partenaires").click()
    assert not violations(page)


def test_un_volet_se_choisit_sur_un_telephone(ouvrir, editeur, cle):
    axe = cle("SELECT axe_id FROM bilans_voletbilan WHERE axe_id IS NOT NULL LIMIT 1")
    page = ouvrir("coordinatrice", editeur(f"volet-{axe}"), largeur=360)
    assert not deborde(page)
    page.get_by_label("Citation").fill("On se sent moins seul.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Dites qui parle").first).to_be_visible()
    page.get_by_label("Qui parle").fill("une habitante")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré à").first).to_be_visible()
    assert not violations(page)


def test_l_elue_ecrit_son_mot_par_un_lien(ouvrir, editeur):
    page = ouvrir("coordinatrice", editeur("EDITO"))
    page.get_by_role("link", name="donner un lien").click()
    page.get_by_label("Pour qui").fill("Camille Exemple, vice-présidente fictive")
    page.get_by_role("button", name="Créer le lien").click()
    chemin = urlsplit(page.get_by_label("Adresse à copier").input_value()).path
    assert not violations(page)

    elue = ouvrir("anonyme", chemin, largeur=360)
    assert not deborde(elue)
    elue.get_by_label("Votre mot").fill("Chères habitantes, chers habitants.")
    expect(etat(elue)).to_contain_text("Enregistré à")
    assert not violations(elue)

    sans_script = ouvrir("anonyme", chemin, javascript=False)
    sans_script.get_by_label("Votre mot").fill("Une année utile.")
    sans_script.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(sans_script.get_by_text("Votre mot est enregistré")).to_be_visible()
    page.goto(editeur("EDITO"))
    expect(zone(page)).to_have_value("Une année utile.")
