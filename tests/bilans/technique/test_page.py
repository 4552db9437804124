"""Le PDF du bilan technique : accessible, complet, le même pour les mêmes données."""

import io
from dataclasses import replace

import outloud
import pikepdf
import pytest

from bilans.codec import DonneesIllisibles
from bilans.technique.donnees import relire
from bilans.technique.page import en_donnees, en_html, rendre_technique
from tests.bilans import exemples
from tests.bilans.dossier.appuis import aplati, texte_du_pdf
from tests.bilans.technique import exemples as techniques

# Trois pages portent le même texte inventé en haut ou en bas ; un document court trompe TAG-002
FAUX_POSITIFS = frozenset({"PAG-001", "TAG-002"})
LONG = "Anticonstitutionnellement" * 12
HOSTILE = "<script>alert(1)</script> & « \u202einversé » \x00 {{ 7*7 }} مرحبا 🙂"


def rendre(technique, *, avec_montants=True):
    return rendre_technique(exemples.instantane(), technique, avec_montants=avec_montants)


def defauts(octets: bytes, tmp_path) -> list[str]:
    fichier = tmp_path / "technique.pdf"
    fichier.write_bytes(octets)
    constats = outloud.check(fichier).findings
    return [str(c) for c in constats if c.severity != "info" and c.rule not in FAUX_POSITIFS]


@pytest.fixture(scope="module")
def entier():
    return rendre(techniques.technique())


@pytest.mark.parametrize("avec_montants", [True, False])
@pytest.mark.parametrize("cas", ["entier", "vide", "une fiche"])
def test_le_pdf_est_accessible(cas, avec_montants, tmp_path):
    technique = {
        "entier": techniques.technique(),
        "vide": techniques.vide(),
        "une fiche": techniques.technique(axes=1, par_axe=1),
    }[cas]
    assert defauts(rendre(technique, avec_montants=avec_montants).octets, tmp_path) == []


def test_le_texte_se_lit_dans_l_ordre_des_parties(entier):
    texte = aplati(texte_du_pdf(entier.octets))
    place = 0
    for mot in (
        "Bilan technique", "Sommaire", "L’année 2025", "Porteur", "La gouvernance",
        "Comité de pilotage", "Ordre du jour", "Qui s’est mobilisé", "Les décisions",
        "Où en sont les actions", "changements de statut", "La santé mentale", "1.1", "Étapes",
        "Indicateurs", "Budget et financements", "Ce qui s’est passé en 2025", "La prévention",
        "Les indicateurs du contrat", "Médecins installés", "Freins et leviers", "L’argent",
        "Par axe", "La participation", "Les perspectives", "Annexes", "définitions et sources",
        "Méthode",
    ):  # fmt: skip
        assert mot in texte[place:], mot
        place = texte.index(mot, place)


def test_chaque_fiche_chaque_valeur_et_chaque_euro_y_sont(entier):
    texte = aplati(texte_du_pdf(entier.octets))
    for fiche in techniques.technique().fiches:
        assert fiche.titre in texte
    for annee in range(2019, 2026):
        assert f"{annee} : {100 + 7 * (annee - 2019)}" in texte
    for montant in (
        "12 003 € prévus",
        "10 400,50 € réalisés",
        "8 000 € accordés",
        "5 000 € demandés, refusé",
    ):
        assert montant in texte, montant


def test_sans_les_montants_aucun_euro_ni_dans_le_texte_ni_dans_les_donnees():
    technique = techniques.technique()
    texte = texte_du_pdf(rendre(technique, avec_montants=False).octets)
    assert "€" not in texte
    assert "Qui la finance" not in texte
    assert "Sans les montants" in texte
    donnees = en_donnees(technique, avec_montants=False).decode()
    assert "depenses" not in donnees
    assert "accorde" not in donnees


def test_les_memes_donnees_donnent_les_memes_octets(entier):
    assert rendre(relire(techniques.technique().vers_simple())).sha256 == entier.sha256
    assert rendre(techniques.technique(reservees=0)).sha256 != entier.sha256


def test_il_porte_ses_signets_et_ses_donnees(entier):
    with pikepdf.open(io.BytesIO(entier.octets)) as document:
        assert list(document.attachments) == ["technique.json"]
        with document.open_outline() as plan:
            titres = [signet.title for signet in plan.root]
        assert {"La gouvernance", "La santé mentale", "Freins et leviers"} <= set(titres)
        xmp = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfuaid:part="1"' in xmp


@pytest.mark.parametrize("texte", [LONG, HOSTILE], ids=["un mot sans fin", "un texte hostile"])
def test_un_texte_hostile_reste_du_texte(texte, tmp_path):
    technique = techniques.technique(axes=1, par_axe=1)
    axe = technique.axes[0]
    fiche = replace(axe.fiches[0], titre=texte[:300], pilote=texte, freins=texte, raison=texte)
    hostile = replace(technique, axes=(replace(axe, titre=texte, fiches=(fiche,)),))
    html = en_html(exemples.instantane(), hostile, avec_montants=True)
    assert "<script>" not in html
    assert rendre(hostile).pages > 4


def test_un_schema_inconnu_ou_absent_se_dit():
    with pytest.raises(DonneesIllisibles):
        relire({})
    with pytest.raises(DonneesIllisibles):
        relire(techniques.technique().vers_simple() | {"schema": 99})
