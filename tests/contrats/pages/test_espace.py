"""L’accueil de l’espace et la liste publique : les mêmes filtres, deux portes."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from acteurs.droits import Role
from tests.factories import ContratFactory, ParticipationFactory, UtilisateurFactory

ESPACE, LISTE = reverse("contrats:espace"), reverse("contrats:liste")


def noms(reponse):
    page = BeautifulSoup(reponse.content, "html.parser")
    return [a.text for a in page.select("tbody th a, ul.lignes h2 a")]


def test_on_voit_les_contrats_que_l_on_suit_et_pas_ceux_de_la_voisine(
    client_de, coordinatrice, contrat, autre_contrat
):
    assert noms(client_de(coordinatrice).get(ESPACE)) == [contrat.nom]


def test_un_agent_voit_tous_les_contrats_de_son_ars(client_de, agent_ars, contrat):
    autre = ContratFactory(nom="Autre contrat breton")
    assert noms(client_de(agent_ars).get(ESPACE)) == [autre.nom, contrat.nom]


def test_sans_contrat_la_page_dit_quoi_faire(client_de, db):
    reponse = client_de(UtilisateurFactory()).get(ESPACE)
    assert "Une coordination doit vous inviter" in reponse.content.decode()


def test_la_recherche_ignore_accents_et_traits_d_union(client_de, coordinatrice, contrat):
    neuf = ContratFactory(nom="Saint-Étienne-en-Essai")
    ParticipationFactory(utilisateur=coordinatrice, contrat=neuf, role=Role.COORDINATEUR)
    reponse = client_de(coordinatrice).get(ESPACE, {"recherche": "saint etienne"})
    assert noms(reponse) == [neuf.nom]


def test_un_filtre_sans_resultat_propose_de_tout_voir(client_de, coordinatrice):
    reponse = client_de(coordinatrice).get(ESPACE, {"recherche": "introuvable"})
    assert "Voir tous vos contrats" in reponse.content.decode()


@pytest.mark.parametrize("adresse", [ESPACE, LISTE])
def test_un_filtre_mal_ecrit_donne_une_page_400(client_de, coordinatrice, adresse):
    assert client_de(coordinatrice).get(adresse, {"region": "inconnue"}).status_code == 400


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    client_de, coordinatrice, exiger_requetes_plates
):
    def peupler(nombre):
        for _ in range(nombre):
            ParticipationFactory(utilisateur=coordinatrice, contrat=ContratFactory())

    client = client_de(coordinatrice)
    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(ESPACE))


def test_la_liste_publique_ne_montre_que_les_contrats_publics(client, contrat, autre_contrat):
    assert noms(client.get(LISTE)) == [contrat.nom]


def test_la_liste_publique_se_filtre_par_commune(client, contrat):
    assert noms(client.get(LISTE, {"recherche": "quimper"})) == [contrat.nom]
    assert noms(client.get(LISTE, {"recherche": "toulouse"})) == []


def test_une_page_trop_loin_montre_la_derniere(client, contrat):
    assert noms(client.get(LISTE, {"page": "99"})) == [contrat.nom]
