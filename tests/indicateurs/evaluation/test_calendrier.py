"""Quand évaluer : la période d’usage, et la trame qui s’y range."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.evaluation.calendrier import Periode, milieu, plus_de_mois, proposee
from indicateurs.evaluation.trame import encore_a_poser, trame
from indicateurs.models import CritereEvaluation, MomentEvaluation
from tests.appuis.proprietes import sans_chrono

jours = st.dates(date(2010, 1, 1), date(2060, 1, 1))


def test_un_contrat_de_cinq_ans_s_evalue_au_milieu_puis_avant_sa_fin():
    debut, fin = date(2023, 7, 1), date(2028, 6, 30)
    assert proposee("MI_PARCOURS", debut, fin) == Periode(date(2025, 9, 30), date(2026, 3, 30))
    assert proposee("FINALE", debut, fin) == Periode(date(2027, 9, 30), date(2028, 3, 30))
    assert proposee("AUTRE", debut, fin) is None


@pytest.mark.parametrize(("debut", "fin"), [(None, date(2028, 1, 1)), (date(2023, 1, 1), None)])
def test_sans_debut_ou_sans_fin_rien_n_est_propose(debut, fin):
    assert proposee("MI_PARCOURS", debut, fin) is None


@given(jours, st.integers(0, 4000), st.sampled_from(["MI_PARCOURS", "FINALE"]))
@sans_chrono
def test_la_periode_reste_dans_le_contrat_et_dans_l_ordre(debut, duree, moment):
    fin = debut + timedelta(days=duree)
    periode = proposee(moment, debut, fin)
    assert debut <= periode.debut <= periode.fin <= fin


@given(jours, st.integers(0, 4000))
@sans_chrono
def test_le_milieu_est_a_un_jour_pres_a_egale_distance(debut, duree):
    fin = debut + timedelta(days=duree)
    centre = milieu(debut, fin)
    assert abs((centre - debut).days - (fin - centre).days) <= 1


@given(jours, st.integers(-60, 60))
@sans_chrono
def test_des_mois_plus_tard_puis_plus_tot_ramenent_au_meme_mois(jour, mois):
    aller = plus_de_mois(jour, mois)
    assert (aller.year * 12 + aller.month) - (jour.year * 12 + jour.month) == mois
    assert aller.day <= jour.day
    retour = plus_de_mois(aller, -mois)
    assert (retour.year, retour.month) == (jour.year, jour.month)


# La trame


def test_la_trame_couvre_chaque_critere_et_ses_cles_sont_uniques():
    toutes = trame()
    assert {q.critere for q in toutes.questions} == set(CritereEvaluation.values)
    cles = [element.cle for element in (*toutes.questions, *toutes.etapes)]
    assert len(cles) == len(set(cles))
    for question in toutes.questions:
        assert question.moments <= set(MomentEvaluation.values)
        assert len(question.texte) <= 400
        assert question.texte.endswith("?")


def test_chaque_moment_a_ses_questions():
    for moment in ("MI_PARCOURS", "FINALE", "AUTRE"):
        assert len(trame().questions_de(moment)) >= 8


@given(jours, st.integers(30, 800))
@sans_chrono
def test_les_etapes_se_suivent_dans_la_periode(debut, duree):
    periode = Periode(debut, debut + timedelta(days=duree))
    etapes = trame().etapes_de(periode)
    assert etapes[0].debut == periode.debut
    assert etapes[-1].fin == periode.fin
    for etape, suivante in itertools.pairwise(etapes):
        assert etape.debut <= etape.fin == suivante.debut


def test_une_question_deja_ecrite_n_est_pas_proposee_de_nouveau():
    questions = trame().questions
    restantes = encore_a_poser(questions, [f" {questions[0].texte} "])
    assert restantes == list(questions[1:])
