"""« Ce qui était annoncé » dans l’espace : lire, reprendre, dire, ajouter, retirer, se croiser."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.bilans.services.test_ouverture import publie_en
from tests.factories import BilanFactory
from tests.factories.preparation import AnnonceBilanFactory


@pytest.fixture
def bilan(contrat):
    return BilanFactory(contrat=contrat, annee=2025)


@pytest.fixture
def annonce(bilan):
    return AnnonceBilanFactory(bilan=bilan, texte="Un troisième lieu d’écoute")


def page_de(bilan) -> str:
    return reverse("bilans:annonces", args=[bilan.pk])


def lire(client, bilan) -> str:
    reponse = client.get(page_de(bilan))
    assert reponse.status_code == 200
    return " ".join(BeautifulSoup(reponse.content, "html.parser").get_text(" ").split())


def test_la_page_vide_propose_de_reprendre_le_bilan_d_avant(
    client_de, coordinatrice, contrat, bilan
):
    publie_en(contrat, 2024, "- Un bus\n- Une fête")
    client = client_de(coordinatrice)
    assert "Reprendre les annonces du bilan 2024" in lire(client, bilan)
    reponse = client.post(reverse("bilans:annonces_reprendre", args=[bilan.pk]))
    assert (reponse.status_code, reponse["Location"]) == (303, page_de(bilan))
    lu = lire(client, bilan)
    assert "Une fête" in lu
    assert "2 annonces à dire avant de publier le bilan." in lu


def test_une_lectrice_lit_sans_pouvoir_ecrire(client_de, lectrice, bilan, annonce):
    lu = lire(client_de(lectrice), bilan)
    assert "Un troisième lieu d’écoute" in lu
    assert "Dire ce que c’est devenu" not in lu
    assert client_de(lectrice).get(reverse("bilans:annonce", args=[annonce.pk])).status_code == 403


def test_dire_ce_que_c_est_devenu(client_de, coordinatrice, bilan, annonce):
    client = client_de(coordinatrice)
    adresse = reverse("bilans:annonce", args=[annonce.pk])
    refus = client.post(adresse, {"version": 1, "devenir": "REPORTE", "explication": ""})
    assert refus.status_code == 422
    assert "Dites en une phrase ce qui manque" in refus.content.decode()
    dit = {"version": 1, "devenir": "REPORTE", "explication": "En mars 2026."}
    assert client.post(adresse, dit).status_code == 303
    lu = lire(client, bilan)
    assert "C’est reporté" in lu
    assert "En mars 2026." in lu


def test_deux_personnes_se_croisent_sans_rien_perdre(
    client_de, coordinatrice, administratrice, annonce
):
    adresse = reverse("bilans:annonce", args=[annonce.pk])
    dit = {"version": 1, "devenir": "TENU", "explication": "Ouvert en mai."}
    client_de(administratrice).post(adresse, dit)
    croise = client_de(coordinatrice).post(
        adresse, {"version": 1, "devenir": "EN_PARTIE", "explication": "Ouvert le matin."}
    )
    assert croise.status_code == 409
    contenu = BeautifulSoup(croise.content, "html.parser").get_text(" ")
    assert "mai" in contenu
    assert "matin" in contenu


def test_ajouter_puis_retirer_une_annonce(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    ajouter = reverse("bilans:annonce_ajouter", args=[bilan.pk])
    client.post(ajouter, {"texte": "Un bus", "devenir": "TENU", "explication": ""})
    annonce = bilan.annonces.get()
    retirer = reverse("bilans:annonce_retirer", args=[annonce.pk])
    assert "Un bus" in client.get(retirer).content.decode()
    assert client.post(retirer).status_code == 303
    assert not bilan.annonces.exists()


def test_le_bilan_d_une_voisine_n_existe_pas(client_de, voisine, bilan, annonce):
    client = client_de(voisine)
    assert client.get(page_de(bilan)).status_code == 404
    assert client.get(reverse("bilans:annonce", args=[annonce.pk])).status_code == 404
