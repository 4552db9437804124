"""La carte à emporter et la carte dans sa page : qui la reçoit, quand elle change, comment on la lit."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from contrats.services.perimetre import retirer_communes
from tests.appuis.pages import lire
from tests.factories import ContratFactory, UtilisateurFactory
from tests.factories.donnees import EditionZonageFactory
from tests.factories.territoires import CommuneFactory, DepartementFactory, RegionFactory

REGION = {"niveau": "region", "territoire": "53"}
PAGE = reverse("contrats:couverture_region", args=["53"])
TYPES = {"svg": "image/svg+xml", "png": "image/png", "geojson": "application/geo+json"}


def adresse(extension: str = "svg") -> str:
    return reverse("contrats:carte_couverture", args=[extension])


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


# Fichiers


@pytest.mark.parametrize("extension", TYPES)
def test_chaque_forme_se_telecharge_sous_un_nom_clair(extension, client, contrat):
    reponse = client.get(adresse(extension), REGION | {"date": "2025-06-01"})
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == TYPES[extension]
    assert (
        f'filename="couverture-bretagne-2025-06-01.{extension}"' in reponse["Content-Disposition"]
    )


@pytest.mark.parametrize("extension", TYPES)
def test_rien_n_est_renvoye_si_rien_n_a_change(extension, client, contrat):
    premiere = client.get(adresse(extension), REGION)
    seconde = client.get(adresse(extension), REGION, headers={"If-None-Match": premiere["ETag"]})
    assert seconde.status_code == 304
    assert seconde.content == b""
    assert seconde["ETag"] == premiere["ETag"]
    assert premiere["Cache-Control"] == "private, no-cache"


def test_une_reponse_compressee_par_le_serveur_est_reconnue(client, contrat):
    etiquette = client.get(adresse(), REGION)["ETag"]
    assert (
        client.get(adresse(), REGION, headers={"If-None-Match": f"W/{etiquette}"}).status_code
        == 304
    )


def test_une_commune_sortie_change_la_carte_aussitot(client, contrat, coordinatrice, aujourdhui):
    avant = client.get(adresse(), REGION)
    retirer_communes(contrat=contrat, communes=["29232"], date_sortie=aujourdhui, par=coordinatrice)
    apres = client.get(adresse(), REGION, headers={"If-None-Match": avant["ETag"]})
    assert apres.status_code == 200
    assert apres.content != avant.content


def test_une_carte_connue_coute_une_lecture_de_l_empreinte(client, contrat, nombre_requetes):
    client.get(adresse(), REGION)
    connue = nombre_requetes(lambda: client.get(adresse(), REGION))
    cache.clear()
    assert connue < nombre_requetes(lambda: client.get(adresse(), REGION))


def test_sans_cache_la_carte_est_la_meme(client, contrat):
    premiere = client.get(adresse(), REGION)
    cache.clear()
    assert client.get(adresse(), REGION)["ETag"] == premiere["ETag"]


@pytest.mark.parametrize(
    ("parametres", "phrase"),
    [
        ({"niveau": "canton"}, "Choisissez parmi"),
        ({"niveau": "region", "territoire": "99"}, "Aucun territoire ne porte le code"),
        ({"niveau": "region", "territoire": "29"}, "Aucun territoire ne porte le code"),
        ({"niveau": "departement", "territoire": "53232"}, "Aucun territoire ne porte le code"),
        ({"niveau": "epci"}, "Aucun territoire ne porte le code"),
        ({"territoire": "53"}, "Dites le niveau de ce territoire"),
        ({"niveau": "contrat", "territoire": "x"}, "Aucun contrat ne porte cet identifiant"),
        (REGION | {"date": "hier"}, "Écrivez une date comme"),
        (REGION | {"date": "1850-01-01"}, "Choisissez une date"),
        (REGION | {"date": "2300-01-01"}, "Choisissez une date"),
        (REGION | {"variante": "tous"}, "Choisissez parmi"),
    ],
)
def test_une_demande_incomprise_dit_quoi_ecrire(parametres, phrase, client):
    reponse = client.get(adresse(), parametres)
    assert reponse.status_code == 400
    assert phrase in reponse.content.decode()


def test_une_forme_inconnue_n_existe_pas(client):
    assert client.get(adresse("bmp"), REGION).status_code == 404


def test_la_carte_d_un_contrat_est_a_qui_le_suit(client_de, coordinatrice, voisine, contrat):
    demande = {"niveau": "contrat", "territoire": str(contrat.pk)}
    assert client_de(coordinatrice).get(adresse(), demande).status_code == 200
    assert client_de(voisine).get(adresse(), demande).status_code == 404


def test_qui_n_a_aucun_role_est_refuse(client_de, db):
    assert client_de(UtilisateurFactory()).get(adresse(), REGION).status_code == 403


# Dans la page


def test_la_page_d_une_region_mene_a_chaque_intercommunalite(client, contrat):
    page = lire(client, PAGE, date="2025-06-01")
    liens = {a["href"] for a in page.select("svg.g-carte a")}
    assert reverse("contrats:couverture_epci", args=["200068120"]) + "?date=2025-06-01" in liens
    for lien in liens:
        assert client.get(lien).status_code == 200


def test_aucun_repere_de_la_page_n_est_double(client, contrat):
    EditionZonageFactory(type_id="CPTS", communes=["29232"])
    reperes = [e["id"] for e in lire(client, PAGE, couches="cpts").select("[id]")]
    assert len(reperes) == len(set(reperes))


@pytest.mark.parametrize(
    "page",
    [
        reverse("contrats:couverture"),
        PAGE,
        reverse("contrats:couverture_departement", args=["29"]),
        reverse("contrats:couverture_epci", args=["200068120"]),
    ],
)
def test_le_tableau_jumeau_dit_chaque_territoire_de_la_carte(page, client, contrat):
    lue = lire(client, page, date="2025-06-01")
    dessines = {a["href"]: a.title.text for a in lue.select("svg.g-carte a")}
    lignes = {
        ligne.a["href"]: [case.get_text(" ", strip=True) for case in ligne.select("th, td")]
        for ligne in lue.select('[aria-label="La carte en tableau"] tbody tr')
    }
    assert dessines
    assert dessines.keys() <= lignes.keys()
    for adresse_lue, titre in dessines.items():
        nom, _, habitants, *_ = lignes[adresse_lue]
        assert titre.startswith(nom)
        assert habitants in titre


def test_les_fichiers_de_la_page_sont_ceux_de_sa_carte(client, contrat):
    page = lire(client, PAGE, date="2025-06-01", variante="signe_ou_projet")
    liens = [a["href"] for a in page.select(".emporter a[download]") if "carte." in a["href"]]
    assert len(liens) == 3
    for lien in liens:
        assert client.get(lien).status_code == 200
        assert "date=2025-06-01&variante=signe_ou_projet" in lien


def test_les_couches_se_posent_et_se_retirent_par_des_liens(client, contrat):
    EditionZonageFactory(type_id="CPTS", communes=["29232"])
    EditionZonageFactory(type_id="QPV", communes=["29232"])
    sans = lire(client, PAGE).select_one('[aria-label="Couches de la carte"]')
    assert [a["href"] for a in sans.select("a")] == [
        f"{PAGE}?couches=qpv#carte-titre",
        f"{PAGE}?couches=cpts#carte-titre",
    ]
    avec = lire(client, PAGE, couches="qpv,cpts")
    assert [a["href"] for a in avec.select('[aria-label="Couches de la carte"] a')] == [
        f"{PAGE}?couches=cpts#carte-titre",
        f"{PAGE}?couches=qpv#carte-titre",
    ]
    assert avec.select_one('ul[aria-label="Légende des couches"]')
    entetes = avec.select('[aria-label="La carte en tableau"] th[scope=col]')
    assert len(entetes) == 7


def test_sans_zonage_une_phrase_dit_ou_les_charger(client, contrat):
    phrase = next(p for p in lire(client, PAGE).select("p") if "Aucun zonage" in p.text)
    assert phrase.a["href"] == reverse("acteurs:donnees")


def test_une_region_sans_contour_garde_sa_page_et_son_geojson(client):
    region = RegionFactory(code="987", nom="Polynésie française")
    departement = DepartementFactory(code="987", nom="Polynésie française", region=region)
    CommuneFactory(code="98735", nom="Papeete", departement=departement, region=region)
    page = lire(client, reverse("contrats:couverture_region", args=["987"]))
    assert not page.select("svg.g-carte")
    assert "Aucun contour n’est publié" in page.text
    fichiers = [a["href"] for a in page.select(".panneau-carte .emporter a")]
    assert [client.get(f).status_code for f in fichiers] == [200]
    assert client.get(adresse(), {"niveau": "region", "territoire": "987"}).status_code == 400


def test_le_perimetre_d_un_contrat_a_sa_carte(client_de, coordinatrice, contrat):
    ContratFactory(signe=True, epci="243500659")
    page = lire(client_de(coordinatrice), reverse("contrats:perimetre", args=[contrat.pk]))
    titres = [titre.text for titre in page.select("svg.g-carte a title")]
    assert len(titres) == 14
    assert all(contrat.nom in titre for titre in titres)


def test_une_commune_a_venir_est_deja_sur_la_carte_du_contrat(client_de, coordinatrice, contrat):
    contrat.perimetres.filter(commune="29232").update(date_entree=date(2030, 1, 1))
    page = lire(client_de(coordinatrice), reverse("contrats:perimetre", args=[contrat.pk]))
    titres = [titre.text for titre in page.select("svg.g-carte a title")]
    assert any(t.startswith("Quimper\u00a0: aucun contrat") for t in titres)
