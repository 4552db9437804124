"""L’onglet « Indicateurs » d’une fiche : les siens, leur saisie, le chemin pour en ajouter."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import ActionFactory, IndicateurFactory, MesureFactory


@pytest.fixture
def adresse(action):
    return reverse("indicateurs:action", args=[action.pk])


def page_de(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def test_la_fiche_ne_montre_que_ses_indicateurs(client_de, coordinatrice, contrat, action, adresse):
    sien = IndicateurFactory(contrat=contrat, actions=[action])
    MesureFactory(indicateur=sien)
    IndicateurFactory(
        contrat=contrat, actions=[ActionFactory(contrat=contrat)], libelle="Celui d’une autre"
    )
    page = page_de(client_de(coordinatrice), adresse)
    assert sien.libelle in page.select_one(".grille").text
    assert "Celui d’une autre" not in page.text
    assert page.select_one("input.case-valeur")


def test_ajouter_depuis_la_fiche_la_relie(client_de, coordinatrice, action, adresse):
    client = client_de(coordinatrice)
    vide = page_de(client, adresse).select_one(".etat-vide")
    formulaire = page_de(client, vide.select_one("a.principal")["href"])
    choisies = formulaire.select("[name=actions] option[selected], [name=actions][checked]")
    assert [c["value"] for c in choisies] == [str(action.pk)]


def test_une_lectrice_lit_sans_saisir(client_de, lectrice, contrat, action, adresse):
    IndicateurFactory(contrat=contrat, actions=[action])
    page = page_de(client_de(lectrice), adresse)
    assert not page.select("input.case-valeur")
    assert not page.find("a", string=lambda t: t and "Ajouter" in t)


def test_la_voisine_ne_trouve_pas_l_onglet(client_de, voisine, adresse):
    assert client_de(voisine).get(adresse).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_des_indicateurs(
    client_de, coordinatrice, contrat, action, adresse, django_assert_max_num_queries
):
    client = client_de(coordinatrice)
    IndicateurFactory.create_batch(3, contrat=contrat, actions=[action])
    page_de(client, adresse)
    with django_assert_max_num_queries(40) as trois:
        page_de(client, adresse)
    IndicateurFactory.create_batch(27, contrat=contrat, actions=[action])
    with django_assert_max_num_queries(len(trois)):
        page_de(client, adresse)
