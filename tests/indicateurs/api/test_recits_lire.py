"""Les récits par l’API : qui suit le contrat les lit, personne ne les écrit."""

from typing import Any

import pytest
from django.test import Client

from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import IndicateurFactory, RecitFactory


@pytest.fixture
def recit(indicateur) -> Any:
    return RecitFactory(indicateur=indicateur)


def test_la_liste_et_le_detail_disent_la_meme_chose(recit, lectrice):
    client = outil(lectrice)
    detail = lire(client, f"recits/{recit.pk}/")
    assert detail["texte"] == recit.texte
    assert lire(client, "recits/")["results"] == [detail]


def test_qui_ne_suit_pas_le_contrat_n_y_trouve_rien(recit, voisine):
    for client in (outil(voisine), Client()):
        assert not ids(client, "recits/")
        probleme(client.get(f"{RACINE}recits/{recit.pk}/"), 404)


def test_on_les_filtre_par_annee_et_par_indicateur(recit, contrat, lectrice):
    autre = RecitFactory(indicateur=IndicateurFactory(contrat=contrat), annee=2024)
    client = outil(lectrice)
    assert ids(client, "recits/", annee=2024) == {str(autre.pk)}
    assert ids(client, "recits/", indicateur=recit.indicateur_id) == {str(recit.pk)}
    assert len(ids(client, "recits/", contrat=contrat.pk)) == 2
