"""Les données d’une région : son rail, ce qui vaut pour elle et pour la France."""

import pytest
from django.urls import reverse

from tests.acteurs.donnees.test_pages import DONNEES, mots, page
from tests.factories import EditionDonneesFactory, EditionZonageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


def test_une_region_ne_montre_que_ce_qui_vaut_pour_elle(client):
    for region, source in (("53", "Pour la Bretagne"), ("76", "Ailleurs"), (None, "Nationale")):
        EditionZonageFactory(region_id=region, source=f"Z {source}")
        EditionDonneesFactory(region_id=region, source=f"D {source}")
    texte = mots(page(client, f"{DONNEES}?region=53"))
    assert all(f"{genre} {s}" in texte for genre in "ZD" for s in ("Pour la Bretagne", "Nationale"))
    assert "Ailleurs" not in texte
    assert "Ailleurs" in mots(page(client, DONNEES))


@pytest.mark.parametrize("faux", ["99", "%00", "Bretagne", "5" * 300])
def test_une_region_inconnue_montre_tout(client, faux):
    EditionZonageFactory(region_id="76", source="Ailleurs")
    assert "Ailleurs" in mots(page(client, f"{DONNEES}?region={faux}"))


def test_le_rail_est_celui_de_la_region(client):
    donnees = page(client, f"{DONNEES}?region=53")
    couverture = page(client, reverse("contrats:couverture_region", args=["53"]))
    rails = [
        [(a["href"], a.get_text(" ", strip=True)) for a in soupe.select("nav.rail ul a")]
        for soupe in (donnees, couverture)
    ]
    assert rails[0] == rails[1]
    courante = donnees.select_one("nav.rail [aria-current=page]")
    assert courante["href"] == f"{DONNEES}?region=53"


def test_qui_n_a_pas_de_region_garde_le_rail_de_son_espace(client_de, lectrice, administratrice):
    for personne in (lectrice, administratrice):
        rail = page(client_de(personne), DONNEES).select_one("nav.rail")
        assert rail.select_one("[aria-current=page]")["href"] == DONNEES
