"""Le PDF d’un dossier : accessible, complet, et insensible à ce que l’on y écrit."""

from dataclasses import replace

import outloud
import pytest

from bilans.dossier.page import en_html, rendre_pdf
from tests.bilans.dossier.appuis import (
    HOSTILE,
    dossier_de,
    fiche_remplie,
    pdf,
    texte_du_pdf,
)
from tests.factories import ActionFactory, AxeFactory

ENSEMBLE = {"couverture": True, "sommaire": True}


@pytest.fixture
def plan(contrat):
    for rang in (1, 2):
        axe = AxeFactory(contrat=contrat, numero=str(rang))
        for place in (1, 2):
            fiche_remplie(contrat, axe=axe, numero=f"{rang}.{place}")
    return contrat


def defauts(octets: bytes, tmp_path, *, sauf: frozenset[str] = frozenset()) -> list[str]:
    fichier = tmp_path / "fiches.pdf"
    fichier.write_bytes(octets)
    constats = outloud.check(fichier).findings
    return [str(c) for c in constats if c.severity != "info" and c.rule not in sauf]


def test_le_plan_est_un_pdf_accessible_avec_langue_titre_et_signets(plan, tmp_path):
    octets = rendre_pdf(dossier_de(plan, **ENSEMBLE)).octets
    # Quatre fiches pareilles : le contrôleur prend leurs lignes de même place pour un titre courant
    assert defauts(octets, tmp_path, sauf=frozenset({"PAG-001"})) == []
    document = pdf(octets)
    assert document.Root.Lang == "fr"
    assert str(document.docinfo.Title) == "Plan d’actions 2024-2028"
    assert 'pdfuaid:part="1"' in document.Root.Metadata.read_bytes().decode()
    with document.open_outline() as signets:
        titres = [signet.title for signet in signets.root]
        sous = [enfant.title for signet in signets.root for enfant in signet.children]
    assert titres[1] == "Sommaire"
    assert any("Une navette" in t or t.startswith("1.1") for t in sous), sous


def test_une_fiche_seule_est_un_pdf_accessible_a_son_nom(contrat, tmp_path):
    fiche_remplie(contrat, numero="1.1", titre="Ouvrir un lieu")
    octets = rendre_pdf(dossier_de(contrat)).octets
    # Sur deux pages, le contrôleur ne sait pas reconnaître un titre courant
    assert defauts(octets, tmp_path, sauf=frozenset({"TAG-002", "PAG-001"})) == []
    assert str(pdf(octets).docinfo.Title) == "Fiche action 1.1 Ouvrir un lieu"


def test_les_polices_sont_dans_le_fichier(plan):
    document = pdf(rendre_pdf(dossier_de(plan, **ENSEMBLE)).octets)
    polices = {
        str(police.BaseFont).split("+")[-1]
        for page in document.pages
        for police in page.Resources.get("/Font", {}).values()
    }
    assert all("Atkinson" in nom for nom in polices), polices


def test_le_pdf_dit_chaque_champ_et_le_sommaire_la_page(plan):
    texte = texte_du_pdf(rendre_pdf(dossier_de(plan, **ENSEMBLE)).octets)
    for dit in (
        "Un bus tourne deux jours par semaine.", "Relais des Essais", "43 210 €", "187 (2025)",
        "Signer la convention d’essai", "ANA-42", "Deux permanences tenues.", "Affiche d’essai",
    ):  # fmt: skip
        assert dit in texte, dit
    assert "Sommaire" in texte


def test_les_memes_donnees_font_les_memes_octets(contrat):
    fiche_remplie(contrat)
    assert rendre_pdf(dossier_de(contrat)).octets == rendre_pdf(dossier_de(contrat)).octets


def test_la_demonstration_est_dite_sur_la_couverture_et_au_pied(contrat):
    fiche_remplie(contrat)
    dossier = replace(dossier_de(contrat, **ENSEMBLE), est_demonstration=True)
    assert texte_du_pdf(rendre_pdf(dossier).octets).count("Démonstration") >= 2
    reel = replace(dossier, est_demonstration=False)
    assert "Démonstration" not in texte_du_pdf(rendre_pdf(reel).octets)


def test_un_texte_hostile_reste_du_texte(contrat):
    champs = dict.fromkeys(("titre", "contexte", "description", "moyens", "freins"), HOSTILE)
    fiche_remplie(contrat, **champs)
    html = en_html(dossier_de(contrat, **ENSEMBLE))
    assert "<script" not in html
    assert "\x07" not in html
    texte = texte_du_pdf(rendre_pdf(dossier_de(contrat, **ENSEMBLE)).octets)
    assert "<script>alert(1)</script>" in texte
    assert '=cmd()|"/C calc"' in texte


def test_cent_mille_caracteres_tiennent_dans_le_document(contrat):
    long = "Une phrase ordinaire, qui se répète. " * 2_600 + "Le dernier mot : fin."
    ActionFactory(contrat=contrat, description=long, contexte="a" * 100_000)
    resultat = rendre_pdf(dossier_de(contrat))
    assert "Le dernier mot : fin." in texte_du_pdf(resultat.octets)
    assert resultat.pages > 10


def test_une_fiche_restreinte_le_dit(contrat):
    ActionFactory(contrat=contrat, est_restreinte=True)
    assert "Réservée à l’équipe du plan" in texte_du_pdf(rendre_pdf(dossier_de(contrat)).octets)
