"""Hors de l’équipe, une valeur ne laisse lire ni retrouver aucun petit nombre de personnes."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.appuis.api import outil, resultats
from tests.factories import IndicateurFactory, MesureFactory

TRIMESTRES = {(1, 31, 3): 3, (4, 30, 6): 40, (7, 30, 9): 25}


@pytest.fixture
def indicateur(contrat):
    indicateur = IndicateurFactory(contrat=contrat, unite="personnes", libelle="Personnes reçues")
    for (mois, jour, fin), valeur in TRIMESTRES.items():
        MesureFactory(
            indicateur=indicateur,
            periode_debut=date(2025, mois, 1),
            periode_fin=date(2025, fin, jour),
            valeur=Decimal(valeur),
        )
    return indicateur


def lues(client, indicateur):
    lignes = resultats(client, "mesures/", indicateur=str(indicateur.pk))
    return {Decimal(li["valeur"]) for li in lignes if li["valeur"] is not None}


def test_l_equipe_lit_tout_et_les_autres_un_tableau_qui_ne_trahit_rien(
    indicateur, lectrice, voisine
):
    assert lues(outil(lectrice), indicateur) == {3, 40, 25}
    for client in (Client(), outil(voisine)):
        publiees = lues(client, indicateur)
        assert 3 not in publiees
        assert len(publiees) < 2


def test_le_detail_et_la_liste_taisent_la_meme_chose(indicateur):
    liste = resultats(Client(), "mesures/", indicateur=str(indicateur.pk))
    for ligne in liste:
        assert Client().get(f"/api/v1/mesures/{ligne['id']}/").json() == ligne
    assert {li["qualite"] for li in liste} == {"SECRET_STATISTIQUE", "DEFINITIVE"}


def test_un_indicateur_qui_ne_compte_personne_se_lit_en_entier(contrat):
    cantines = IndicateurFactory(contrat=contrat, unite="cantines", libelle="Cantines engagées")
    MesureFactory(indicateur=cantines, valeur=Decimal(3))
    assert lues(Client(), cantines) == {3}


def test_le_seuil_est_un_reglage(contrat, settings):
    petits = IndicateurFactory(contrat=contrat, unite="personnes", libelle="Personnes reçues")
    MesureFactory(indicateur=petits, valeur=Decimal(8))
    assert lues(Client(), petits) == {8}
    settings.SEUIL_SECRET_STATISTIQUE = 11
    assert lues(Client(), petits) == set()
