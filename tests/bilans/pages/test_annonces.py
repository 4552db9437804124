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
    assert "Corriger le texte" not in lu
    for nom in ("annonce", "annonce_corriger"):
        adresse = reverse(f"bilans:{nom}", args=[annonce.pk])
        assert client_de(lectrice).get(adresse).status_code == 403


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


def test_un_texte_mal_repris_se_corrige_en_place(client_de, coordinatrice, bilan, annonce):
    client = client_de(coordinatrice)
    adresse = reverse("bilans:annonce_corriger", args=[annonce.pk])
    assert adresse in client.get(page_de(bilan)).content.decode()
    assert "Ce qui était écrit avant" not in client.get(adresse).content.decode()
    assert client.post(adresse, {"version": 1, "texte": " "}).status_code == 422
    suite = client.post(adresse, {"version": 1, "texte": "Un quatrième lieu d’écoute"})
    assert suite.status_code == 303
    assert suite["Location"] == f"{page_de(bilan)}#annonce-{annonce.pk}"
    lu = lire(client, bilan)
    assert "Un quatrième lieu d’écoute" in lu
    assert "Un troisième lieu d’écoute" not in lu
    relue = BeautifulSoup(client.get(adresse).content, "html.parser")
    avant = relue.select_one(".journal")
    assert avant is not None
    assert "Un troisième lieu d’écoute" in avant.text
    assert str(coordinatrice) in avant.text


def test_deux_corrections_se_montrent_et_l_une_peut_l_emporter(
    client_de, coordinatrice, administratrice, bilan, annonce
):
    adresse = reverse("bilans:annonce_corriger", args=[annonce.pk])
    client_de(administratrice).post(adresse, {"version": 1, "texte": "La leur"})
    client = client_de(coordinatrice)
    croise = client.post(adresse, {"version": 1, "texte": "La mienne"})
    assert croise.status_code == 409
    page = BeautifulSoup(croise.content, "html.parser")
    assert "La leur" in page.get_text()
    assert "La mienne" in page.get_text()
    annonce.refresh_from_db()
    assert annonce.texte == "La leur"
    mienne = next(f for f in page.select("form") if "La mienne" in str(f))
    champs = mienne.select("input[name], textarea[name]")
    donnees = {champ["name"]: champ.get("value") or champ.text.strip() for champ in champs}
    assert client.post(mienne.get("action") or adresse, donnees).status_code == 303
    annonce.refresh_from_db()
    assert annonce.texte == "La mienne"


def test_corriger_le_texte_et_dire_le_devenir_en_meme_temps_se_reunissent(
    client_de, coordinatrice, administratrice, annonce
):
    corriger = reverse("bilans:annonce_corriger", args=[annonce.pk])
    dire = reverse("bilans:annonce", args=[annonce.pk])
    client_de(administratrice).post(corriger, {"version": 1, "texte": "Corrigé"})
    dit = {"version": 1, "devenir": "TENU", "explication": "Ouvert en mai."}
    assert client_de(coordinatrice).post(dire, dit).status_code == 303
    annonce.refresh_from_db()
    assert (annonce.texte, annonce.devenir) == ("Corrigé", "TENU")


def test_un_devenir_et_son_explication_ne_se_melangent_pas(
    client_de, coordinatrice, administratrice, annonce
):
    """L’un dit « reporté », l’autre n’avait changé que l’explication : on leur demande."""
    dire = reverse("bilans:annonce", args=[annonce.pk])
    tenu = {"version": 1, "devenir": "TENU", "explication": "En mai."}
    client_de(coordinatrice).post(dire, tenu)
    reporte = {"version": 2, "devenir": "REPORTE", "explication": "En mai."}
    client_de(administratrice).post(dire, reporte)
    autre = {
        "version": 2,
        "devenir": "TENU",
        "explication": "En mai 2025, trois jours par semaine.",
    }
    assert client_de(coordinatrice).post(dire, autre).status_code == 409


def test_ajouter_puis_retirer_une_annonce(client_de, coordinatrice, bilan):
    client = client_de(coordinatrice)
    ajouter = reverse("bilans:annonce_ajouter", args=[bilan.pk])
    client.post(ajouter, {"texte": "Un bus", "devenir": "TENU", "explication": ""})
    annonce = bilan.annonces.get()
    retirer = reverse("bilans:annonce_retirer", args=[annonce.pk])
    for nom in ("annonce", "annonce_corriger"):
        page = client.get(reverse(f"bilans:{nom}", args=[annonce.pk]))
        assert f'href="{retirer}"' in page.content.decode()
    assert "Un bus" in client.get(retirer).content.decode()
    assert client.post(retirer).status_code == 303
    assert not bilan.annonces.exists()


def test_le_bilan_d_une_voisine_n_existe_pas(client_de, voisine, bilan, annonce):
    client = client_de(voisine)
    assert client.get(page_de(bilan)).status_code == 404
    for nom in ("annonce", "annonce_corriger"):
        assert client.get(reverse(f"bilans:{nom}", args=[annonce.pk])).status_code == 404
