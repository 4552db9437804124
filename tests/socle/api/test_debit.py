"""Trop d’appels : 429 ; Redis absent : l’API répond quand même."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from rest_framework.settings import api_settings

from tests.appuis.api import RACINE, lire, outil, probleme

pytestmark = pytest.mark.django_db
LISTE = f"{RACINE}regions/"


@pytest.fixture
def trois_par_minute(monkeypatch: pytest.MonkeyPatch, horloge_arretee: None) -> None:
    monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", {"api": "3/min"}, raising=False)


def test_au_dela_du_debit_l_appel_est_refuse_avec_un_delai(trois_par_minute: None) -> None:
    client = Client()
    statuts = [client.get(LISTE).status_code for _ in range(3)]
    refus = client.get(LISTE)

    assert statuts == [200, 200, 200]
    assert probleme(refus, 429)["detail"].startswith("Trop de demandes")
    assert 1 <= int(refus["Retry-After"]) <= 61


def test_chaque_appelant_a_son_propre_debit(
    trois_par_minute: None, coordinatrice: Any, voisine: Any
) -> None:
    premier = outil(coordinatrice)
    for _ in range(4):
        premier.get(LISTE)

    assert premier.get(LISTE).status_code == 429
    assert outil(voisine).get(LISTE).status_code == 200
    assert outil(coordinatrice).get(LISTE).status_code == 200


def test_changer_d_adresse_annoncee_ne_remet_pas_le_compte_a_zero(trois_par_minute: None) -> None:
    statuts = [
        Client().get(LISTE, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(4)
    ]

    assert statuts[-1] == 429


def test_sans_redis_l_api_repond(trois_par_minute: None) -> None:
    injoignable = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "unix:///nulle/part.sock",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.5},
        }
    }
    with override_settings(CACHES=injoignable, DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS=False):
        assert cache.get("essai") is None
        for _ in range(5):
            assert lire(Client(), "regions/")["count"] > 0
