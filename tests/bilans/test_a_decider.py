"""Ce que les élus ont à décider : lu point par point, dit aux élus, jamais au public."""

import io
from dataclasses import replace

import pikepdf
import pytest

from bilans.a_decider import PointADecider, points
from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.instantane import Texte
from bilans.mise_en_page.a_decider import a_decider
from bilans.mise_en_page.elus import DENSITES, PAGES_DES_ELUS, contexte_elus
from bilans.page_web.parties import parties as parties_web
from bilans.pdf import rendre, rendre_elus
from tests.bilans import exemples
from tests.bilans.exemples_pleins import plein
from tests.bilans.golden.cas import CAS, complet
from tests.bilans.golden.lecture import pages, texte

ENTIER = """- Passer le bus de 12 à 16 communes
  Pour quand : mars 2027
  Enjeu : sans accord, quatre communes restent sans passage.
  Qui décide : le comité de pilotage"""
SIGNES = ("quatrième lieu d’écoute en 2027", "sans accord", "EDC", "Entente des communes")


def un(ecrit: str) -> PointADecider:
    (lu,) = points(ecrit)
    return lu


def ecrire(ecrit: str):
    base = exemples.instantane()
    return replace(base, textes=replace(base.textes, a_decider=Texte(texte=ecrit, signature="")))


def test_un_point_dit_quoi_pour_quand_l_enjeu_et_qui():
    lu = un(ENTIER)
    assert lu == PointADecider(
        "Passer le bus de 12 à 16 communes",
        "mars 2027",
        "sans accord, quatre communes restent sans passage.",
        "le comité de pilotage",
    )
    assert lu.manque == ()


def test_un_point_se_recrit_comme_on_l_a_tape():
    assert un(ENTIER).ecrit == ENTIER
    assert un(PointADecider("Quoi seul").ecrit) == PointADecider("Quoi seul")


def test_ce_qui_suit_les_deux_points_est_l_enjeu():
    lu = un("- Garder le lieu d’écoute : son bail finit en juin.\nQuand : juin 2027")
    assert (lu.quoi, lu.quand, lu.enjeu) == (
        "Garder le lieu d’écoute", "juin 2027", "son bail finit en juin.",
    )  # fmt: skip


def test_une_ligne_enjeu_laisse_la_premiere_entiere():
    lu = un("- Bus santé : passer à 16 communes\nENJEU : le coût.")
    assert (lu.quoi, lu.enjeu) == ("Bus santé : passer à 16 communes", "le coût.")


@pytest.mark.parametrize("mot", ["Pour quand", "quand", "Échéance", "DATE"])
def test_les_etiquettes_se_reconnaissent_sans_accent_ni_majuscule(mot):
    assert un(f"- Décider\n{mot} : juin 2027").quand == "juin 2027"


def test_une_ligne_sans_etiquette_connue_n_est_pas_perdue():
    lu = un("- Décider\nUne précision.\nSource : le comité.\nPour quand : juin 2027")
    assert lu.enjeu == "Une précision. Source : le comité."


def test_sans_puce_chaque_paragraphe_est_un_point():
    assert [p.quoi for p in points("Un point.\n\nUn autre.\n### Un titre")] == [
        "Un point.", "Un autre.",
    ]  # fmt: skip


def test_ce_qui_manque_se_dit():
    assert un("- Décider").manque == ("pour quand", "l’enjeu")
    assert un("- Décider\nPour quand : juin").manque == ("l’enjeu",)
    assert points("") == ()


# Les deux pages


def test_les_elus_lisent_chaque_point_et_ses_sigles_expliques():
    lu = texte(rendre_elus(*complet()).octets)
    for attendu in (
        "Cequevousavezàdécideren2026", "Passerlebussantédedouzeàseizecommunes", "mars2026",
        "Lecomitédepilotage", "Troisdécisionsvousattendenten2026.", "Àfixer",
        "EDC(ententedescommunes)",
    ):  # fmt: skip
        assert attendu in lu, attendu


def test_la_rubrique_ouvre_la_seconde_page():
    _, seconde = pages(rendre_elus(*complet()).octets)
    assert seconde[2].strip().startswith("Ce que vous avez à décider en 2026")


def test_sans_point_la_rubrique_n_y_est_pas():
    vues = contexte_elus(ecrire("  "))
    assert vues["a_decider"] is None
    assert "attend" not in vues["chapeau"]
    assert "Ce que vous avez" not in texte(rendre_elus(exemples.instantane()).octets)


def test_une_seule_decision_se_dit_au_singulier():
    assert "Une décision vous attend en 2026." in contexte_elus(ecrire("- Décider"))["chapeau"]


def test_au_dela_de_cinq_points_la_page_dit_combien_restent():
    vue = a_decider(ecrire("\n".join(f"- Point {n}" for n in range(8))))
    assert vue is not None
    assert [p.quoi for p in vue.points] == [f"Point {n}" for n in range(5)]
    assert vue.en_plus == "Et 3\u00a0autres points."


@pytest.mark.parametrize("nom", CAS)
def test_les_points_ne_font_jamais_une_troisieme_page(nom):
    bilan, images = CAS[nom]()
    long = "Une décision dont le titre prend toute la place d’une ligne et davantage encore "
    charge = "\n".join(
        f"- {long * 2}\nPour quand : {long}\nEnjeu : {long * 4}\nQui décide : {long}"
        for _ in range(9)
    )
    ecrit = Texte(texte=charge, signature="")
    charge_ = replace(bilan, textes=replace(bilan.textes, a_decider=ecrit))
    assert rendre_elus(charge_, images).pages <= PAGES_DES_ELUS


def test_chaque_densite_montre_moins_que_celle_d_avant():
    for nom in (
        "avance",
        "bloque",
        "decisions",
        "dates",
        "decisions_aussi",
        "points",
        "lignes",
        "questions",
    ):
        tailles = [getattr(densite, nom) for densite in DENSITES]
        assert tailles == sorted(tailles, reverse=True), nom


# Jamais le public


def test_le_bilan_public_n_en_dit_rien():
    bilan = plein()
    for lu in (texte(rendre(*complet()).octets), str(parties_web(bilan, lambda *_: ""))):
        assert not [signe for signe in SIGNES if signe.replace(" ", "") in lu.replace(" ", "")]


def test_les_donnees_ouvertes_n_en_disent_rien():
    for octets in (csv_ouvert(plein()), json_ouvert(plein())):
        lu = octets.decode()
        assert not [signe for signe in (*SIGNES, "a_decider", "mots_des_elus") if signe in lu]


def test_les_donnees_jointes_aux_deux_pages_n_en_disent_rien():
    jointes = b"".join(_pieces(rendre_elus(*complet()).octets))
    assert jointes
    assert not [signe for signe in SIGNES if signe.encode() in jointes]


def _pieces(octets):
    with pikepdf.open(io.BytesIO(octets)) as ouvert:
        for piece in ouvert.attachments.values():
            yield piece.get_file().read_bytes()


def test_public_rend_le_meme_bilan_sans_ce_que_lisent_les_elus():
    public = plein().public()
    assert public.textes.a_decider is None
    assert public.mots_des_elus == ()
    assert public == replace(plein(), textes=public.textes, mots_des_elus=())
