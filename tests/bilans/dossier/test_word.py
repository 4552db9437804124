"""Le document Word : de vrais titres, de vrais tableaux, une table des matières, en français."""

import pytest
from docx.oxml.ns import qn
from lxml import etree

from bilans.dossier.word import rendre_docx
from tests.bilans.dossier.appuis import (
    HOSTILE,
    dossier_de,
    fiche_remplie,
    texte_du_word,
    word,
    xml_du_word,
)
from tests.factories import ActionFactory, AxeFactory

ENSEMBLE = {"couverture": True, "sommaire": True}


@pytest.fixture
def octets(contrat) -> bytes:
    axe = AxeFactory(contrat=contrat, numero="1", titre="Accéder aux soins")
    for place in (1, 2):
        fiche_remplie(contrat, axe=axe, numero=f"1.{place}", titre=f"Ouvrir le lieu {place}")
    return rendre_docx(dossier_de(contrat, **ENSEMBLE))


def titres(octets: bytes, niveau: int) -> list[str]:
    return [p.text for p in word(octets).paragraphs if p.style.name == f"Heading {niveau}"]


def test_les_titres_sont_de_vrais_titres_emboites(octets):
    assert titres(octets, 1) == ["Axe 1. Accéder aux soins"]
    assert titres(octets, 2) == ["1.1 Ouvrir le lieu 1", "1.2 Ouvrir le lieu 2"]
    assert "Étapes" in titres(octets, 3)


def test_une_fiche_seule_commence_par_son_titre(contrat):
    fiche_remplie(contrat, numero="1.1", titre="Ouvrir un lieu")
    seule = rendre_docx(dossier_de(contrat))
    assert titres(seule, 1) == ["1.1 Ouvrir un lieu"]
    assert "Étapes" in titres(seule, 2)


def test_le_document_dit_chaque_champ(octets):
    texte = texte_du_word(octets)
    for dit in (
        "Un bus tourne deux jours par semaine.", "Relais des Essais", "43 210 €", "187 (2025)",
        "Signer la convention d’essai", "ANA-42", "Deux permanences tenues.", "Affiche d’essai",
    ):  # fmt: skip
        assert dit in texte, dit


def test_la_langue_et_le_titre_sont_dits(octets):
    document = word(octets)
    assert document.core_properties.title == "Plan d’actions 2024-2028"
    assert document.core_properties.language == "fr-FR"
    styles = xml_du_word(octets, "word/styles.xml")
    assert 'w:lang w:val="en' not in styles
    assert 'w:val="fr-FR"' in styles


def test_chaque_tableau_a_une_en_tete_repetee_et_un_texte_de_remplacement(octets):
    for tableau in word(octets).tables:
        proprietes = tableau._tbl.tblPr
        assert proprietes.find(qn("w:tblCaption")).get(qn("w:val"))
        if len(tableau.columns) > 2:
            assert tableau.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_la_table_des_matieres_est_un_champ_deja_rempli(octets):
    xml = xml_du_word(octets)
    assert 'TOC \\o "1-2"' in xml
    lignes = [p for p in word(octets).paragraphs if p.style.name.startswith("TOC")]
    assert len(lignes) == 3
    cibles = {e.get(qn("w:anchor")) for e in etree.fromstring(xml.encode()).iter(qn("w:hyperlink"))}
    signets = {
        e.get(qn("w:name")) for e in etree.fromstring(xml.encode()).iter(qn("w:bookmarkStart"))
    }
    assert cibles <= signets
    assert len(cibles) == 3


def test_le_pied_porte_le_numero_de_page(octets):
    pied = xml_du_word(octets, "word/footer1.xml") + xml_du_word(octets)
    assert " PAGE " in pied


def test_les_listes_gardent_leurs_puces(octets):
    puces = [p.text for p in word(octets).paragraphs if p.style.name == "Puce de fiche"]
    assert puces[:2] == ["ouvrir deux lieux\u202f;", "former l’équipe"]


def test_un_texte_hostile_reste_du_texte(contrat):
    champs = dict.fromkeys(("titre", "contexte", "description", "moyens"), HOSTILE)
    fiche_remplie(contrat, **champs)
    texte = texte_du_word(rendre_docx(dossier_de(contrat, **ENSEMBLE)))
    assert "<script>alert(1)</script>" in texte
    assert '=cmd()|"/C calc"' in texte
    assert "العربية 🚌 fin" in texte


def test_un_paragraphe_en_arabe_se_lit_de_droite_a_gauche(contrat):
    ActionFactory(contrat=contrat, description="العربية")
    document = word(rendre_docx(dossier_de(contrat)))
    (paragraphe,) = [p for p in document.paragraphs if "العربية" in p.text]
    assert paragraphe._p.pPr.find(qn("w:bidi")) is not None


def test_cent_mille_caracteres_tiennent_dans_le_document(contrat):
    ActionFactory(contrat=contrat, description="Mot " * 25_000 + "fin.")
    assert texte_du_word(rendre_docx(dossier_de(contrat))).rstrip().find("Mot fin.") > 0


def test_un_champ_vide_dit_a_completer(contrat):
    ActionFactory(contrat=contrat, description="")
    assert "À compléter" in texte_du_word(rendre_docx(dossier_de(contrat, vides=True)))


def test_la_progression_monte_jusqu_a_la_fin(contrat):
    for _ in range(3):
        ActionFactory(contrat=contrat)
    etapes: list[int] = []
    rendre_docx(dossier_de(contrat), etapes.append)
    assert etapes == [30, 60, 90]
