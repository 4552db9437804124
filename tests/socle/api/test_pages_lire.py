"""La pagination : `page`, `page_size`, et l’en-tête Link."""

import pytest
from django.test import Client

from tests.appuis.api import RACINE, lire, pointeurs, probleme

pytestmark = pytest.mark.django_db
LISTE = f"{RACINE}communes/"


def test_une_page_donne_le_compte_les_voisines_et_les_resultats() -> None:
    page = lire(Client(), "communes/", page=2, page_size=5)

    assert page["count"] > 15
    assert len(page["results"]) == 5
    assert page["next"] == f"http://testserver{LISTE}?page=3&page_size=5"
    assert page["previous"] == f"http://testserver{LISTE}?page_size=5"


def test_les_pages_bout_a_bout_donnent_chaque_ligne_une_fois() -> None:
    entiere = [c["code"] for c in lire(Client(), "communes/", page_size=200)["results"]]
    pages = [
        commune["code"]
        for numero in range(1, 4)
        for commune in lire(Client(), "communes/", page=numero, page_size=7)["results"]
    ]

    assert pages == entiere[:21]


def test_l_en_tete_link_nomme_la_premiere_et_la_derniere_page() -> None:
    reponse = Client().get(LISTE, {"page_size": 5})

    relations = {lien.split("; ")[1] for lien in reponse["Link"].split(", ")}
    assert relations == {'rel="first"', 'rel="next"', 'rel="last"'}


def test_une_liste_vide_a_une_page_vide() -> None:
    assert lire(Client(), "communes/", recherche="zzzz") == {
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
    }


def test_une_page_au_dela_de_la_derniere_n_existe_pas() -> None:
    corps = probleme(Client().get(LISTE, {"page": 9999}), 404)

    assert corps["detail"] == "La page 9999 n’existe pas."


@pytest.mark.parametrize("valeur", ["", "0", "-1", "1.5", "deux", "9" * 30, "١", "\x00"])
@pytest.mark.parametrize("parametre", ["page", "page_size"])
def test_un_numero_de_page_mal_ecrit_est_refuse_en_le_nommant(parametre: str, valeur: str) -> None:
    corps = probleme(Client().get(LISTE, {parametre: valeur}), 400)

    assert pointeurs(corps) == {f"/{parametre}"}


def test_une_page_ne_depasse_pas_deux_cents_lignes() -> None:

    corps = probleme(Client().get(LISTE, {"page_size": 201}), 400)

    assert corps["errors"][0]["message"] == "Donnez un nombre entier de 1 à 200."
