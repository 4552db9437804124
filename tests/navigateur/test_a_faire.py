"""La liste de travail : affecter au clavier, en place ; noter sans JavaScript, puis y revenir."""

from playwright.sync_api import expect

from tests.navigateur.gestes import avancer_jusqu_a, deborde, focus_est_visible, violations

LISTE = "/espace/a-faire/?motif=SANS_CONTRAT"


def test_un_referent_s_affecte_au_clavier_sans_quitter_la_liste(ouvrir):
    page = ouvrir("agent_ars", LISTE)
    avancer_jusqu_a(page, "e.matches('.enplace') && e.closest('[id^=referent-]')")
    assert focus_est_visible(page)
    page.keyboard.press("Enter")
    choix = page.get_by_role("combobox", name="Référent (facultatif)", exact=True)
    expect(choix).to_be_focused()
    choix.select_option(index=1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-cls-enregistre]")).to_contain_text("Enregistré")
    assert page.url.endswith(LISTE)
    expect(page.locator(".puce", has_text="À moi")).to_be_visible()


def test_une_note_s_ecrit_en_place_puis_change_la_prochaine_etape(ouvrir):
    page = ouvrir("agent_ars", LISTE)
    ligne = page.locator("tbody tr").first
    ligne.locator("summary").click()
    ligne.get_by_role("link", name="Écrire une note").click()
    expect(ligne.get_by_label("Note", exact=True)).to_be_focused()
    ligne.get_by_label("Note", exact=True).fill("Vu le bureau communautaire.")
    ligne.get_by_label("Ce que c’est").select_option("RENCONTRE")
    ligne.get_by_role("button", name="Enregistrer").click()
    expect(ligne.locator("[data-cls-enregistre]")).to_contain_text("Note gardée")
    expect(ligne).to_contain_text("Vu le bureau communautaire.")


def test_sans_javascript_on_note_et_l_on_revient_a_la_liste_filtree(ouvrir):
    page = ouvrir("agent_ars", LISTE, javascript=False)
    ligne = page.locator("tbody tr").first
    ligne.locator("summary").click()
    ligne.get_by_role("link", name="Écrire une note").click()
    page.get_by_label("Note", exact=True).fill("Appel du vice-président.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("tbody tr").first).to_contain_text("Appel du vice-président.")
    assert page.url.partition("#")[0].endswith(LISTE)


def test_les_lignes_cochees_recoivent_un_referent(ouvrir):
    page = ouvrir("agent_ars", "/espace/a-faire/?voir=tout")
    page.locator("tbody .coche").first.check()
    expect(page.locator("[data-cls-compte]")).to_contain_text("1 ligne cochée")
    barre = page.locator("form.lot")
    barre.get_by_role("combobox").select_option(index=1)
    barre.get_by_role("button", name="Affecter").click()
    expect(page.locator(".avis")).to_contain_text("a pour référent")


def test_la_liste_tient_a_360_px_editeur_ouvert(ouvrir):
    page = ouvrir("agent_ars", LISTE, largeur=360)
    ligne = page.locator("tbody tr").first
    ligne.locator("summary").click()
    ligne.get_by_role("link", name="Mettre en veille").click()
    expect(ligne.get_by_label("En veille jusqu’au")).to_be_focused()
    assert not deborde(page)
    assert not violations(page)
