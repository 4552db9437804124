"""La grille en vrai : un bloc de tableur, une année au clavier, une coupure, un téléphone."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.gestes import deborde
from tests.navigateur.pages import adresse

CASE = "form[data-cls-grille] .case-valeur"
ETAT = "#saisie-etat .valide"
# Ce qu’un tableur met dans le presse-papiers : le même bloc en texte et en HTML
COLLER = """([id, bloc]) => {
  const saisie = document.getElementById(id);
  saisie.focus();
  const presse = new DataTransfer();
  const lignes = bloc.trimEnd().split("\\n").map(l => `<tr><td>${l.split("\\t").join("</td><td>")}`);
  presse.setData("text/html", `<table>${lignes.join("")}</table>`);
  presse.setData("text/plain", bloc);
  saisie.dispatchEvent(new ClipboardEvent("paste", {clipboardData: presse, bubbles: true, cancelable: true}));
}"""

COUPER = """() => {
  window.vraie = window.fetch;
  window.fetch = () => Promise.reject(new TypeError("coupure"));
}"""


@pytest.fixture
def grille(ouvrir, cle):
    def ouvrir_la_grille(**options):
        return ouvrir("coordinatrice", adresse("indicateurs:grille", cle), **options)

    return ouvrir_la_grille


def cases_de(page, annee):
    return page.locator(f'{CASE}[id$=".{annee}"]')


def id_de(case):
    return case.get_attribute("id")


def test_un_bloc_copie_d_un_tableur_se_colle_se_raconte_et_s_annule(grille):
    page = grille()
    colonne = cases_de(page, 2024)
    avant = [colonne.nth(n).input_value() for n in range(2)]
    envois: list[str] = []
    page.on("request", lambda r: envois.append(r.url) if r.method == "POST" else None)
    page.evaluate(COLLER, [id_de(colonne.first), '1 234,5\t77\n"12O"\t88\n'])
    expect(page.locator("#saisie-collage")).to_contain_text("3\u00a0valeurs prises, 1\u00a0écartée")
    expect(page.locator("#saisie-avis")).to_contain_text("Vouliez-vous écrire 120")
    expect(colonne.first).to_have_value("1\u202f234,5")
    expect(colonne.nth(1)).to_have_value("12O")
    expect(cases_de(page, 2025).first).to_have_value("77")
    assert len(envois) == 1, "un bloc part en une fois"
    page.get_by_role("button", name=re.compile("^Remplacer par 120")).click()
    expect(colonne.nth(1)).to_have_value("120")
    expect(page.locator("#saisie-avis section")).to_have_count(0)
    page.get_by_role("button", name="Annuler").click()
    expect(colonne.nth(1)).not_to_have_value("120")
    page.keyboard.press("Escape")
    page.locator("#saisie-etat button").click()
    expect(colonne.first).to_have_value(avant[0])


def test_un_bloc_trop_grand_dit_ce_qui_depasse(grille):
    page = grille()
    derniere = cases_de(page, 2026).last
    page.evaluate(COLLER, [id_de(derniere), "5\tà droite\nen dessous\tencore\n"])
    avis = page.locator("#saisie-avis")
    expect(avis).to_contain_text("1\u00a0valeur prise, 3\u00a0écartées")
    expect(avis).to_contain_text("« à droite »")
    expect(avis).to_contain_text("Le bloc dépasse la grille")


def test_une_annee_entiere_se_saisit_au_clavier_seul(grille):
    page = grille()
    page.goto(f"{page.url}?a=2027&de=2024&annee=2027")
    colonne = cases_de(page, 2027)
    colonne.first.wait_for()
    nombre = colonne.count()
    colonne.first.focus()
    for rang in range(nombre):
        page.keyboard.type(str(10 + rang))
        page.keyboard.press("Enter")
    expect(page.locator(ETAT)).to_contain_text("Enregistré à")
    expect(page.locator("#saisie-etat")).to_contain_text(f"{nombre}\u00a0valeurs sur {nombre}")
    page.reload()
    expect(colonne.first).to_have_value("10")
    expect(colonne.last).to_have_value(str(9 + nombre))
    # Les flèches : au bord du texte seulement ; Échap rend la valeur ; Ctrl+Z annule la saisie
    colonne.first.focus()
    page.keyboard.press("ArrowDown")
    expect(colonne.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cases_de(page, 2026).nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(colonne.nth(1)).to_have_value("11")
    page.keyboard.type("55")
    page.keyboard.press("Tab")
    expect(page.locator(ETAT)).to_contain_text("Enregistré à")
    colonne.nth(1).focus()
    page.keyboard.press("Control+z")
    expect(colonne.nth(1)).to_have_value("11")


def test_une_coupure_garde_la_saisie_puis_l_envoie(grille):
    page = grille()
    case = cases_de(page, 2026).first
    page.evaluate(COUPER)
    case.fill("41")
    page.keyboard.press("Tab")
    expect(page.locator(ETAT)).to_contain_text("Pas encore enregistré")
    expect(case).to_have_value("41")
    page.evaluate(
        "() => { window.fetch = window.vraie; window.dispatchEvent(new Event('online')); }"
    )
    expect(page.locator(ETAT)).to_contain_text("Enregistré à")


def test_sur_un_telephone_la_grille_tient_et_la_saisie_se_fait_un_par_un(grille):
    page = grille(largeur=360)
    assert deborde(page) == ""
    expect(cases_de(page, 2026).first).to_be_visible()
    expect(cases_de(page, 2024).first).to_be_hidden()
    page.get_by_role("link", name="Saisir un par un").click()
    page.get_by_text("Indicateur 1 sur").wait_for()
    assert deborde(page) == ""
    page.locator(".grande").first.fill("63")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_text("Indicateur 2 sur").wait_for()
    expect(page.get_by_text(": enregistré.")).to_be_visible()
