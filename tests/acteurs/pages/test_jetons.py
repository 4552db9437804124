"""Les jetons de l’API se créent et se révoquent sur une page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Jeton, Utilisateur
from acteurs.models.jeton import empreinte

DEMANDE = {"nom": "Tableau de bord", "portees": ["LECTURE"], "jours": "90"}


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


def test_le_secret_est_montre_une_seule_fois_et_seule_son_empreinte_est_gardee(
    client: Client,
) -> None:
    reponse = client.post(reverse("acteurs:jetons"), DEMANDE)
    secret = reponse.context["secret"]
    assert secret.startswith("cls_")
    assert secret in reponse.content.decode()
    assert Jeton.objects.get().empreinte == empreinte(secret)
    assert secret not in client.get(reverse("acteurs:jetons")).content.decode()


def test_un_jeton_ne_se_cree_pas_sans_portee_ni_au_dela_d_un_an(client: Client) -> None:
    for defaut in ({"portees": []}, {"jours": "400"}):
        reponse = client.post(reverse("acteurs:jetons"), DEMANDE | defaut)
        assert reponse.status_code == 422
    assert not Jeton.objects.exists()


def test_on_ne_revoque_pas_le_jeton_de_la_voisine(
    client: Client, client_de: Callable[..., Client], voisine: Utilisateur
) -> None:
    client_de(voisine).post(reverse("acteurs:jetons"), DEMANDE)
    jeton = Jeton.objects.get()
    assert client.post(reverse("acteurs:revoquer_jeton", args=[jeton.pk])).status_code == 404
    jeton.refresh_from_db()
    assert jeton.est_valide


def test_un_jeton_revoque_ne_vaut_plus_rien(client: Client) -> None:
    client.post(reverse("acteurs:jetons"), DEMANDE)
    jeton = Jeton.objects.get()
    client.post(reverse("acteurs:revoquer_jeton", args=[jeton.pk]))
    jeton.refresh_from_db()
    assert not jeton.est_valide
