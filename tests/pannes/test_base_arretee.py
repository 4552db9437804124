"""Sans PostgreSQL : une page 503 en français, vite ; tout repart à son retour, sans rien relancer."""

import json
import time

import pytest

DELAI_MAXIMUM = 6


@pytest.fixture
def sans_base(essai, coordinatrice):
    """Une page a été lue avant : le serveur tient des connexions, qui vont se rompre."""
    assert essai.statut("/") == 200
    essai.couper("postgresql")
    yield coordinatrice
    essai.retablir()


def test_une_page_dit_la_panne_en_moins_de_six_secondes(essai, sans_base):
    for chemin in ("/", "/contrats/", "/espace/"):
        debut = time.monotonic()
        statut, page = sans_base.lire(chemin)
        assert statut == 503, chemin
        assert time.monotonic() - debut < DELAI_MAXIMUM
        assert "Le service est interrompu un instant" in page


def test_l_api_dit_la_panne_dans_son_format(essai, sans_base):
    statut, corps = essai.lire("/api/v1/contrats/", delai=DELAI_MAXIMUM)
    assert (statut, json.loads(corps)["status"]) == (503, 503)


def test_la_sonde_distingue_un_serveur_vivant_d_un_serveur_pret(essai, sans_base):
    assert essai.statut("/sante/vivant", delai=DELAI_MAXIMUM) == 200
    assert essai.statut("/sante/pret", delai=DELAI_MAXIMUM) == 503


def test_tout_repart_au_retour_de_la_base(essai, sans_base):
    assert essai.statut("/", delai=DELAI_MAXIMUM) == 503
    essai.retablir()
    essai.attendre(lambda: essai.statut("/") == 200, "le retour de la page", delai=20)
    assert essai.statut("/sante/pret") == 200
    statut, page = sans_base.lire("/espace/")
    assert statut == 200
    assert "Contrat d’essai de Cornouaille" in page
