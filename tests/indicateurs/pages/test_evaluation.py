"""Les pages d’évaluation : les préparer, les lire, suivre leurs recommandations."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from indicateurs.models import Evaluation, Recommandation
from tests.appuis.pages import lire, soupe
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import (
    ActionFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    IndicateurFactory,
    MesureFactory,
    QuestionEvaluativeFactory,
    RecommandationFactory,
)


@pytest.fixture
def evaluation(contrat):
    return EvaluationFactory(contrat=contrat)


def adresse(evaluation):
    return reverse("indicateurs:evaluation", args=[evaluation.pk])


def du_contrat(contrat, nom="evaluations"):
    return reverse(f"indicateurs:{nom}", args=[contrat.pk])


def test_sans_evaluation_la_page_propose_les_dates_du_contrat(client_de, coordinatrice, contrat):
    client = client_de(coordinatrice)
    page = lire(client, du_contrat(contrat))
    prevues = page.select_one(".a-prevoir")
    assert "mi-parcours" in prevues.text
    formulaire = lire(client, prevues.select_one("a.bouton")["href"])
    assert formulaire.select_one("[name=titre]")["value"] == "Évaluation à mi-parcours"
    assert formulaire.select_one("[name=date_debut]")["value"]


def test_preparer_conduit_a_la_page_ou_une_trame_attend(client_de, coordinatrice, contrat):
    client = client_de(coordinatrice)
    reponse = client.post(
        du_contrat(contrat, "evaluation_ajouter"),
        {"moment": "MI_PARCOURS", "titre": "La nôtre", "date_debut": "01/09/2026", "date_fin": "01/03/2027"},
    )  # fmt: skip
    evaluation = Evaluation.objects.get()
    assert reponse["Location"] == adresse(evaluation)
    trame = reverse("indicateurs:evaluation_trame", args=[evaluation.pk])
    cles = [case["value"] for case in lire(client, trame).select("[name=cles][checked]")]
    assert client.post(trame, {"cles": cles[:3]}).status_code == 303
    assert evaluation.questions.count() == 3


def test_une_fin_avant_le_debut_se_dit_a_cote_de_la_fin(client_de, coordinatrice, contrat):
    reponse = client_de(coordinatrice).post(
        du_contrat(contrat, "evaluation_ajouter"),
        {"moment": "FINALE", "titre": "X", "date_debut": "01/03/2027", "date_fin": "1/1/2027"},
    )
    assert reponse.status_code == 422
    assert "avant le début" in soupe(reponse).select_one(".message-erreur").text
    assert not Evaluation.objects.exists()


def test_une_question_montre_la_valeur_de_ses_indicateurs(client_de, lectrice, evaluation):
    suivi = IndicateurFactory(contrat=evaluation.contrat)
    MesureFactory(indicateur=suivi, annee=2025, valeur=212)
    QuestionEvaluativeFactory(evaluation=evaluation, indicateurs=[suivi], reponse="Oui.")
    questions = lire(client_de(lectrice), adresse(evaluation)).select_one("#questions").text
    assert "212 en 2025" in questions
    assert "cible 400 en 2028" in questions
    assert "Efficacité" in questions


def test_le_calendrier_dit_ce_qui_est_en_retard(client_de, coordinatrice, evaluation):
    tard = EtapeEvaluationFactory(
        evaluation=evaluation, date_debut=None, date_fin=date(2026, 2, 1), libelle="Publier"
    )
    client = client_de(coordinatrice)
    assert "En retard" in lire(client, adresse(evaluation)).select_one(f"#etape-{tard.pk}").text
    client.post(reverse("indicateurs:etape_faite", args=[tard.pk]))
    ligne = lire(client, adresse(evaluation)).select_one(f"#etape-{tard.pk}").text
    assert "Faite" in ligne
    assert "Rouvrir" in ligne


def test_les_recommandations_ouvertes_et_en_retard_viennent_d_abord(
    client_de, lectrice, contrat, evaluation
):
    RecommandationFactory(evaluation=evaluation, faite=True, texte="La faite")
    RecommandationFactory(evaluation=evaluation, texte="La libre")
    RecommandationFactory(evaluation=evaluation, en_retard=True, texte="La tardive")
    page = lire(client_de(lectrice), du_contrat(contrat, "recommandations"))
    titres = [next(th.stripped_strings) for th in page.select(".recommandations tbody th")]
    assert titres == ["La tardive", "La libre", "La faite"]
    assert "1 en retard" in page.select_one(".onglets").text


@pytest.mark.parametrize(
    ("filtres", "titres"),
    [
        ({"en_retard": "true"}, {"La tardive"}),
        ({"suite": "FAITE"}, {"La faite"}),
        ({"suite": "RETENUE"}, set()),
    ],
)
def test_les_recommandations_se_filtrent(client_de, lectrice, contrat, evaluation, filtres, titres):
    RecommandationFactory(evaluation=evaluation, faite=True, texte="La faite")
    RecommandationFactory(evaluation=evaluation, en_retard=True, texte="La tardive")
    page = lire(client_de(lectrice), du_contrat(contrat, "recommandations"), **filtres)
    assert {next(th.stripped_strings) for th in page.select(".recommandations tbody th")} == titres


def test_un_filtre_mal_ecrit_donne_la_page_400(client_de, lectrice, contrat):
    ici = du_contrat(contrat, "recommandations")
    assert client_de(lectrice).get(ici, {"suite": "N’IMPORTE"}).status_code == 400


def test_la_suite_se_change_sur_place_et_ecarter_demande_pourquoi(
    client_de, coordinatrice, contrat, evaluation
):
    lue = RecommandationFactory(evaluation=evaluation)
    client = client_de(coordinatrice)
    ici = reverse("indicateurs:recommandation_suite", args=[lue.pk])
    reponse = client.post(ici, {"suite": "RETENUE", "liste": "suite=A_DECIDER"})
    assert reponse["Location"] == f"{du_contrat(contrat, 'recommandations')}?suite=A_DECIDER"
    assert Recommandation.objects.get().suite == "RETENUE"
    reponse = client.post(ici, {"suite": "ECARTEE"}, follow=True)
    assert "pourquoi" in soupe(reponse).text
    assert Recommandation.objects.get().suite == "RETENUE"


def test_une_action_restreinte_ne_se_lit_pas_dans_une_recommandation(
    client_de, lectrice, contrat, evaluation
):
    cachee = ActionFactory(contrat=contrat, numero="9.9", est_restreinte=True)
    RecommandationFactory(evaluation=evaluation, actions=[cachee])
    client = client_de(lectrice)
    assert "9.9" not in lire(client, adresse(evaluation)).text
    ici = reverse("indicateurs:recommandations_exporter", args=[contrat.pk, "xlsx"])
    export = client.get(ici)
    feuille = openpyxl.load_workbook(io.BytesIO(export.content)).active
    assert feuille.cell(2, 9).value in (None, "")


def test_le_plan_s_emporte_en_trois_feuilles(client_de, lectrice, evaluation):
    QuestionEvaluativeFactory(evaluation=evaluation)
    EtapeEvaluationFactory(evaluation=evaluation)
    RecommandationFactory(evaluation=evaluation, en_retard=True)
    ici = reverse("indicateurs:evaluation_exporter", args=[evaluation.pk, "xlsx"])
    classeur = openpyxl.load_workbook(io.BytesIO(client_de(lectrice).get(ici).content))
    assert classeur.sheetnames == ["Questions", "Calendrier", "Recommandations"]
    assert all(feuille.max_row == 2 for feuille in classeur)
    assert classeur["Recommandations"].cell(2, 7).value == "oui"


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_les_recommandations_s_emportent_dans_les_trois_formats(
    client_de, lectrice, contrat, evaluation, extension
):
    RecommandationFactory(evaluation=evaluation, en_retard=True, texte="Écrire aux familles")
    ici = reverse("indicateurs:recommandations_exporter", args=[contrat.pk, extension])
    reponse = client_de(lectrice).get(ici)
    assert reponse.headers["Content-Disposition"].endswith(f'.{extension}"')
    if extension == "csv":
        _, ligne = csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";")
        assert (ligne[1], ligne[6]) == ("Écrire aux familles", "oui")


def test_le_plan_s_emporte_aussi_en_ods_mais_trois_tableaux_ne_font_pas_un_csv(
    client_de, lectrice, evaluation
):
    RecommandationFactory(evaluation=evaluation, texte="Écrire aux familles")
    client = client_de(lectrice)
    ici = reverse("indicateurs:evaluation_exporter", args=[evaluation.pk, "ods"])
    with zipfile.ZipFile(io.BytesIO(client.get(ici).content)) as archive:
        contenu = archive.read("content.xml").decode()
    assert contenu.count("<table:table ") == 3
    assert "Écrire aux familles" in contenu
    assert client.get(ici.replace("ods", "csv")).status_code == 404


def test_retirer_dit_ce_qui_part_avant_de_le_faire(client_de, coordinatrice, evaluation):
    QuestionEvaluativeFactory.create_batch(2, evaluation=evaluation)
    ici = reverse("indicateurs:evaluation_retirer", args=[evaluation.pk])
    client = client_de(coordinatrice)
    assert "2 questions" in lire(client, ici).text
    assert client.post(ici).status_code == 303
    assert not Evaluation.objects.exists()


def test_deux_corrections_d_une_reponse_se_montrent_face_a_face(
    client_de, coordinatrice, evaluation
):
    question = QuestionEvaluativeFactory(evaluation=evaluation)
    ici = reverse("indicateurs:question", args=[question.pk])
    client = client_de(coordinatrice)
    valeurs = {"texte": question.texte, "critere": question.critere, "version": 1}
    assert client.post(ici, valeurs | {"reponse": "La mienne"}).status_code == 303
    reponse = client.post(ici, valeurs | {"reponse": "La sienne"})
    assert reponse.status_code == 409
    repris = soupe(client.post(ici, valeurs | {"reponse": "La sienne", "reprendre": "1"}))
    assert "La mienne" in repris.select_one("[name=reponse]").text
    assert "La sienne" in repris.select_one("[name=reponse]").text


def test_le_nombre_de_requetes_ne_depend_pas_du_contenu(
    client_de, coordinatrice, contrat, evaluation, action
):
    client = client_de(coordinatrice)

    def peupler(nombre):
        for _ in range(nombre):
            suivi = IndicateurFactory(contrat=contrat)
            question = QuestionEvaluativeFactory(evaluation=evaluation, indicateurs=[suivi])
            EtapeEvaluationFactory(evaluation=evaluation)
            RecommandationFactory(evaluation=evaluation, question=question, actions=[action])
            EvaluationFactory(contrat=contrat)

    def tout_lire():
        lire(client, adresse(evaluation))
        lire(client, du_contrat(contrat))
        lire(client, du_contrat(contrat, "recommandations"))

    exiger_requetes_plates(peupler=peupler, lire=tout_lire)
