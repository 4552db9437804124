"""Sans JavaScript, chaque sorte de champ de la fiche s’écrit et se relit."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import champ
from tests.navigateur.pages import adresse


def ecrire(forme: Page) -> None:
    forme.get_by_role("textbox").last.fill("Un texte neuf, sans JavaScript.")


def choisir(forme: Page) -> None:
    forme.get_by_role("combobox").last.select_option(label="Élevée")


def dater(forme: Page) -> None:
    forme.get_by_label("Début").fill("01/02/2025")
    forme.get_by_label("Échéance").fill("30/11/2027")


def cocher(forme: Page) -> None:
    forme.get_by_label("Santé mentale").check()


GENRES: dict[str, tuple[str, Callable[[Page], None], str]] = {
    "un texte": ("contexte", ecrire, "Un texte neuf, sans JavaScript."),
    "un choix": ("priorite", choisir, "Élevée"),
    "des dates": ("calendrier", dater, "30 novembre 2027"),
    "plusieurs choix": ("themes", cocher, "Santé mentale"),
}


@pytest.mark.parametrize("genre", GENRES)
def test_un_champ_de_chaque_genre_se_modifie(genre, ouvrir, cle):
    nom, remplir, attendu = GENRES[genre]
    fiche = ouvrir("coordinatrice", adresse("contrats:action", cle), javascript=False)
    ouvert = fiche.locator(f"details:has([id^=champ-{nom}-])")
    if ouvert.count():
        ouvert.first.locator("summary").click()
    with fiche.expect_navigation():
        champ(fiche, nom).get_by_role("button").first.click()
    remplir(fiche)
    fiche.get_by_role("button", name="Enregistrer").click()
    expect(champ(fiche, nom)).to_contain_text(attendu)


def test_une_etape_s_ajoute_puis_se_modifie(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action_suivi", cle), javascript=False)
    page.get_by_role("link", name="Ajouter une étape").click()
    page.get_by_label("Étape").fill("Choisir le lieu")
    page.get_by_label("Échéance").fill("15/03/2027")
    page.get_by_role("button", name="Ajouter").or_(
        page.get_by_role("button", name="Enregistrer")
    ).first.click()
    expect(page.locator("#etapes")).to_contain_text("Choisir le lieu")
    page.get_by_role("link", name=re.compile("Modifier.*Choisir le lieu")).click()
    page.get_by_label("Étape").fill("Choisir le lieu avec les communes")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#etapes")).to_contain_text("Choisir le lieu avec les communes")


def test_une_note_s_ecrit(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action_suivi", cle), javascript=False)
    page.get_by_role("link", name="Écrire une note").click()
    page.get_by_label("Ce qui a été fait").fill("Douze permanences tenues.")
    page.get_by_label("Participants").fill("84")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("Douze permanences tenues.")).to_be_visible()


def test_une_depense_s_ajoute(ouvrir, cle):
    page = ouvrir("coordinatrice", adresse("contrats:action_budget", cle), javascript=False)
    page.get_by_role("link", name="Ajouter une dépense").click()
    page.get_by_label("Année").fill("2024")
    page.get_by_role("combobox", name="Nature").select_option(index=1)
    page.get_by_role("textbox", name="Prévu").fill("12 500 €")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#budget")).to_contain_text(
        "12 500 €".replace(" ", "\u202f", 1).replace(" ", "\u00a0")
    )
