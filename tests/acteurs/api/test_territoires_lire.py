from datetime import date
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Commune
from tests.appuis.api import RACINE, lire, probleme, resultats

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune_close() -> Commune:
    """Une commune fictive que Quimper a absorbée."""
    Commune.objects.filter(pk="29232").update(autres_codes=["29998"])
    return Commune.objects.create(
        code="29998",
        nom="Essai-sur-Odet",
        departement_id="29",
        region_id="53",
        codes_postaux=["29000"],
        date_fin=date(2016, 1, 1),
        successeur_id="29232",
    )


def codes(chemin: str, **filtres: Any) -> list[str]:
    return [ligne["code"] for ligne in resultats(Client(), chemin, **filtres)]


def test_une_commune_se_lit_par_son_code_officiel() -> None:
    commune = lire(Client(), "communes/29232/")

    assert commune["nom"] == "Quimper"
    assert commune["departement"] == "29"
    assert commune["region"] == "53"
    assert commune["epci"] == "200068120"


@pytest.mark.parametrize(
    ("chemin", "cle"),
    [("regions/53/", "code"), ("departements/29/", "code"), ("epci/200068120/", "siren")],
)
def test_un_territoire_se_lit_par_son_code_officiel(chemin: str, cle: str) -> None:
    assert lire(Client(), chemin)[cle] == chemin.split("/")[1]


def test_une_commune_close_dit_qui_lui_succede(commune_close: Commune) -> None:
    commune = lire(Client(), "communes/29998/")

    assert commune["date_fin"] == "2016-01-01"
    assert commune["successeur"] == "29232"


def test_une_commune_close_ne_parait_que_si_on_la_demande(commune_close: Commune) -> None:
    assert "29998" not in codes("communes/", departement="29", page_size=200)
    assert "29998" in codes("communes/", departement="29", avec_closes="true", page_size=200)


def test_un_ancien_code_trouve_la_commune_d_aujourd_hui(commune_close: Commune) -> None:
    assert codes("communes/", ancien_code="29998") == ["29232"]


def test_la_recherche_ignore_accents_et_traits_d_union_et_met_le_meilleur_devant() -> None:
    assert codes("communes/", recherche="quimper")[0] == "29232"


def test_un_code_postal_trouve_ses_communes() -> None:
    trouvees = resultats(Client(), "communes/", code_postal="29000")

    assert trouvees
    assert all("29000" in commune["codes_postaux"] for commune in trouvees)


def test_les_communes_d_une_intercommunalite() -> None:
    trouvees = resultats(Client(), "communes/", epci="200068120", page_size=200)

    assert len(trouvees) == 14


def test_une_intercommunalite_se_trouve_par_son_departement() -> None:
    sirens = [e["siren"] for e in resultats(Client(), "epci/", departement="29")]

    assert "200068120" in sirens
    assert "243100815" not in sirens


def test_les_territoires_se_lisent_dans_l_ordre_alphabetique() -> None:
    noms = [c["nom"] for c in resultats(Client(), "communes/", page_size=200)]
    cles = list(
        Commune.objects.filter(nom__in=noms).order_by("cle_tri").values_list("nom", flat=True)
    )

    assert noms == cles


def test_une_commune_ne_se_modifie_pas() -> None:
    probleme(Client().patch(f"{RACINE}communes/29232/", {}), 405)
