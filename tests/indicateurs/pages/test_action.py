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
    assert "Celui d’une autre" not in page.select_one(".grille").text
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


# Relier un indicateur déjà suivi


@pytest.fixture
def suivi(contrat):
    return IndicateurFactory(contrat=contrat, libelle="Bilans de prévention", actions=[])


def envoyer(client, geste, action, indicateur, **options):
    adresse = reverse(f"indicateurs:{geste}", args=[action.pk])
    return client.post(adresse, {"indicateur": indicateur.pk}, **options)


def test_un_indicateur_du_contrat_se_relie_sans_quitter_la_fiche_ni_javascript(
    client_de, coordinatrice, action, suivi, adresse
):
    client = client_de(coordinatrice)
    formulaire = page_de(client, adresse).select_one(".relier form")
    assert [o.text for o in formulaire.select("option[value]:not([value=''])")] == [suivi.libelle]
    reponse = client.post(formulaire["action"], {"indicateur": suivi.pk}, follow=True)
    assert reponse.redirect_chain == [(adresse, 303)]
    page = BeautifulSoup(reponse.content, "html.parser")
    assert suivi.libelle in page.select_one(".grille").text
    assert "est relié à cette fiche" in page.select_one(".avis").text
    assert not page.select(".relier"), "plus rien à relier"


def test_un_indicateur_se_retire_de_la_fiche_et_reste_au_contrat(
    client_de, coordinatrice, contrat, action, suivi, adresse
):
    suivi.actions.set([action])
    client = client_de(coordinatrice)
    bouton = page_de(client, adresse).select_one("button.delier")
    formulaire = page_de(client, adresse).find("form", id=bouton["form"])
    reponse = client.post(formulaire["action"], {bouton["name"]: bouton["value"]})
    assert (reponse.status_code, reponse["Location"]) == (303, adresse)
    assert contrat.indicateurs.hors_de_l_action(action).get() == suivi
    page = page_de(client, adresse)
    assert "Ses valeurs restent dans le contrat" in page.text
    assert suivi.libelle in page.select_one(".relier").text


def test_avec_htmx_l_onglet_et_son_compteur_sont_rendus_seuls(
    client_de, coordinatrice, action, suivi
):
    reponse = envoyer(
        client_de(coordinatrice), "relier", action, suivi, headers={"HX-Request": "true"}
    )
    page = BeautifulSoup(reponse.content, "html.parser")
    assert not page.select("html")
    assert "est relié" in page.select_one("#indicateurs [data-cls-focus]").text
    onglets = page.select_one("#onglets-fiche[hx-swap-oob]")
    assert onglets.select_one("[aria-current] .compte").text == "1"


def test_sans_choix_l_onglet_dit_quoi_faire(client_de, coordinatrice, action, suivi):
    adresse = reverse("indicateurs:relier", args=[action.pk])
    reponse = client_de(coordinatrice).post(adresse, {"indicateur": ""})
    assert reponse.status_code == 422
    assert "Choisissez un indicateur dans la liste" in reponse.content.decode()


def test_un_indicateur_d_un_autre_contrat_ne_se_relie_pas(
    client_de, coordinatrice, action, autre_contrat
):
    ailleurs = IndicateurFactory(contrat=autre_contrat, actions=[])
    assert envoyer(client_de(coordinatrice), "relier", action, ailleurs).status_code == 422
    assert not ailleurs.actions.exists()


@pytest.mark.parametrize("personnage", ["pilote", "lectrice"])
def test_qui_ne_choisit_pas_les_indicateurs_n_a_ni_liste_ni_bouton(
    request, client_de, contrat, action, suivi, adresse, personnage
):
    IndicateurFactory(contrat=contrat, actions=[action])
    client = client_de(request.getfixturevalue(personnage))
    assert not page_de(client, adresse).select(".relier, .delier")
    assert envoyer(client, "relier", action, suivi).status_code == 403


def test_une_valeur_saisie_depuis_la_fiche_y_ramene(
    client_de, coordinatrice, action, suivi, adresse
):
    suivi.actions.set([action])
    client = client_de(coordinatrice)
    formulaire = page_de(client, adresse).select_one("#saisie")
    champs = {c["name"]: c.get("value", "") for c in formulaire.select("input[name]")}
    case = formulaire.select_one(".courante input")["name"]
    reponse = client.post(formulaire["action"], champs | {case: "12"})
    assert (reponse.status_code, reponse["Location"]) == (303, adresse)
    envoi = champs | {case.replace(":0", ":1"): "13"}
    rendue = client.post(formulaire["action"], envoi, headers={"HX-Request": "true"})
    assert BeautifulSoup(rendue.content, "html.parser").select_one("button.delier")
