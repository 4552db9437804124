"""Toute erreur de l’API est un `application/problem+json` qui dit quoi faire."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from contrats.models import Action
from tests.appuis.api import JSON, RACINE, lire, outil, pointeurs, probleme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "chemin", ["inconnu/", "contrats/inconnu/", "actions/12/", "actions/12/fiche.pdf", "epci/\x00/"]
)
@pytest.mark.parametrize("methode", ["get", "post", "patch", "delete"])
def test_une_adresse_inconnue_est_introuvable(chemin: str, methode: str) -> None:
    probleme(getattr(Client(), methode)(RACINE + chemin), 404)


def test_un_objet_inconnu_est_introuvable() -> None:
    probleme(Client().get(f"{RACINE}communes/99999/"), 404)


def test_sans_barre_finale_on_est_conduit_a_la_bonne_adresse() -> None:
    reponse = Client().get(f"{RACINE}communes?region=53")

    assert reponse.status_code == 301
    assert reponse["Location"] == f"{RACINE}communes/?region=53"


@pytest.mark.parametrize("chemin", ["communes/", "communes/29232/", "contrats/", "bilans/"])
@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_une_methode_que_la_ressource_n_a_pas_est_refusee(chemin: str, methode: str) -> None:
    reponse = getattr(Client(), methode)(RACINE + chemin)

    probleme(reponse, 405)
    assert "GET" in reponse["Allow"]


def test_un_autre_format_que_le_json_n_est_pas_disponible() -> None:
    probleme(Client().get(f"{RACINE}communes/", headers={"Accept": "text/csv"}), 406)


def test_un_navigateur_recoit_du_json() -> None:
    reponse = Client().get(f"{RACINE}communes/", headers={"Accept": "text/html,*/*;q=0.8"})

    assert reponse.status_code == 200
    assert reponse["Content-Type"] == JSON


def test_un_corps_qui_n_est_pas_du_json_est_refuse(coordinatrice: Any) -> None:
    reponse = outil(coordinatrice).post(f"{RACINE}mesures/", {"valeur": 1})

    probleme(reponse, 415)


@pytest.mark.parametrize(
    "brut", ["", "{", "[" * 5000, '{"valeur": NaN}', '"\\ud800"', b"\xff\xfe", "null", "[]", "3"]
)
def test_un_json_mal_forme_est_refuse(brut: Any, coordinatrice: Any) -> None:
    reponse = outil(coordinatrice).post(f"{RACINE}mesures/", brut, content_type=JSON)

    probleme(reponse, 400)


def test_un_corps_demesure_est_refuse(coordinatrice: Any) -> None:
    reponse = outil(coordinatrice).post(
        f"{RACINE}mesures/", '"' + "a" * 1_000_001 + '"', content_type=JSON
    )

    probleme(reponse, 413)


def test_un_champ_inconnu_est_refuse_en_disant_lesquels_existent(
    action: Action, coordinatrice: Any
) -> None:
    reponse = outil(coordinatrice).patch(
        f"{RACINE}actions/{action.pk}/",
        {"titer": "Marcher", "version": 3},
        content_type=JSON,
        headers={"If-Match": '"1"'},
    )

    corps = probleme(reponse, 400)
    assert pointeurs(corps) == {"/titer", "/version"}
    assert "titre" in corps["errors"][0]["message"]


def test_une_erreur_interne_ne_dit_rien_du_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acteurs.api.viewsets.CommuneViewSet.list", _tomber)

    corps = probleme(Client(raise_request_exception=False).get(f"{RACINE}communes/"), 500)

    assert "secret" not in str(corps)


def test_la_base_absente_donne_un_503_et_un_delai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acteurs.api.viewsets.CommuneViewSet.list", _perdre_la_base)

    reponse = Client(raise_request_exception=False).get(f"{RACINE}communes/")

    probleme(reponse, 503)
    assert int(reponse["Retry-After"]) > 0


def test_la_racine_enumere_les_ressources() -> None:
    assert {"communes", "contrats", "actions", "mesures", "bilans"} <= lire(Client(), "").keys()


def _tomber(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("un détail secret")


def _perdre_la_base(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("la base ne répond pas")
