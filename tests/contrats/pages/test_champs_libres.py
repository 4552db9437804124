"""La page « Champs du contrat » : créer, renommer, ranger, retirer, remettre."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats.champs_fiche import cle_libre
from contrats.models import ChampLibre, ValeurLibre
from tests.factories import ChampLibreFactory


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:champs_libres", args=[contrat.pk])


def saisie(**valeurs):
    return {"libelle": "Direction", "genre": "TEXTE", "choix": "", "aide": ""} | valeurs


def gestes(client, champ, geste):
    return client.post(reverse("contrats:champ_libre_geste", args=[champ.pk]), {"geste": geste})


def test_creer_un_champ_le_met_a_la_fin(client_de, coordinatrice, contrat, adresse):
    ChampLibreFactory(contrat=contrat)
    client = client_de(coordinatrice)
    envoi = saisie(libelle="Échelle", genre="CHOIX", choix="Ville\r\n Quartier \r\nVille\r\n")
    assert client.post(adresse, envoi).status_code == 303
    dernier = contrat.champs_libres.ranges().last()
    assert (dernier.libelle, dernier.choix) == ("Échelle", ["Ville", "Quartier"])


@pytest.mark.parametrize(
    ("envoi", "phrase"),
    [
        (saisie(libelle="DÉJÀ LÀ"), "a déjà un champ de ce nom"),
        (saisie(genre="CHOIX", choix="Un seul"), "au moins deux choix"),
        (saisie(genre="CHOIX", choix="a" * 81 + "\nb"), "80 caractères"),
        (saisie(genre="IMAGE"), "Sélectionnez un choix valide"),
    ],
)
def test_un_champ_mal_defini_est_refuse_avec_un_remede(
    client_de, coordinatrice, contrat, adresse, envoi, phrase
):
    ChampLibreFactory(contrat=contrat, libelle="Déjà là")
    reponse = client_de(coordinatrice).post(adresse, envoi)
    assert reponse.status_code == 422
    page = BeautifulSoup(reponse.content, "html.parser")
    assert phrase in page.select_one(".message-erreur").text
    assert contrat.champs_libres.count() == 1


def test_renommer_garde_les_valeurs_mais_le_genre_est_fige(client_de, coordinatrice, action):
    champ = ChampLibreFactory(contrat=action.contrat)
    ValeurLibre.objects.create(action=action, champ=champ, valeur="Essai")
    client = client_de(coordinatrice)
    adresse = reverse("contrats:champ_libre", args=[champ.pk])
    assert client.post(adresse, saisie(libelle="Pôle", version=1)).status_code == 303
    reponse = client.post(adresse, saisie(libelle="Pôle", genre="NOMBRE", version=2))
    champ.refresh_from_db()
    assert (champ.libelle, champ.genre) == ("Pôle", "TEXTE")
    assert reponse.status_code == 422
    assert "son genre ne change plus" in reponse.content.decode()


def test_une_version_perimee_ne_perd_rien(client_de, coordinatrice, contrat):
    champ = ChampLibreFactory(contrat=contrat, libelle="Le sien", version=2)
    adresse = reverse("contrats:champ_libre", args=[champ.pk])
    reponse = client_de(coordinatrice).post(adresse, saisie(libelle="Le mien", version=1))
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 409
    assert page.select_one("[name=libelle]")["value"] == "Le mien"
    assert page.select_one("[name=version]")["value"] == "2"
    assert "Le sien" in page.text


def test_monter_et_descendre_changent_l_ordre(client_de, coordinatrice, contrat):
    a, b, c = (ChampLibreFactory(contrat=contrat, libelle=nom) for nom in "abc")
    client = client_de(coordinatrice)
    gestes(client, c, "monter")
    gestes(client, a, "descendre")
    gestes(client, b, "descendre")
    assert [x.libelle for x in contrat.champs_libres.ranges()] == ["c", "a", "b"]


def test_un_champ_retire_quitte_la_fiche_et_revient_avec_ses_valeurs(
    client_de, coordinatrice, action
):
    champ = ChampLibreFactory(contrat=action.contrat)
    ValeurLibre.objects.create(action=action, champ=champ, valeur="Valeur d’essai")
    client, fiche = client_de(coordinatrice), reverse("contrats:action", args=[action.pk])
    gestes(client, champ, "retirer")
    assert cle_libre(champ) not in client.get(fiche).content.decode()
    gestes(client, champ, "remettre")
    assert "Valeur d’essai" in client.get(fiche).content.decode()


def test_un_geste_inconnu_est_refuse(client_de, coordinatrice, contrat):
    champ = ChampLibreFactory(contrat=contrat)
    assert gestes(client_de(coordinatrice), champ, "effacer").status_code == 400


def test_la_voisine_et_le_pilote_n_y_touchent_pas(client_de, voisine, pilote, contrat, adresse):
    champ = ChampLibreFactory(contrat=contrat)
    assert gestes(client_de(voisine), champ, "retirer").status_code == 404
    assert gestes(client_de(pilote), champ, "retirer").status_code == 403
    assert client_de(pilote).post(adresse, saisie()).status_code == 403
    assert ChampLibre.objects.get().est_actif
