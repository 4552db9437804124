"""La couverture : le chiffre, la carte, son tableau jumeau, la date et la variante dans l’adresse."""

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from tests.factories import ContratFactory, UtilisateurFactory

ADRESSE = reverse("contrats:couverture")


def lire(client, **parametres):
    reponse = client.get(ADRESSE, parametres)
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def part(page, nom):
    ligne = next(tr for tr in page.select("tbody tr") if tr.th.text == nom)
    return ligne.select_one("[data-titre=Part]").text


def test_le_tableau_dit_la_part_couverte_de_chaque_departement(client_de, agent_ars, contrat):
    assert part(lire(client_de(agent_ars)), "Finistère") == "98,9\u202f%"


def test_a_une_date_plus_ancienne_le_territoire_n_est_pas_couvert(client_de, agent_ars, contrat):
    assert part(lire(client_de(agent_ars), le="01/01/2020"), "Finistère") == "0,0\u202f%"


def test_un_contrat_en_projet_ne_compte_que_dans_sa_variante(client_de, agent_ars, contrat):
    contrat.date_signature = None
    contrat.save()
    contrat.passages.create(vers="DIAGNOSTIC", date_effet="2024-01-01")
    client = client_de(agent_ars)
    assert part(lire(client), "Finistère") == "0,0\u202f%"
    assert part(lire(client, variante="signe_ou_projet"), "Finistère") == "98,9\u202f%"


def test_la_carte_et_le_tableau_ont_les_memes_departements(client_de, agent_ars, contrat):
    page = lire(client_de(agent_ars))
    liens = {a["href"].partition("#")[2] for a in page.select("svg.g-carte a")}
    lignes = {th["id"] for th in page.select("tbody th")}
    assert liens
    assert liens <= lignes


def test_une_date_illisible_donne_une_page_400(client_de, agent_ars):
    reponse = client_de(agent_ars).get(ADRESSE, {"le": "hier"})
    assert reponse.status_code == 400
    assert "Écrivez une date comme" in reponse.content.decode()


def test_qui_n_a_aucun_role_est_refuse(client_de, db):
    assert client_de(UtilisateurFactory()).get(ADRESSE).status_code == 403


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    client_de, agent_ars, exiger_requetes_plates
):
    client = client_de(agent_ars)
    exiger_requetes_plates(
        peupler=lambda n: ContratFactory.create_batch(n, signe=True, epci="200068120"),
        lire=lambda: (cache.clear(), client.get(ADRESSE)),
    )
