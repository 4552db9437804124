"""Le suivi d’une fiche : cocher une étape au clavier, garder un statut en disant pourquoi."""

from playwright.sync_api import expect

from tests.navigateur.gestes import avancer_jusqu_a, champ, ouvrir_le_champ
from tests.navigateur.pages import adresse


def test_une_etape_se_termine_au_clavier_et_fait_avancer_la_fiche(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action_suivi", cle))
    avant = page.locator("[id^=avancement-]").first.inner_text()
    rouvrir = page.get_by_role("button", name="Rouvrir")
    finies = rouvrir.count()
    avancer_jusqu_a(page, "e.tagName === 'BUTTON' && e.innerText.startsWith('Terminer')")
    page.keyboard.press("Enter")
    expect(page.locator("[id^=avancement-]").first).not_to_have_text(avant)
    expect(rouvrir).to_have_count(finies + 1)


def test_un_statut_garde_apres_l_echeance_montre_sa_raison(ouvrir, site):
    ((fiche,),) = site.sql(
        "SELECT id FROM contrats_action WHERE numero = '1.3' AND contrat_id ="
        " (SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille')"
    )
    page = ouvrir("coordinatrice", f"/espace/actions/{fiche}/suivi/")
    expect(champ(page, "statut")).to_contain_text("En retard")
    ouvrir_le_champ(page, "statut")
    page.get_by_role("combobox", name="Statut").select_option(label="En cours")
    page.get_by_label("Pourquoi ce statut").fill("Le local ouvre en janvier.")
    page.get_by_label("Garder ce statut même après l’échéance").check()
    champ(page, "statut").get_by_role("button", name="Enregistrer").click()
    expect(champ(page, "statut")).to_contain_text("En cours")
    explique = page.locator("#statut-explique")
    expect(explique).to_contain_text("Le local ouvre en janvier.")
    expect(explique).to_contain_text("Coline Coordonne")


def test_une_note_de_l_annee_attend_dans_le_bilan(ouvrir, cle, site):
    page = ouvrir("coordinatrice", adresse("contrats:action_suivi", cle))
    page.get_by_role("link", name="Écrire une note").click()
    page.get_by_label("Date").fill("12/06/2026")
    page.get_by_label("Ce qui a été fait").fill("Six ateliers dans les quartiers.")
    page.get_by_label("Freins").fill("Peu de salles libres.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("Six ateliers dans les quartiers.")).to_be_visible()
    ((annee,),) = site.sql(
        "SELECT annee FROM contrats_notesuivi WHERE fait = 'Six ateliers dans les quartiers.'"
    )
    assert annee == 2026
