"""Écrire une évaluation et ce qu’elle contient."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from indicateurs.models import (
    EtapeEvaluation,
    Evaluation,
    QuestionEvaluative,
    Recommandation,
    SuiteDonnee,
)
from indicateurs.services import contenu_evaluation as contenu
from indicateurs.services.evaluations import (
    modifier_evaluation,
    preparer_evaluation,
    retirer_evaluation,
)
from indicateurs.services.trame import poser_la_trame, proposition
from tests.appuis.proprietes import defait, troupe_gardee
from tests.factories import (
    EtapeEvaluationFactory,
    EvaluationFactory,
    IndicateurFactory,
    QuestionEvaluativeFactory,
    RecommandationFactory,
)

LE = date(2026, 3, 12)


@pytest.fixture
def evaluation(contrat):
    return EvaluationFactory(contrat=contrat)


def test_une_evaluation_se_prepare_et_se_corrige(contrat, coordinatrice):
    valeurs = {"moment": "FINALE", "titre": "Finale"}
    neuve = preparer_evaluation(contrat=contrat, valeurs=valeurs, par=coordinatrice)
    modifier_evaluation(
        evaluation=neuve, valeurs={"synthese": "Tout va."}, version=1, par=coordinatrice
    )
    assert Evaluation.objects.get().synthese == "Tout va."
    with pytest.raises(ConflitVersion):
        modifier_evaluation(
            evaluation=neuve, valeurs={"titre": "Autre"}, version=1, par=coordinatrice
        )


def test_une_evaluation_ne_finit_pas_avant_de_commencer(contrat, coordinatrice):
    dates = {"date_debut": date(2027, 1, 1), "date_fin": date(2026, 1, 1)}
    with pytest.raises(DonneesRefusees, match="finit après"):
        preparer_evaluation(
            contrat=contrat, valeurs={"moment": "FINALE", "titre": "X", **dates}, par=coordinatrice
        )


def test_retirer_une_evaluation_emporte_son_contenu_mais_pas_les_indicateurs(
    evaluation, indicateur, coordinatrice
):
    QuestionEvaluativeFactory(evaluation=evaluation, indicateurs=[indicateur])
    retirer_evaluation(evaluation=evaluation, par=coordinatrice)
    assert not QuestionEvaluative.objects.exists()
    indicateur.refresh_from_db()


def test_une_question_se_pose_avec_ses_indicateurs_et_se_deplace_dans_son_critere(
    evaluation, indicateur, coordinatrice
):
    def ajouter(texte, critere):
        valeurs = {"texte": texte, "critere": critere, "indicateurs": [indicateur]}
        return contenu.ajouter_element(
            evaluation=evaluation, sorte=QuestionEvaluative, valeurs=valeurs, par=coordinatrice
        )

    un, deux, trois = ajouter("Un", "IMPACT"), ajouter("Deux", "EQUITE"), ajouter("Trois", "IMPACT")
    assert list(un.indicateurs.all()) == [indicateur]
    assert contenu.deplacer_element(element=trois, vers="monter", par=coordinatrice)
    du_critere = evaluation.questions.filter(critere="IMPACT").dans_l_ordre()
    assert list(du_critere) == [trois, un]
    assert not contenu.deplacer_element(element=deux, vers="monter", par=coordinatrice)


def test_ce_qui_vient_d_un_autre_contrat_est_refuse(evaluation, autre_contrat, coordinatrice):
    etranger = IndicateurFactory(contrat=autre_contrat)
    ailleurs = QuestionEvaluativeFactory(evaluation__contrat=autre_contrat)
    with pytest.raises(DonneesRefusees):
        contenu.ajouter_element(
            evaluation=evaluation,
            sorte=QuestionEvaluative,
            valeurs={"texte": "X", "critere": "IMPACT", "indicateurs": [etranger]},
            par=coordinatrice,
        )
    with pytest.raises(DonneesRefusees) as refus:
        contenu.ajouter_element(
            evaluation=evaluation,
            sorte=Recommandation,
            valeurs={"texte": "X", "question": ailleurs},
            par=coordinatrice,
        )
    assert "question" in refus.value.champs
    assert not evaluation.questions.exists()


def test_changer_seulement_une_liste_compte_une_version(evaluation, action, coordinatrice):
    lue = RecommandationFactory(evaluation=evaluation)
    for _ in range(2):
        contenu.modifier_element(
            element=lue, valeurs={"actions": [action]}, version=None, par=coordinatrice
        )
    relue = Recommandation.objects.get()
    assert (relue.version, list(relue.actions.all())) == (2, [action])


def test_une_etape_se_coche_et_se_rouvre(evaluation, coordinatrice):
    etape = EtapeEvaluationFactory(evaluation=evaluation)
    contenu.cocher_etape(etape=etape, fait_le=LE, par=coordinatrice)
    assert EtapeEvaluation.objects.get().fait_le == LE
    contenu.cocher_etape(etape=etape, fait_le=None, par=coordinatrice)
    assert EtapeEvaluation.objects.get().fait_le is None


def test_ecarter_une_recommandation_demande_de_dire_pourquoi(evaluation, coordinatrice):
    lue = RecommandationFactory(evaluation=evaluation)
    with pytest.raises(DonneesRefusees, match="pourquoi"):
        contenu.donner_suite(recommandation=lue, suite="ECARTEE", par=coordinatrice)
    contenu.donner_suite(recommandation=lue, suite="RETENUE", par=coordinatrice)
    assert Recommandation.objects.get().suite == "RETENUE"


@pytest.mark.parametrize("qui", ["voisine", "elue", "pilote", "agent_ars"])
def test_seule_la_coordination_ecrit(request, qui, contrat, evaluation):
    personne = request.getfixturevalue(qui)
    lue = RecommandationFactory(evaluation=evaluation)
    with pytest.raises(DroitRefuse):
        preparer_evaluation(
            contrat=contrat, valeurs={"moment": "FINALE", "titre": "X"}, par=personne
        )
    with pytest.raises(DroitRefuse):
        contenu.donner_suite(recommandation=lue, suite="FAITE", par=personne)
    with pytest.raises(DroitRefuse):
        contenu.retirer_element(element=lue, par=personne)
    with pytest.raises(DroitRefuse):
        poser_la_trame(evaluation=evaluation, cles=["besoins"], par=personne)


# La trame


def test_poser_la_trame_deux_fois_n_ajoute_rien_la_seconde(evaluation, coordinatrice):
    offre = proposition(evaluation)
    cles = offre.cles
    assert poser_la_trame(evaluation=evaluation, cles=cles, par=coordinatrice) == len(cles)
    assert poser_la_trame(evaluation=evaluation, cles=cles, par=coordinatrice) == 0
    assert evaluation.questions.count() == len(offre.questions)
    assert evaluation.etapes.count() == len(offre.etapes) == 5


def test_la_trame_ne_touche_pas_a_ce_qui_est_ecrit(evaluation, coordinatrice):
    mienne = QuestionEvaluativeFactory(evaluation=evaluation)
    poser_la_trame(evaluation=evaluation, cles=["besoins", "cadrer"], par=coordinatrice)
    mienne.refresh_from_db()
    assert mienne.version == 1
    assert evaluation.questions.count() == 2
    assert evaluation.etapes.get().date_debut == evaluation.date_debut


def test_sans_dates_le_calendrier_suit_celles_du_contrat(contrat, coordinatrice):
    sans_dates = EvaluationFactory(contrat=contrat, date_debut=None, date_fin=None)
    etapes = proposition(sans_dates).etapes
    assert contrat.date_debut < etapes[0].debut < etapes[-1].fin < contrat.date_fin
    type(contrat).objects.filter(pk=contrat.pk).update(date_fin=None)
    assert not proposition(Evaluation.objects.get()).etapes


# Le retard, en Python et en SQL


@given(st.lists(st.tuples(st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.sampled_from(SuiteDonnee.values)), max_size=8))  # fmt: skip
@troupe_gardee
def test_le_retard_est_le_meme_pour_la_ligne_et_pour_le_compte(evaluation, tirees):
    with defait():
        lues = [
            RecommandationFactory(
                evaluation=evaluation, echeance=echeance, suite=suite, explication="Dit."
            )
            for echeance, suite in tirees
        ]
        en_retard = set(Recommandation.objects.en_retard(LE).values_list("pk", flat=True))
        annotees = Recommandation.objects.avec_retard(LE)
        assert en_retard == {annotee.pk for annotee in annotees if annotee.est_en_retard}
        attendues = {
            lue.pk
            for lue, (e, s) in zip(lues, tirees, strict=True)
            if e is not None and e < LE and s not in ("FAITE", "ECARTEE")
        }
        assert en_retard == attendues
