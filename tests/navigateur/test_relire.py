"""Relire ensemble : le partenaire commente, l’ARS donne son avis, l’élue vise, la coordination valide.

Chacun dans son navigateur, au clavier, sans JavaScript, et sur un téléphone.
"""

import pytest
from playwright.sync_api import expect

from tests.navigateur.gestes import avancer_jusqu_a, deborde, focus_est_visible, violations

DU_CONTRAT = "contrat_id = (SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille')"
AVIS, VISAS = "bilans_avisbilan", "bilans_visabilan"
BROUILLON = f"SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND annee = 2026"


@pytest.fixture
def bilan(site, cle) -> str:
    """En relecture, sans validation ni visa ; les avis et les visas reviennent après le test."""
    pk = cle(BROUILLON)
    gardes = {table: lignes_de(site, table, pk) for table in (AVIS, VISAS)}
    site.sql(f"UPDATE bilans_bilan SET statut = 'RELECTURE' WHERE id = '{pk}'")
    site.sql(f"DELETE FROM {VISAS} WHERE bilan_id = '{pk}'")
    yield pk
    site.sql(f"UPDATE bilans_bilan SET statut = 'BROUILLON' WHERE id = '{pk}'")
    for table, lignes in gardes.items():
        site.sql(f"DELETE FROM {table} WHERE bilan_id = '{pk}'")
        for ligne in lignes:
            remise = f"jsonb_populate_record(NULL::{table}, %s::jsonb)"
            site.sql(f"INSERT INTO {table} SELECT * FROM {remise}", ligne)


def lignes_de(site, table: str, bilan: str) -> list[str]:
    lues = site.sql(f"SELECT to_jsonb(t)::text FROM {table} t WHERE bilan_id = '{bilan}'")
    return [ligne for (ligne,) in lues]


def espace(bilan: str, page: str) -> str:
    return f"/espace/bilans/{bilan}/{page}/"


def test_la_relecture_entiere_de_role_en_role(ouvrir, bilan):
    partenaire = ouvrir("partenaire", espace(bilan, "relire"))
    edito = partenaire.locator("#partie-section-edito")
    edito.get_by_text("Commenter", exact=False).last.click()
    edito.get_by_label("Votre commentaire").last.fill("Dites aussi où se trouve la salle.")
    edito.get_by_role("button", name="Envoyer").click()
    expect(edito.get_by_text("Dites aussi où se trouve la salle.")).to_be_visible()
    assert "relire" in partenaire.url

    ars = ouvrir("agent_ars", espace(bilan, "avis"))
    ars.get_by_role("link", name="Donner notre avis").click()
    ars.get_by_label("Favorable avec réserves").check()
    ars.get_by_role("button", name="Enregistrer l’avis").click()
    expect(ars.get_by_role("alert")).to_contain_text("Écrivez vos réserves")
    ars.get_by_label("Observations").fill("Chiffrer le deuxième volet.")
    ars.get_by_role("button", name="Enregistrer l’avis").click()
    expect(ars.get_by_text("Chiffrer le deuxième volet.")).to_be_visible()

    elue = ouvrir("elue", espace(bilan, "valider"))
    elue.get_by_role("button", name="Viser le bilan").click()
    expect(elue.locator("#visas").get_by_text("Elise Elue")).to_be_visible()

    coordinatrice = ouvrir("coordinatrice", espace(bilan, "relire"))
    edito = coordinatrice.locator("#partie-section-edito")
    fil = edito.locator(".fil-relu", has_text="où se trouve la salle")
    fil.get_by_text("Répondre", exact=False).first.click()
    fil.get_by_label("Votre réponse").fill("C’est ajouté.")
    fil.get_by_role("button", name="Répondre").click()
    expect(fil.get_by_text("C’est ajouté.")).to_be_visible()
    fil.get_by_role("button", name="Clore").click()
    expect(edito.get_by_text("clos", exact=False).first).to_be_visible()

    coordinatrice.goto(espace(bilan, "valider"))
    coordinatrice.get_by_role("button", name="Reprendre cette réunion").click()
    coordinatrice.get_by_label("Lieu").fill("Mairie d’essai")
    coordinatrice.get_by_role("button", name="Noter la validation").click()
    expect(coordinatrice.get_by_text("Validé en comité de pilotage").first).to_be_visible()


def test_commenter_et_viser_sans_javascript(ouvrir, bilan):
    page = ouvrir("elue", espace(bilan, "relire"), javascript=False)
    partie = page.locator("#partie-section-edito")
    partie.locator(".ouvrir-un-fil > summary").click()
    partie.locator(".ouvrir-un-fil textarea").fill("Sans script aussi.")
    partie.locator(".ouvrir-un-fil button").click()
    assert page.url.endswith("#partie-section-edito")
    expect(partie.get_by_text("Sans script aussi.")).to_be_visible()
    page.goto(espace(bilan, "valider"))
    page.get_by_role("button", name="Viser le bilan").click()
    assert page.url.endswith("#visas")
    expect(page.locator("#visas").get_by_text("Elise Elue")).to_be_visible()


def test_commenter_au_clavier(ouvrir, bilan):
    page = ouvrir("pilote", espace(bilan, "relire"))
    avancer_jusqu_a(page, "e.closest('#partie-section-edito .ouvrir-un-fil > summary')")
    assert focus_est_visible(page)
    page.keyboard.press("Enter")
    avancer_jusqu_a(page, "e.closest('#partie-section-edito .ouvrir-un-fil textarea')", au_plus=3)
    page.keyboard.type("Au clavier.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#partie-section-edito").get_by_text("Au clavier.")).to_be_visible()


@pytest.mark.parametrize("nom", ["relire", "avis", "valider", "verifier", "avis/demander"])
def test_sur_un_telephone_rien_ne_deborde_axe_ne_voit_rien(ouvrir, bilan, nom):
    page = ouvrir("coordinatrice", espace(bilan, nom), largeur=360)
    for depliant in page.locator("main details > summary").all():
        depliant.click()
    assert not deborde(page)
    assert violations(page) == []
