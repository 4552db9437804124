"""Le périmètre : lire les communes, en chercher, en faire entrer, en faire sortir."""

from datetime import date

import pytest
from django.urls import reverse

from tests.appuis.pages import soupe
from tests.factories import ContratFactory, ParticipationFactory, PerimetreFactory


@pytest.fixture
def vide(coordinatrice):
    """Un contrat sans commune, que la coordinatrice mène aussi."""
    neuf = ContratFactory()
    ParticipationFactory(contrat=neuf, utilisateur=coordinatrice)
    return neuf


def ajouter(contrat):
    return reverse("contrats:perimetre_ajouter", args=[contrat.pk])


def test_les_communes_sont_groupees_par_intercommunalite(client_de, coordinatrice, contrat):
    page = soupe(client_de(coordinatrice).get(reverse("contrats:perimetre", args=[contrat.pk])))
    assert page.select_one(".feuille h2").text.endswith("Quimper Bretagne Occidentale")
    assert len(page.select("form .feuille tbody tr")) == 14


def test_un_lecteur_ne_voit_ni_case_ni_bouton(client_de, lectrice, contrat):
    page = soupe(client_de(lectrice).get(reverse("contrats:perimetre", args=[contrat.pk])))
    assert not page.select("[name=communes]")
    assert "Ajouter des communes" not in page.text


def test_chercher_ignore_les_accents_et_dit_ce_qui_est_deja_la(client_de, coordinatrice, contrat):
    page = soupe(client_de(coordinatrice).get(ajouter(contrat), {"recherche": "QUIMPER"}))
    assert page.select_one("#commune-29232").has_attr("disabled")
    assert page.select_one('button[name=epci][value="200068120"]')


def test_le_fragment_est_le_morceau_de_la_page(client_de, coordinatrice, contrat):
    client, demande = client_de(coordinatrice), {"recherche": "quimper"}
    page = soupe(client.get(ajouter(contrat), demande)).select_one("#territoires")
    fragment = soupe(client.get(ajouter(contrat), demande, headers={"HX-Request": "true"}))
    for noeud in (page, fragment):
        for jeton in noeud.select("[name=csrfmiddlewaretoken]"):
            jeton.decompose()
    assert str(fragment).split() == str(page).split()


def test_ajouter_une_intercommunalite_fait_entrer_toutes_ses_communes(
    client_de, coordinatrice, vide
):
    client_de(coordinatrice).post(ajouter(vide), {"epci": "200068120", "date_entree": "01/01/2026"})
    entrees = vide.perimetres.all()
    assert len(entrees) == 14
    assert {(p.date_entree, p.epci_origine_id) for p in entrees} == {
        (date(2026, 1, 1), "200068120")
    }


def test_ajouter_commune_par_commune(client_de, coordinatrice, vide):
    client_de(coordinatrice).post(
        ajouter(vide), {"communes": ["29232"], "date_entree": "01/01/2026"}
    )
    assert [p.commune_id for p in vide.perimetres.all()] == ["29232"]


def test_ajouter_rien_garde_la_recherche_et_le_dit(client_de, coordinatrice, vide):
    reponse = client_de(coordinatrice).post(
        ajouter(vide), {"recherche": "quimper", "date_entree": "01/01/2026"}
    )
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert "Cochez au moins une commune" in page.select_one(".resume-erreurs").text
    assert page.select_one("#commune-29232")


def test_retirer_date_la_sortie(client_de, coordinatrice, vide):
    PerimetreFactory(contrat=vide, date_entree=date(2024, 1, 1))
    client_de(coordinatrice).post(
        reverse("contrats:perimetre_retirer", args=[vide.pk]),
        {"communes": ["29232"], "date_sortie": "01/02/2026"},
    )
    assert vide.perimetres.get().date_sortie == date(2026, 2, 1)


def test_une_sortie_avant_l_entree_est_refusee_et_la_case_reste_cochee(
    client_de, coordinatrice, vide
):
    PerimetreFactory(contrat=vide, date_entree=date(2025, 1, 1))
    reponse = client_de(coordinatrice).post(
        reverse("contrats:perimetre_retirer", args=[vide.pk]),
        {"communes": ["29232"], "date_sortie": "01/01/2024"},
    )
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert "ne peut pas être plus tôt" in page.select_one(".resume-erreurs").text
    assert page.select_one("#c-29232").has_attr("checked")


def test_la_voisine_ne_touche_pas_au_perimetre(client_de, voisine, contrat):
    reponse = client_de(voisine).post(
        ajouter(contrat), {"communes": ["29232"], "date_entree": "01/01/2026"}
    )
    assert reponse.status_code == 404
