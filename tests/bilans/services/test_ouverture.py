"""Un bilan s’ouvre plein de ce qui se sait : parties, volets, annonces, adresse courte."""

import re

import pytest

from bilans.models import Bilan, CodeSection
from bilans.services.ouverture import ALPHABET, ouvrir_bilan
from contrats.models import Contrat
from tests.factories import ActionFactory, AxeFactory, BilanFactory
from tests.factories.preparation import (
    ActionEnAvantFactory,
    AnnonceBilanFactory,
    ImageBilanFactory,
    VoletBilanFactory,
)


def publie_en(contrat: Contrat, annee: int, perspectives: str) -> Bilan:
    """Un bilan publié qui annonce ceci."""
    modele = BilanFactory.build(contrat=contrat, annee=annee, publie=True)
    simple = modele.instantane
    texte = {"texte": perspectives, "signature": "", "photo": None}
    simple["textes"]["perspectives"] = texte if perspectives else None
    return BilanFactory(contrat=contrat, annee=annee, publie=True, instantane=simple)


def test_un_bilan_s_ouvre_avec_ses_quinze_parties_dans_l_ordre(contrat, coordinatrice):
    bilan = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    lues = list(bilan.sections.order_by("ordre").values_list("code", "ordre", "est_presente"))
    assert lues == [(c, n, True) for n, c in enumerate(CodeSection.values, start=1)]


def test_un_volet_par_axe_puis_celui_des_actions_sans_axe(contrat, coordinatrice):
    second, premier = AxeFactory(contrat=contrat, ordre=2), AxeFactory(contrat=contrat, ordre=1)
    ActionFactory(contrat=contrat, axe=None, interne=True)
    bilan = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert list(bilan.volets.order_by("ordre").values_list("axe", flat=True)) == [
        premier.pk,
        second.pk,
    ]
    ActionFactory(contrat=contrat, axe=None)
    autre = ouvrir_bilan(contrat=contrat, annee=2026, par=coordinatrice)
    assert autre.volets.get(axe=None).ordre == 3


def test_l_adresse_courte_se_recopie_sans_se_tromper(contrat, coordinatrice):
    codes = {
        ouvrir_bilan(contrat=contrat, annee=annee, par=coordinatrice).code_court
        for annee in (2024, 2025, 2026)
    }
    assert len(codes) == 3
    assert all(re.fullmatch(f"[{ALPHABET}]{{7}}", code) for code in codes)
    assert not set("01ilo") & set(ALPHABET)


def test_un_bilan_reprend_ce_que_le_dernier_publie_annoncait(contrat, coordinatrice):
    publie_en(
        contrat, 2024, "### La suite\n\n- Mars 2025 : **Un bus**.\nAvec la ville.\n- Une fête"
    )
    bilan = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert list(bilan.annonces.order_by("ordre").values_list("texte", "devenir")) == [
        ("Mars 2025\u00a0: Un bus. Avec la ville.", ""),
        ("Une fête", ""),
    ]


def test_sans_point_chaque_paragraphe_est_une_annonce(contrat, coordinatrice):
    publie_en(contrat, 2024, "Un bus en mars.\n\nUne fête en juin.")
    bilan = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert [a.texte for a in bilan.annonces.order_by("ordre")] == [
        "Un bus en mars.",
        "Une fête en juin.",
    ]


def test_une_annee_sans_bilan_n_efface_pas_ce_qui_etait_annonce(contrat, coordinatrice):
    publie_en(contrat, 2024, "- Un bus")
    bilan = ouvrir_bilan(contrat=contrat, annee=2026, par=coordinatrice)
    assert [a.texte for a in bilan.annonces.all()] == ["Un bus"]


def test_ni_le_brouillon_ni_le_bilan_de_la_voisine_n_annoncent(
    contrat, autre_contrat, coordinatrice
):
    publie_en(autre_contrat, 2024, "- Ailleurs")
    BilanFactory(contrat=contrat, annee=2024)
    bilan = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert not bilan.annonces.exists()


def test_une_annonce_trop_longue_est_coupee_et_le_dit(contrat, coordinatrice):
    publie_en(contrat, 2024, f"- {'mot ' * 400}")
    (annonce,) = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice).annonces.all()
    assert len(annonce.texte) <= 600
    assert annonce.texte.endswith("…")


def test_une_correction_reprend_tout_ce_que_l_edition_disait(contrat, coordinatrice):
    axe = AxeFactory(contrat=contrat)
    action = ActionFactory(contrat=contrat, axe=axe)
    photo = ImageBilanFactory(contrat=contrat)
    premiere = BilanFactory(contrat=contrat, annee=2025, publie=True)
    premiere.sections.create(code="ZOOM", texte="Gros plan", ordre=3, photo=photo)
    premiere.sections.create(code="EDITO", texte="Mot", est_presente=False)
    VoletBilanFactory(bilan=premiere, axe=axe, texte="Raconté", cite=True, photo=photo)
    ActionEnAvantFactory(bilan=premiere, action=action, recit="Autrement", rang=2)
    AnnonceBilanFactory(bilan=premiere, texte="Un bus", devenir="TENU")
    correction = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    zoom, edito = (correction.sections.get(code=code) for code in ("ZOOM", "EDITO"))
    assert (zoom.texte, zoom.ordre, zoom.photo) == ("Gros plan", 3, photo)
    assert (edito.texte, edito.est_presente) == ("Mot", False)
    volet = correction.volets.get(axe=axe)
    assert (volet.texte, volet.citation, volet.photo) == ("Raconté", "On m’a écoutée.", photo)
    assert correction.actions_en_avant.get().recit == "Autrement"
    assert [(a.texte, a.devenir) for a in correction.annonces.all()] == [("Un bus", "TENU")]
    assert correction.code_court != premiere.code_court


@pytest.mark.parametrize("code", CodeSection.values)
def test_une_correction_d_un_bilan_d_avant_a_aussi_toutes_ses_parties(contrat, coordinatrice, code):
    BilanFactory(contrat=contrat, annee=2025, publie=True)
    correction = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert correction.sections.filter(code=code).exists()
