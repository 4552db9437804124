import pytest
from django.test import Client

from tests.appuis.api import ids, lire
from tests.factories import ActeurFactory

pytestmark = pytest.mark.django_db


def test_une_organisation_dit_son_type_et_son_territoire() -> None:
    acteur = ActeurFactory(nom="CPTS d’essai", type_id="cpts", epci_id="200068120")

    lu = lire(Client(), f"acteurs/{acteur.pk}/")

    assert lu["type"] == "cpts"
    assert lu["epci"] == "200068120"
    assert lu["est_demonstration"] is True


def test_la_recherche_ignore_les_accents() -> None:
    acteur = ActeurFactory(nom="Réseau Pléiade d’essai")
    ActeurFactory(nom="Autre réseau")

    assert ids(Client(), "acteurs/", recherche="reseau pleiade") == {str(acteur.pk)}


def test_les_organisations_se_filtrent_par_type_et_par_territoire() -> None:
    ici = ActeurFactory(type_id="cpts", departement_id="29")
    ActeurFactory(type_id="cpts", departement_id="31")
    ActeurFactory(departement_id="29")

    assert ids(Client(), "acteurs/", type="cpts", departement="29") == {str(ici.pk)}
