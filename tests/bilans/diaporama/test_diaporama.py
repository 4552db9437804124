"""Le diaporama : de vraies places, des tableaux et des graphiques natifs, décrits, vingt diapos au plus."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from bilans.diaporama import rendre_diaporama
from bilans.diaporama.contenu import diapos
from bilans.diaporama.formes import DIAPOS
from bilans.instantane import (
    Annonce,
    Annonces,
    Apparence,
    Argent,
    Flux,
    Image,
    Rencontre,
    Somme,
    Texte,
    Textes,
)
from tests.bilans import exemples

LONG = "Anticonstitutionnellement " * 60


def entier():
    argent = Argent(
        annee=2025, total=Decimal(120_000), cout_prevu=None, cout_realise=None, etp=None,
        apports_en_nature=None, source="suivi du contrat",
        payeurs=(Somme(nom="ARS", montant=Decimal(80_000)), Somme(nom="Région", montant=Decimal(40_000))),
        usages=(Somme(nom="Santé mentale", montant=Decimal(70_000)), Somme(nom="Prévention", montant=Decimal(50_000))),
        flux=(Flux(payeur="ARS", usage="Prévention", montant=Decimal(50_000)),),
    )  # fmt: skip
    rencontre = Rencontre(
        jour=date(2025, 3, 4), instance="Comité de pilotage", titre="", lieu="Mairie",
        organisations=5, est_publique=True,
    )  # fmt: skip
    annonce = Annonce(texte="Ouvrir un lieu", devenir="TENU", libelle="C’est fait", explication="")
    return replace(
        exemples.instantane(), argent=argent, rencontres=(rencontre,),
        annonces=Annonces(annee=2024, lignes=(annonce,)),
    )  # fmt: skip


def ouvrir(octets: bytes):
    return Presentation(io.BytesIO(octets))


@pytest.fixture(scope="module")
def fichier():
    return ouvrir(rendre_diaporama(entier(), {}).octets)


def test_les_memes_donnees_donnent_les_memes_octets():
    premier = rendre_diaporama(entier(), {}).octets
    assert rendre_diaporama(entier(), {}).octets == premier
    assert rendre_diaporama(replace(entier(), annee=2024), {}).octets != premier


def test_aucune_entree_ne_porte_l_heure_de_la_fabrication():
    with ZipFile(io.BytesIO(rendre_diaporama(entier(), {}).octets)) as archive:
        jours = {i.date_time[:3] for i in archive.infolist()}
        classeurs = [n for n in archive.namelist() if n.endswith(".xlsx")]
        for nom in classeurs:
            with ZipFile(io.BytesIO(archive.read(nom))) as classeur:
                assert {i.date_time[:3] for i in classeur.infolist()} == jours
    le = entier().arrete_le
    assert jours == {(le.year, le.month, le.day)}
    assert classeurs


def test_chaque_diapo_a_un_titre_dans_la_place_du_titre(fichier):
    titres = []
    for diapo in fichier.slides:
        place = diapo.shapes.title
        assert place is not None
        assert place.placeholder_format.type in {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
        titres.append(place.text_frame.text)
    assert all(titres)
    assert len(set(titres)) == len(titres)


def test_les_textes_sont_dans_la_place_du_texte(fichier):
    volet = next(d for d in fichier.slides if d.shapes.title.text_frame.text == "Santé mentale")
    corps = volet.placeholders[1].text_frame.text
    assert "lieux d’écoute" in corps


def test_les_graphiques_et_les_tableaux_sont_natifs_et_decrits(fichier):
    formes = [f for d in fichier.slides for f in d.shapes]
    graphiques = [f for f in formes if f.has_chart]
    tableaux = [f for f in formes if f.has_table]
    assert len(graphiques) >= 3
    assert len(tableaux) >= 4
    for forme in (*graphiques, *tableaux):
        assert forme._element.nvGraphicFramePr.cNvPr.get("descr")
    etats = graphiques[0].chart
    assert [s.name for s in etats.plots[0].series] == ["2024", "2025"]
    assert sum(etats.plots[0].series[1].values) == len(entier().actions)
    assert all(t.table.first_row for t in tableaux)


def test_chaque_diapo_a_des_notes_avec_le_texte_entier(fichier):
    assert all(d.has_notes_slide and d.notes_slide.notes_text_frame.text for d in fichier.slides)
    notes = "\n".join(d.notes_slide.notes_text_frame.text for d in fichier.slides)
    for action in entier().actions:
        assert action.titre in notes
    assert "ARS, Prévention : 50 000 €" in notes.replace("\u202f", " ").replace("\u00a0", " ")


def test_une_demonstration_le_dit_sur_chaque_diapo(fichier):
    for diapo in fichier.slides:
        assert "Démonstration" in " ".join(
            f.text_frame.text for f in diapo.shapes if f.has_text_frame
        )


def test_les_couleurs_du_contrat_font_la_couverture():
    apparence = Apparence(couleur_fond="#3b0a45", couleur_accent="#f5d547")
    lu = ouvrir(rendre_diaporama(replace(entier(), apparence=apparence), {}).octets)
    fond = lu.slides[0].slide_layout.background.fill.fore_color.rgb
    assert str(fond) == "3B0A45"


def test_un_logo_present_est_pose_et_decrit_un_absent_ne_gene_pas():
    octets = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
        b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
        b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    logos = tuple(
        Image(chemin=nom, sha256="a", type_mime="image/png", alternative=f"Logo {nom}", credit="",
              largeur=1, hauteur=1)
        for nom in ("present.png", "absent.png")
    )  # fmt: skip
    i = replace(entier(), apparence=Apparence(logos=logos))
    lu = ouvrir(rendre_diaporama(i, {"present.png": octets}).octets)
    decrites = [f._element.xpath(".//p:cNvPr")[0].get("descr") for f in lu.slides[0].shapes]
    assert "Logo present.png" in decrites
    assert "Logo absent.png" not in decrites


def test_une_partie_retiree_du_bilan_n_est_pas_dans_le_diaporama():
    titres = {
        d.titre for d in diapos(replace(entier(), sections=("VOLETS", "GLOSSAIRE", "CONTACT")))
    }
    assert not titres & {
        "2025 en chiffres",
        "Où en sont les actions ?",
        "Ce qui a été plus difficile",
    }


def test_vingt_diapos_au_plus_meme_avec_vingt_volets():
    i = entier()
    nombreux = replace(i, volets=tuple(replace(i.volets[0], titre=f"Volet {n}") for n in range(20)))
    assert rendre_diaporama(nombreux, {}).pages <= DIAPOS


def test_un_bilan_vide_fait_un_diaporama():
    vide = replace(
        exemples.instantane(), volets=(), chiffres=(), signataires=(), partenaires=(),
        precedent=None,
        textes=Textes(edito=None, difficultes=None, participation=None, perspectives=None),
    )  # fmt: skip
    assert rendre_diaporama(vide, {}).pages >= 2


def test_un_texte_trop_long_est_coupe_a_l_ecran_et_entier_dans_les_notes():
    textes = replace(entier().textes, difficultes=Texte(texte=LONG, signature=""))
    lu = ouvrir(rendre_diaporama(replace(entier(), textes=textes), {}).octets)
    diapo = next(d for d in lu.slides if "difficile" in d.shapes.title.text_frame.text)
    assert len(diapo.placeholders[1].text_frame.text) <= 151
    assert LONG.strip() in diapo.notes_slide.notes_text_frame.text


def test_des_caracteres_interdits_ne_cassent_pas_le_fichier():
    textes = replace(entier().textes, difficultes=Texte(texte="Un\x00 deux\x0b <b>&", signature=""))
    assert ouvrir(rendre_diaporama(replace(entier(), textes=textes), {}).octets).slides
