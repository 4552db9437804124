"""Deux personnes sur une fiche : la seconde voit les deux versions, rien de ce qui est tapé ne se perd."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.navigateur.gestes import champ, ouvrir_le_champ
from tests.navigateur.pages import DU_CONTRAT


@pytest.fixture
def fiche(site) -> str:
    """Une fiche neuve à chaque test, pilotée par l’organisation du pilote."""
    ((modele,),) = site.sql(
        # Jamais une fiche jetée par un test d’avant : la copie naîtrait à la corbeille
        f"SELECT id FROM contrats_action WHERE {DU_CONTRAT} AND pilote_id IS NOT NULL"
        " AND corbeille_le IS NULL LIMIT 1"
    )
    colonnes = ", ".join(
        nom
        for (nom,) in site.sql(
            "SELECT column_name FROM information_schema.columns WHERE table_name ="
            " 'contrats_action' AND is_generated = 'NEVER' AND column_name NOT IN"
            " ('id', 'titre', 'version', 'numero')"
        )
    )
    ((cle,),) = site.sql(
        f"INSERT INTO contrats_action (id, titre, version, numero, {colonnes})"
        f" SELECT gen_random_uuid(), 'Au départ', 1, '9', {colonnes}"
        " FROM contrats_action WHERE id = %s RETURNING id",
        modele,
    )
    yield f"/espace/actions/{cle}/"
    site.sql("UPDATE contrats_action SET corbeille_le = now(), titre = id::text WHERE id = %s", cle)


def test_le_second_voit_les_deux_versions_et_garde_la_sienne(fiche, ouvrir):
    premiere, second = ouvrir("coordinatrice", fiche), ouvrir("pilote", fiche)
    la_leur = ouvrir_le_champ(premiere, "titre")
    la_votre = ouvrir_le_champ(second, "titre")

    la_leur.fill("Version de Coline")
    la_leur.press("Enter")
    expect(champ(premiere, "titre").get_by_text("Enregistré")).to_be_visible()
    la_votre.fill("Version de Paul")
    la_votre.press("Enter")

    conflit = second.locator(".conflit")
    expect(conflit).to_contain_text("Version de Coline")
    expect(conflit).to_contain_text("Version de Paul")
    expect(conflit).to_contain_text("Coline")
    expect(conflit).to_be_focused()
    conflit.get_by_role("button", name="Garder la mienne").click()
    expect(champ(second, "titre").get_by_text("Enregistré")).to_be_visible()
    premiere.reload()
    expect(champ(premiere, "titre")).to_contain_text("Version de Paul")


def ecrire_l_un_apres_l_autre(premiere: Page, la_leur: Locator, second: Page, la_votre: Locator):
    la_leur.fill("Version de Coline")
    la_leur.press("Enter")
    expect(champ(premiere, "titre").get_by_text("Enregistré")).to_be_visible()
    la_votre.fill("Version de Paul")
    la_votre.press("Enter")
    expect(second.locator(".conflit")).to_be_visible()


def test_le_second_peut_garder_l_autre_version(fiche, ouvrir):
    premiere, second = ouvrir("coordinatrice", fiche), ouvrir("pilote", fiche)
    la_leur, la_votre = ouvrir_le_champ(premiere, "titre"), ouvrir_le_champ(second, "titre")
    ecrire_l_un_apres_l_autre(premiere, la_leur, second, la_votre)
    second.locator(".conflit").get_by_text("Garder la sienne").click()
    expect(champ(second, "titre")).to_contain_text("Version de Coline")
    expect(second.locator(".conflit")).to_have_count(0)


def test_le_second_peut_reprendre_les_deux_textes(fiche, ouvrir):
    premiere, second = ouvrir("coordinatrice", fiche), ouvrir("pilote", fiche)
    la_leur, la_votre = ouvrir_le_champ(premiere, "titre"), ouvrir_le_champ(second, "titre")
    ecrire_l_un_apres_l_autre(premiere, la_leur, second, la_votre)
    second.get_by_role("button", name="Reprendre les deux").click()
    editeur = champ(second, "titre")
    expect(editeur.locator("input:not([type=hidden])").first).to_have_value("Version de Paul")
    expect(editeur).to_contain_text("Version de Coline")


def test_sans_javascript_le_conflit_est_une_page(fiche, ouvrir):
    premiere = ouvrir("coordinatrice", fiche, javascript=False)
    second = ouvrir("pilote", fiche, javascript=False)
    la_leur, la_votre = ouvrir_le_champ(premiere, "titre"), ouvrir_le_champ(second, "titre")
    for saisie, texte in ((la_leur, "Version de Coline"), (la_votre, "Version de Paul")):
        saisie.fill(texte)
        saisie.press("Enter")
    expect(second.locator(".conflit")).to_contain_text("Version de Coline")
    expect(second.locator(".conflit")).to_contain_text("Version de Paul")
    second.get_by_role("button", name="Garder la mienne").click()
    expect(champ(second, "titre")).to_contain_text("Version de Paul")
    premiere.reload()
    expect(premiere.locator("main")).to_contain_text("Version de Paul")


def test_modifier_deux_champs_differents_garde_les_deux_gestes(fiche, ouvrir):
    premiere, second = ouvrir("coordinatrice", fiche), ouvrir("pilote", fiche)
    la_leur = ouvrir_le_champ(premiere, "titre")
    statut = ouvrir_le_champ(second, "statut")
    la_leur.fill("Version de Coline")
    la_leur.press("Enter")
    expect(champ(premiere, "titre").get_by_text("Enregistré")).to_be_visible()
    statut.select_option("EN_PAUSE")
    champ(second, "statut").get_by_role("button", name="Enregistrer").click()
    expect(champ(second, "statut").get_by_text("Enregistré")).to_be_visible()
    second.reload()
    expect(champ(second, "titre")).to_contain_text("Version de Coline")
    expect(champ(second, "statut")).to_contain_text("En pause")
