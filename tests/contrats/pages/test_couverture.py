"""La couverture d’un territoire : le chiffre, la carte, son tableau jumeau ; chaque nombre est un lien."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import resolve, reverse

from acteurs.models import Commune, EditionZonage, Epci, Zone, ZoneCommune
from tests.appuis.pages import lire
from tests.factories import AvenantFactory, ContratFactory, UtilisateurFactory

ADRESSE = reverse("contrats:couverture")
REGION = reverse("contrats:couverture_region", args=["53"])
DEPARTEMENT = reverse("contrats:couverture_departement", args=["29"])
EPCI = reverse("contrats:couverture_epci", args=["200068120"])
PAGES = {"france": ADRESSE, "region": REGION, "departement": DEPARTEMENT, "epci": EPCI}


def rang(page: BeautifulSoup, nom: str) -> BeautifulSoup:
    return next(tr for tr in page.select("#tableau tbody tr") if nom in tr.th.text)


def case(page: BeautifulSoup, nom: str, titre: str) -> str:
    """Le nombre écrit, sans ce que seul un lecteur d’écran entend."""
    cases = (td for td in rang(page, nom).select("td") if td.get("data-titre") == titre)
    return next(iter(next(cases).stripped_strings))


def grand(page: BeautifulSoup) -> str:
    return page.select_one(".grand").text


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


def test_le_tableau_dit_la_part_couverte_de_chaque_departement(client, contrat):
    page = lire(client, ADRESSE, tableau="departement")
    assert case(page, "Finistère", "Signé") == "98,9\u202f%"


def test_a_une_date_plus_ancienne_le_territoire_n_est_pas_couvert(client, contrat):
    assert grand(lire(client, DEPARTEMENT, date="01/01/2020")) == "0,0\u202f%"


def test_un_contrat_en_projet_ne_compte_que_dans_sa_variante(client, contrat):
    contrat.date_signature = None
    contrat.save()
    contrat.passages.create(vers="DIAGNOSTIC", date_effet="2024-01-01")
    assert grand(lire(client, DEPARTEMENT)) == "0,0\u202f%"
    assert grand(lire(client, DEPARTEMENT, variante="signe_ou_projet")) == "98,9\u202f%"


def test_les_deux_variantes_sont_cote_a_cote_dans_le_tableau(client, contrat):
    contrat.date_signature = None
    contrat.save()
    contrat.passages.create(vers="DIAGNOSTIC", date_effet="2024-01-01")
    page = lire(client, REGION)
    assert case(page, "Finistère", "Signé") == "0,0\u202f%"
    assert case(page, "Finistère", "Signé ou en projet") == "98,9\u202f%"


def test_une_prolongation_se_voit_a_sa_date(client, contrat):
    """Le contrat finissait fin 2024 ; l’avenant signé en juin 2025 le fait reprendre."""
    AvenantFactory(
        contrat=contrat, signe=True, date_fin_avant=date(2024, 12, 31), date_fin_apres="2028-12-31"
    )
    lues = [
        grand(lire(client, DEPARTEMENT, date=jour))
        for jour in ("2024-12-31", "2025-01-01", "2025-06-01", "2025-06-02")
    ]
    assert lues == ["98,9\u202f%", "0,0\u202f%", "0,0\u202f%", "98,9\u202f%"]


@pytest.mark.parametrize("niveau", PAGES)
def test_chaque_territoire_a_sa_page_sa_carte_et_sa_tendance(client, contrat, niveau):
    page = lire(client, PAGES[niveau])
    assert page.select_one("svg.g-carte")
    assert page.select_one("svg.g-escalier")
    assert page.select_one("#tableau table")


@pytest.mark.parametrize("niveau", PAGES)
def test_chaque_lien_de_la_page_mene_quelque_part(client, contrat, niveau):
    """Un lien de chaque sorte : la page, l’état, la liste et le format demandés."""
    page = lire(client, PAGES[niveau])
    sortes = {sorte(lien["href"]): lien["href"] for lien in page.select("main a[href^='/']")}
    for adresse in sortes.values():
        assert client.get(adresse).status_code == 200, adresse


def sorte(adresse: str) -> tuple:
    """L’adresse sans le territoire qu’elle nomme."""
    lue = resolve(urlsplit(adresse).path)
    question = parse_qs(urlsplit(adresse).query)
    dits = {nom: question[nom] for nom in ("etat", "liste", "niveau", "tableau") if nom in question}
    return lue.view_name, lue.kwargs.get("extension"), tuple(question), str(dits)


@pytest.mark.parametrize("niveau", PAGES)
def test_la_liste_derriere_le_nombre_a_ce_nombre_de_communes(client, contrat, niveau):
    ContratFactory(signe=True, epci="200068120")
    page = lire(client, PAGES[niveau])
    for libelle, nombre in (("Communes couvertes", "14"), ("Communes couvertes deux fois", "14")):
        ligne = next(dt.parent for dt in page.select(".comptes-lies dt") if dt.text == libelle)
        assert ligne.b.text.split("\u202f")[0].split(" ")[0] == nombre
        liste = lire(client, ligne.a["href"])
        assert f"{nombre}\xa0communes" in liste.select_one(".feuille-tete").text


def test_les_denominateurs_sont_dits(client, contrat):
    texte = lire(client, DEPARTEMENT).select_one("#t-comptees").parent.text
    assert "2\xa0communes sans intercommunalité" in texte
    assert "population" in texte


def test_le_rail_de_la_region_et_le_fil(client, contrat):
    page = lire(client, EPCI)
    assert page.select_one("nav.rail b, nav.rail .rail-contrat b").text == "Bretagne"
    fil = [li.get_text(strip=True) for li in page.select("nav.fil li")]
    assert fil[:3] == ["France", "Bretagne", "Finistère"]


def test_l_agent_d_une_delegation_arrive_sur_son_departement(client_de, agent_dd):
    page = lire(client_de(agent_dd), reverse("contrats:espace"))
    assert page.select_one(f'nav.rail a[href="{DEPARTEMENT}"]').text.strip() == "Couverture"


def test_l_agent_du_siege_arrive_sur_sa_region(client):
    page = lire(client, reverse("contrats:espace"))
    assert page.select_one(f'nav.rail a[href="{REGION}"]')


def test_les_autres_arrivent_sur_la_france(client_de, coordinatrice):
    page = lire(client_de(coordinatrice), reverse("contrats:espace"))
    assert page.select_one(f'nav.rail a[href="{ADRESSE}"]')


def test_un_code_que_rien_ne_porte_est_introuvable(client, db):
    for nom, code in (("region", "99"), ("departement", "2C"), ("epci", "1")):
        assert client.get(reverse(f"contrats:couverture_{nom}", args=[code])).status_code == 404


@pytest.mark.parametrize(
    ("nom", "valeur", "dit"),
    [
        ("date", "hier", "Écrivez une date comme"),
        ("date", "01/01/1950", "Choisissez une date"),
        ("variante", "tout", "Choisissez parmi"),
    ],
)
def test_une_question_mal_ecrite_donne_une_page_400(client, nom, valeur, dit):
    reponse = client.get(ADRESSE, {nom: valeur})
    assert reponse.status_code == 400
    assert dit in reponse.content.decode()


def test_qui_n_a_aucun_role_est_refuse(client_de, db):
    assert client_de(UtilisateurFactory()).get(ADRESSE).status_code == 403


def zoner() -> None:
    """Deux quartiers prioritaires : l’un à Quimper, couvert, l’autre à Ouessant."""
    edition = EditionZonage.objects.create(
        type_id="QPV", millesime="2024", date_effet="2024-01-01", source="Essai", fichier="q.csv"
    )
    for code, commune, habitants in (("QN1", "29232", 4000), ("QN2", "29155", 1000)):
        zone = Zone.objects.create(edition=edition, code=code, nom=code, population=habitants)
        ZoneCommune.objects.create(zone=zone, commune_id=commune)


def test_les_zonages_charges_se_comptent(client, contrat):
    zoner()
    page = lire(client, DEPARTEMENT)
    ligne = page.select_one("#t-zonages").find_parent("section").select_one("tbody tr")
    assert [next(iter(td.stripped_strings)) for td in ligne.select("td")[:3]] == [
        "5\u202f000",
        "4\u202f000",
        "80,0\u202f%",
    ]


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_le_tableau_s_emporte(client, contrat, extension):
    page = lire(client, REGION)
    lien = page.select_one(f'a[href*="/exporter/{extension}/?"]')
    reponse = client.get(lien["href"])
    assert reponse.status_code == 200
    assert f"couverture-departement-2026-03-12.{extension}" in reponse["Content-Disposition"]


def test_le_csv_a_les_lignes_de_l_api_et_leur_millesime(client, contrat):
    adresse = reverse("contrats:couverture_exporter", args=["csv"])
    texte = client.get(adresse, {"niveau": "departement", "region": "53"}).content.decode(
        "utf-8-sig"
    )
    entetes, *lignes = texte.strip().split("\r\n")
    assert entetes.startswith("code;nom;population;population_couverte;taux_population;communes")
    assert [ligne.split(";")[1] for ligne in lignes] == ["Finistère", "Ille-et-Vilaine"]


def test_le_json_emporte_est_la_reponse_de_l_api(client, contrat):
    page = lire(client, REGION)
    emporte = client.get(page.select_one('a[href*="/exporter/json/?"]')["href"])
    assert emporte["Content-Disposition"].endswith('.json"')
    question = {"niveau": "departement", "region": "53"}
    assert emporte.json() == client.get("/api/v1/couverture/", question).json()


@pytest.mark.parametrize("niveau", [*PAGES, "delegation", "zonage"])
def test_les_colonnes_d_un_tableur_sont_les_cles_de_l_api(client, contrat, niveau):
    zoner()
    adresse = reverse("contrats:couverture_exporter", args=["csv"])
    entetes = client.get(adresse, {"niveau": niveau}).content.decode("utf-8-sig").split("\r\n")[0]
    ligne = client.get("/api/v1/couverture/", {"niveau": niveau}).json()["results"][0]
    assert entetes.split(";") == [*ligne, "date", "variante", "millesime_population"]


def test_la_page_mene_au_rapport_de_sa_region(client, contrat):
    rapport = reverse("bilans:rapport_regional", args=["53"])
    assert lire(client, REGION).select_one(f'.tete a[href="{rapport}"]')
    autre = reverse("contrats:couverture_region", args=["76"])
    assert not lire(client, autre).select_one('.tete a[href$="/rapport/"]')


def test_une_intercommunalite_dissoute_le_dit(client, contrat):
    Epci.objects.filter(pk="200068120").update(date_fin=date(2025, 1, 1))
    Commune.objects.filter(epci="200068120").update(epci=None)
    assert "n’existe plus depuis le" in lire(client, EPCI).main.text


@pytest.mark.parametrize("niveau", PAGES)
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    client, exiger_requetes_plates, niveau
):
    exiger_requetes_plates(
        peupler=lambda n: ContratFactory.create_batch(n, signe=True, epci="200068120"),
        lire=lambda: (cache.clear(), client.get(PAGES[niveau])),
    )
