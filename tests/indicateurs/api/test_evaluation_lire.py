"""La chaîne et les évaluations par l’API : qui suit le contrat les lit, personne ne les écrit."""

from typing import Any

import pytest
from django.test import Client

from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import (
    ActionFactory,
    BesoinFactory,
    EffetFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    ObjectifFactory,
    QuestionEvaluativeFactory,
    RecommandationFactory,
)

RESSOURCES = (
    "besoins",
    "effets",
    "evaluations",
    "etapes-evaluation",
    "questions-evaluatives",
    "recommandations",
)


@pytest.fixture
def objets(contrat, action, axe, indicateur) -> dict[str, Any]:
    evaluation = EvaluationFactory(contrat=contrat)
    return {
        "besoins": BesoinFactory(contrat=contrat, objectifs=[ObjectifFactory(axe=axe)]),
        "effets": EffetFactory(action=action, indicateur=indicateur, etabli=True),
        "evaluations": evaluation,
        "etapes-evaluation": EtapeEvaluationFactory(evaluation=evaluation),
        "questions-evaluatives": QuestionEvaluativeFactory(
            evaluation=evaluation, indicateurs=[indicateur]
        ),
        "recommandations": RecommandationFactory(
            evaluation=evaluation, actions=[action], en_retard=True
        ),
    }


@pytest.mark.parametrize("ressource", RESSOURCES)
def test_la_liste_et_le_detail_disent_la_meme_chose(ressource, objets, lectrice):
    client, objet = outil(lectrice), objets[ressource]
    detail = lire(client, f"{ressource}/{objet.pk}/")
    assert lire(client, f"{ressource}/")["results"] == [detail]


@pytest.mark.parametrize("ressource", RESSOURCES)
def test_qui_ne_suit_pas_le_contrat_n_y_trouve_rien(ressource, objets, voisine):
    for client in (outil(voisine), Client()):
        assert not ids(client, f"{ressource}/")
        probleme(client.get(f"{RACINE}{ressource}/{objets[ressource].pk}/"), 404)


@pytest.mark.parametrize("ressource", RESSOURCES)
def test_rien_ne_s_ecrit_par_l_api(ressource, objets, coordinatrice):
    client = outil(coordinatrice)
    assert client.post(f"{RACINE}{ressource}/", {}, "application/json").status_code == 405


def test_les_listes_reliees_sont_dans_la_reponse(objets, action, indicateur, lectrice):
    client = outil(lectrice)
    assert lire(client, "questions-evaluatives/")["results"][0]["indicateurs"] == [
        str(indicateur.pk)
    ]
    assert lire(client, "recommandations/")["results"][0]["actions"] == [str(action.pk)]
    assert len(lire(client, "besoins/")["results"][0]["objectifs"]) == 1


def test_une_fiche_restreinte_ne_se_devine_pas_par_ses_effets_ni_ses_recommandations(
    contrat, lectrice, coordinatrice
):
    cachee = ActionFactory(contrat=contrat, est_restreinte=True)
    EffetFactory(action=cachee)
    RecommandationFactory(evaluation__contrat=contrat, actions=[cachee])
    assert not ids(outil(lectrice), "effets/")
    assert lire(outil(lectrice), "recommandations/")["results"][0]["actions"] == []
    assert ids(outil(coordinatrice), "effets/")


@pytest.mark.parametrize(
    ("chemin", "filtres", "trouve"),
    [
        ("recommandations/", {"en_retard": "true"}, True),
        ("recommandations/", {"en_retard": "false"}, False),
        ("recommandations/", {"suite": "FAITE"}, False),
        ("etapes-evaluation/", {"faite": "true"}, False),
        ("questions-evaluatives/", {"critere": "EFFICACITE"}, True),
        ("evaluations/", {"moment": "FINALE"}, False),
        ("effets/", {"confiance": "ETABLIE"}, True),
    ],
)
def test_chaque_ressource_se_filtre(objets, lectrice, chemin, filtres, *, trouve):
    assert bool(ids(outil(lectrice), chemin, **filtres)) is trouve
