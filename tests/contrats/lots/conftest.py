import pytest
from django.urls import reverse

from contrats.models import Lot, SousTheme


@pytest.fixture
def sous_theme(db):
    return SousTheme.objects.select_related("theme").exclude(theme="acces_soins").first()


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def choisir(client, contrat):
    def envoyer(**donnees):
        reponse = client.post(reverse("contrats:lots", args=[contrat.pk]), donnees)
        assert reponse.status_code == 303, reponse.content.decode()
        return Lot.objects.latest("cree_le")

    return envoyer
