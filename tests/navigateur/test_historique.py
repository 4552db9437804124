"""Revenir à une valeur passée, jeter une fiche et la reprendre : souris, clavier, sans JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.navigateur.gestes import champ, ouvrir_le_champ
from tests.navigateur.pages import DU_CONTRAT
from tests.navigateur.test_deux_navigateurs import fiche

__all__ = ["fiche"]


def test_deux_champs_se_reunissent_puis_l_un_revient_en_arriere_au_clavier(fiche, ouvrir):
    coline, paul = ouvrir("coordinatrice", fiche), ouvrir("pilote", fiche)
    titre, contexte = ouvrir_le_champ(coline, "titre"), ouvrir_le_champ(paul, "contexte")
    titre.fill("Écrit par Coline")
    titre.press("Enter")
    expect(champ(coline, "titre").get_by_text("Enregistré")).to_be_visible()
    contexte.fill("Constat de Paul")
    contexte.press("Control+Enter")
    expect(champ(paul, "contexte").get_by_text("Enregistré")).to_be_visible()
    expect(paul.locator(".conflit")).to_have_count(0)

    coline.reload()
    expect(champ(coline, "contexte")).to_contain_text("Constat de Paul")
    ouvrir_le_champ(coline, "titre")
    lien = champ(coline, "titre").get_by_role("link", name="Historique")
    lien.focus()
    lien.press("Enter")
    expect(coline.get_by_role("heading", name="Titre\u00a0: historique")).to_be_visible()
    retablir = coline.get_by_role("link", name="Rétablir cette valeur").first
    retablir.focus()
    retablir.press("Enter")
    expect(coline.locator(".versions")).to_contain_text("Écrit par Coline")
    bouton = coline.get_by_role("button", name="Rétablir cette valeur")
    bouton.focus()
    bouton.press("Enter")
    expect(coline.get_by_text("la valeur est rétablie")).to_be_visible()
    expect(champ(coline, "titre")).to_contain_text("Au départ")
    expect(champ(coline, "contexte")).to_contain_text("Constat de Paul")


@pytest.mark.parametrize("javascript", [True, False])
def test_une_fiche_jetee_revient_d_un_geste(fiche, ouvrir, javascript):
    page = ouvrir("coordinatrice", f"{fiche}supprimer/", javascript=javascript)
    page.get_by_role("button", name="Mettre à la corbeille").press("Enter")
    avis = page.locator("form.avis")
    expect(avis).to_contain_text("à la corbeille pour 30 jours")
    expect(page.locator("table.plan")).not_to_contain_text("Au départ")
    avis.get_by_role("button", name="Annuler").press("Enter")
    expect(page.get_by_text("est revenue dans le plan")).to_be_visible()
    expect(page.get_by_role("heading", name="Au départ")).to_be_visible()


def test_la_corbeille_se_trouve_depuis_le_plan_et_rend_ce_qu_elle_a(fiche, ouvrir, site):
    cle = fiche.split("/")[-2]
    site.sql("UPDATE contrats_action SET corbeille_le = now() WHERE id = %s", cle)
    ((contrat,),) = site.sql(f"SELECT DISTINCT contrat_id FROM contrats_action WHERE {DU_CONTRAT}")
    page = ouvrir("coordinatrice", f"/espace/contrats/{contrat}/plan/", largeur=360)
    page.locator("summary", has_text="Plus").first.click()
    page.get_by_role("link", name="Corbeille").click()
    expect(page.get_by_role("heading", name="Corbeille")).to_be_visible()
    page.get_by_role("button", name="Remettre dans le plan\u00a0: 9 Au départ").click()
    expect(page.get_by_role("heading", name="Au départ")).to_be_visible()
