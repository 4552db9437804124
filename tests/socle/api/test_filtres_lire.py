"""Un filtre mal écrit est refusé en le nommant ; jamais ignoré, jamais une erreur interne."""

import pytest
from django.test import Client

from acteurs.api.urls import RESSOURCES as DES_ACTEURS
from bilans.api.urls import RESSOURCES as DES_BILANS
from cls_platform.socle.api.ressources import Ressource
from contrats.api.urls import RESSOURCES as DES_CONTRATS
from indicateurs.api.urls import RESSOURCES as DES_INDICATEURS
from tests.appuis.api import RACINE, pointeurs, probleme

pytestmark = pytest.mark.django_db
RESSOURCES = [*DES_ACTEURS, *DES_CONTRATS, *DES_INDICATEURS, *DES_BILANS]
FILTRES = [(nom, filtre) for nom, vue in RESSOURCES for filtre in vue.filterset_class.base_filters]
BIZARRERIES = [
    "\x00",
    "é" * 300,
    "%00",
    "'; --",
    "[]",
    "9" * 40,
    "true\n",
    "\ud7ff",
    "-",
    "..",
    "🙂",
]


@pytest.mark.parametrize(("nom", "filtre"), FILTRES)
def test_aucune_valeur_de_filtre_ne_fait_tomber_l_api(nom: str, filtre: str) -> None:
    client = Client()
    for valeur in BIZARRERIES:
        reponse = client.get(f"{RACINE}{nom}/", {filtre: valeur})
        if reponse.status_code != 200:
            assert pointeurs(probleme(reponse, 400)) == {f"/{filtre}"}


@pytest.mark.parametrize(("nom", "filtre"), [(n, f) for n, f in FILTRES if f != "recherche"])
def test_une_valeur_qui_n_a_pas_la_forme_attendue_est_refusee(nom: str, filtre: str) -> None:
    corps = probleme(Client().get(f"{RACINE}{nom}/", {filtre: "n’importe quoi"}), 400)

    assert pointeurs(corps) == {f"/{filtre}"}
    assert corps["errors"][0]["message"]


@pytest.mark.parametrize(("nom", "vue"), RESSOURCES, ids=[nom for nom, _ in RESSOURCES])
def test_un_parametre_inconnu_est_refuse_en_disant_lesquels_existent(
    nom: str, vue: type[Ressource]
) -> None:
    corps = probleme(Client().get(f"{RACINE}{nom}/", {"regoin": "53"}), 400)

    assert pointeurs(corps) == {"/regoin"}
    message = corps["errors"][0]["message"]
    assert all(filtre in message for filtre in (*vue.filterset_class.base_filters, "page_size"))


def test_un_filtre_vide_ne_filtre_pas() -> None:
    client = Client()
    toutes = client.get(f"{RACINE}communes/").json()["count"]

    assert client.get(f"{RACINE}communes/", {"region": ""}).json()["count"] == toutes


def test_un_detail_ne_se_filtre_pas() -> None:
    corps = probleme(Client().get(f"{RACINE}communes/29232/", {"region": "53"}), 400)

    assert pointeurs(corps) == {"/region"}
