"""Au clavier seul : atteindre, ouvrir, écrire, annuler, et toujours savoir où l’on est."""

from playwright.sync_api import expect

from tests.navigateur.gestes import avancer_jusqu_a, champ, focus_est_visible
from tests.navigateur.pages import adresse


def test_le_premier_arret_mene_au_contenu(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Aller au contenu"
    assert focus_est_visible(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_chaque_arret_du_plan_se_voit(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    invisibles = []
    for _ in range(45):
        page.keyboard.press("Tab")
        if not focus_est_visible(page):
            invisibles.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert not invisibles, "\n".join(invisibles)


def test_une_action_se_modifie_sans_souris(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action", cle))
    dans_le_titre = "e.tagName === 'BUTTON' && !!e.closest('[id^=champ-titre-]')"
    avancer_jusqu_a(page, dans_le_titre)
    page.keyboard.press("Enter")
    saisie = champ(page, "titre").locator("input:not([type=hidden])")
    expect(saisie).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Écrit au clavier")
    page.keyboard.press("Enter")
    expect(champ(page, "titre").get_by_text("Enregistré")).to_be_visible()
    expect(champ(page, "titre").get_by_role("button")).to_be_focused()


def test_echap_rend_le_champ_tel_qu_il_etait(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action", cle))
    avant = champ(page, "titre").inner_text()
    avancer_jusqu_a(page, "e.tagName === 'BUTTON' && !!e.closest('[id^=champ-titre-]')")
    page.keyboard.press("Enter")
    expect(champ(page, "titre").locator("input:not([type=hidden])")).to_be_focused()
    page.keyboard.type("Jamais enregistré")
    page.keyboard.press("Escape")
    expect(champ(page, "titre").locator("input:not([type=hidden])")).to_have_count(0)
    assert champ(page, "titre").inner_text() == avant
    assert page.evaluate("!!document.activeElement.closest('[id^=champ-titre-]')")


def test_un_menu_se_ferme_par_echap(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    avancer_jusqu_a(page, "e.tagName === 'SUMMARY' && !!e.closest('.deroulant')")
    page.keyboard.press("Enter")
    menu = page.locator("details.deroulant[open]")
    expect(menu).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
