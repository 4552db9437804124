"""Demander des nouvelles, répondre sans compte ni JavaScript sur un téléphone, accepter au clavier."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde, focus_est_visible, violations
from tests.navigateur.pages import adresse


def demander(page: Page, annee: int | None = None) -> str:
    """Du plan au lien prêt ; rend le chemin à donner au partenaire."""
    page.get_by_role("link", name="Partenaires").click()
    page.get_by_role("link", name="Demander des nouvelles").first.click()
    page.get_by_label("CPTS des Essais").check()
    page.get_by_role("button", name="Continuer").click()
    fiches = page.get_by_role("group", name="Ses fiches").get_by_role("checkbox")
    expect(fiches.nth(1)).to_be_visible()
    for case in fiches.all()[1:]:
        case.uncheck()
    page.get_by_label("Votre message").fill("Merci d’avance")
    if annee:
        page.get_by_role("spinbutton", name="Année").fill(str(annee))
    page.get_by_role("button", name="Créer le lien").click()
    copiee = page.get_by_label("Adresse à copier").input_value()
    return urlsplit(copiee).path


def repondre(page: Page) -> None:
    expect(page.get_by_text("Merci d’avance")).to_be_visible()
    page.get_by_role("link", name="Répondre").click()
    expect(page.get_by_label("Ce qui a été fait")).to_be_visible()
    assert not deborde(page)
    page.get_by_label("Ce qui a été fait").fill("Trois permanences")
    page.get_by_role("button", name="Garder le brouillon").click()
    page.get_by_role("link", name="Continuer").click()
    expect(page.get_by_label("Ce qui a été fait")).to_have_value("Trois permanences")
    page.get_by_label("Statut").select_option("BLOQUEE")
    page.get_by_label("Votre nom").fill("Camille Exemple")
    page.get_by_label("Votre fonction").fill("Chargée de projet")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites pourquoi")
    page.get_by_label("Pourquoi").fill("Il manque une salle")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("C’est envoyé, merci")).to_be_visible()
    assert not deborde(page)


def test_un_partenaire_repond_sans_compte_et_la_coordination_accepte_au_clavier(ouvrir, cle):
    plan = adresse("contrats:plan", cle)
    coordination = ouvrir("coordinatrice", plan)
    chemin = demander(coordination)
    repondre(ouvrir("anonyme", chemin, largeur=360, javascript=False))

    coordination.goto(plan)
    coordination.get_by_role("link", name="Partenaires").click()
    coordination.get_by_role("link", name="1.1").first.click()
    bouton = coordination.get_by_role("button", name="Accepter : Ce qui a été fait")
    bouton.focus()
    assert focus_est_visible(coordination)
    coordination.keyboard.press("Enter")
    expect(bouton).to_have_count(0)
    refus = coordination.get_by_text("Ne pas retenir").first
    refus.focus()
    coordination.keyboard.press("Enter")
    coordination.keyboard.press("Tab")
    coordination.keyboard.type("Elle avance")
    coordination.keyboard.press("Tab")
    coordination.keyboard.press("Enter")
    expect(coordination.get_by_text("Tout est décidé")).to_be_visible()

    partenaire = ouvrir("anonyme", chemin, largeur=360)
    assert not violations(partenaire)
    partenaire.get_by_role("link", name="Relire").click()
    for attendu in ("Accepté", "Non retenu", "Elle avance"):
        expect(partenaire.get_by_text(attendu).first).to_be_visible()
    assert not violations(partenaire)


def test_le_brouillon_se_garde_tout_seul_avec_javascript(ouvrir, cle):
    coordination = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    partenaire = ouvrir("anonyme", demander(coordination))
    partenaire.get_by_role("link", name="Répondre").click()
    partenaire.get_by_label("Freins").fill("Le transport")
    expect(partenaire.get_by_text("Brouillon gardé le")).to_be_visible()
    assert not violations(partenaire)
    partenaire.reload()
    expect(partenaire.get_by_label("Freins")).to_have_value("Le transport")


def test_rien_de_nouveau_se_dit_d_un_geste_sans_javascript_et_s_accepte(ouvrir, cle):
    plan = adresse("contrats:plan", cle)
    coordination = ouvrir("coordinatrice", plan)
    chemin = demander(coordination)
    partenaire = ouvrir("anonyme", chemin, largeur=360, javascript=False)
    assert not deborde(partenaire)
    partenaire.get_by_role("button", name="Rien de nouveau").click()
    expect(partenaire.locator(".fiches-partenaire")).to_contain_text("Rien de nouveau")
    expect(partenaire.get_by_role("button", name="Rien de nouveau")).to_have_count(0)
    assert not violations(ouvrir("anonyme", chemin))

    coordination.goto(plan)
    coordination.get_by_role("link", name="Partenaires").click()
    recue = coordination.get_by_role("row").filter(has_text="Rien de nouveau")
    recue.get_by_role("link").first.click()
    coordination.get_by_role("button", name="Tout accepter").click()
    expect(coordination.get_by_text("Tout est décidé")).to_be_visible()


def test_un_partenaire_donne_ses_valeurs_sur_un_telephone_et_elles_entrent_dans_la_grille(
    ouvrir, cle
):
    coordination = ouvrir("coordinatrice", adresse("contrats:plan", cle))
    partenaire = ouvrir("anonyme", demander(coordination, annee=2022), largeur=360)
    partenaire.get_by_role("link", name="Répondre").click()
    compte = partenaire.get_by_label("Personnes reçues aux permanences")
    concernees = partenaire.get_by_label("Personnes reçues sous quinze jours")
    en_tout = partenaire.get_by_label("Personnes qui ont demandé un rendez-vous")
    compte.fill("1 234,5,6")
    concernees.fill("90")
    en_tout.fill("120")
    partenaire.get_by_label("Votre nom").fill("Camille Exemple")
    partenaire.get_by_label("Votre fonction").fill("Chargée de projet")
    partenaire.get_by_role("button", name="Envoyer").click()
    expect(partenaire.get_by_role("alert")).to_contain_text("Personnes reçues aux permanences")
    expect(compte).to_have_value("1 234,5,6")
    expect(concernees).to_have_value("90")
    assert not deborde(partenaire)
    assert not violations(partenaire)
    compte.fill("1 234,5")
    partenaire.get_by_role("button", name="Envoyer").click()
    expect(partenaire.get_by_text("C’est envoyé, merci")).to_be_visible()

    coordination.goto(adresse("contrats:plan", cle))
    coordination.get_by_role("link", name="Partenaires").click()
    coordination.get_by_role("link", name="1.1").first.click()
    coordination.get_by_role("button", name="Tout accepter").click()
    expect(coordination.get_by_text("Tout est décidé")).to_be_visible()
    coordination.goto(f"{adresse('indicateurs:grille', cle)}?de=2022")
    cases = coordination.locator('form[data-cls-grille] .case-valeur[id$=".2022"]')
    expect(cases.nth(0)).to_have_value("1\u202f234,5")
    expect(cases.nth(1)).to_have_value("90 / 120")
