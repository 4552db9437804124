"""Ce qui n’est pas sous un contrat : une intercommunalité, une doctrine, l’API."""

import pytest
from django.urls import reverse

from tests.droits.lignes import CONNECTES, PERSONNAGES
from tests.droits.matrice_a_faire import AGENCE, SIEGE
from tests.factories import ContratFactory, DoctrineFactory

QBO, CHATEAUGIRON, COTEAUX = "53-200068120", "53-243500659", "76-243100815"


@pytest.fixture
def clients(request, contrat, autre_contrat, client_de):
    return {nom: client_de(request.getfixturevalue(nom)) for nom in PERSONNAGES}


@pytest.fixture
def doctrine(db):
    return DoctrineFactory()


def codes(clients, adresse):
    return {nom: client.get(adresse).status_code for nom, client in clients.items()}


@pytest.mark.parametrize(
    ("cle", "voient"),
    [
        (QBO, AGENCE),
        # Hors de la délégation du Finistère
        (CHATEAUGIRON, SIEGE),
        # Une autre région
        (COTEAUX, {"administratrice"}),
        ("53-999999999", set()),
        ("76-200068120", set()),
    ],
)
def test_une_intercommunalite_se_suit_dans_son_ressort(clients, cle, voient):
    recus = codes(clients, reverse("contrats:a_faire_suivi", args=[cle]))
    for nom in PERSONNAGES:
        voulu = 404 if nom in AGENCE else 302 if nom == "anonyme" else 403
        assert recus[nom] == (200 if nom in voient else voulu), nom


def test_un_identifiant_mal_ecrit_n_existe_pas(clients):
    adresse = reverse("contrats:a_faire_suivi", args=["n-importe-quoi"])
    assert clients["agent_ars"].get(adresse).status_code == 404


def test_corriger_une_doctrine_est_au_siege_de_sa_region(clients, doctrine):
    recus = codes(clients, reverse("contrats:doctrine_modifier", args=[doctrine.pk]))
    attendus = {n: 200 if n in SIEGE else 302 if n == "anonyme" else 403 for n in PERSONNAGES}
    assert recus == attendus


def test_la_doctrine_d_une_autre_region_ne_se_corrige_pas(clients):
    ailleurs = DoctrineFactory(region_id="76")
    adresse = reverse("contrats:doctrine_modifier", args=[ailleurs.pk])
    assert clients["agent_ars"].post(adresse, {}).status_code == 403


def test_l_api_de_la_liste_est_aux_agents(clients):
    recus = codes(clients, reverse("api:a-faire-list"))
    attendus = {n: 200 if n in AGENCE else 401 if n == "anonyme" else 403 for n in PERSONNAGES}
    assert recus == attendus


def test_l_api_des_doctrines_se_lit_avec_un_compte(clients, doctrine):
    recus = codes(clients, reverse("api:doctrines-detail", args=[doctrine.pk]))
    assert recus == {n: 200 if n in CONNECTES else 404 for n in PERSONNAGES}
    lues = {n: client.get(reverse("api:doctrines-list")).json() for n, client in clients.items()}
    assert {n: page["count"] for n, page in lues.items()} == {
        n: int(n in CONNECTES) for n in PERSONNAGES
    }


def test_un_agent_n_affecte_pas_une_ligne_qu_il_ne_voit_pas(clients, agent_dd, autre_contrat):
    """Ni le contrat d’une autre région, ni un territoire hors de sa délégation."""
    ailleurs = ContratFactory(signe=True, epci="243500659")
    envoi = {
        "fiche": [f"{autre_contrat.pk}.0", f"{ailleurs.pk}.0", f"{CHATEAUGIRON}.0"],
        "referent": agent_dd.pk,
    }
    reponse = clients["agent_dd"].post(reverse("contrats:a_faire_affecter"), envoi)
    assert reponse.status_code == 422
    assert not ailleurs.suivis_ars.exists()
