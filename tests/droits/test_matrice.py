"""Chaque adresse × chaque personnage × son contrat ou celui de la voisine : la réponse attendue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.appuis import horloge
from tests.appuis import troupe as troupes
from tests.appuis.routes import routes
from tests.droits.lieux import Lieu, garnir
from tests.droits.matrice import PERSONNAGES, Ligne, attendu
from tests.droits.matrice import TABLE as COMMUNE
from tests.droits.matrice_a_faire import A_FAIRE, ROUTES_DE_DOCTRINE
from tests.droits.matrice_api import ROUTES_API
from tests.droits.matrice_argent import ARGENT, ROUTES_API_ARGENT
from tests.droits.matrice_beneficiaires import ROUTES_API_BENEFICIAIRES
from tests.droits.matrice_campagne import ROUTES_DE_CAMPAGNE
from tests.droits.matrice_comptes import ROUTES_DES_COMPTES
from tests.droits.matrice_contributions import ROUTES_API_CONTRIBUTIONS, ROUTES_PAR_LIEN
from tests.droits.matrice_couverture import ROUTES_API_COUVERTURE
from tests.droits.matrice_definition import ROUTES_DU_CATALOGUE
from tests.droits.matrice_donnees import ROUTES_DE_DONNEES
from tests.droits.matrice_dossier import ROUTES_API_DOSSIER
from tests.droits.matrice_ecriture import ROUTES_DE_L_EDITO
from tests.droits.matrice_evaluation import ROUTES_API_EVALUATION
from tests.droits.matrice_gouvernance import ROUTES_API_GOUVERNANCE
from tests.droits.matrice_lecture import ROUTES_API_LECTURE
from tests.droits.matrice_lots import ROUTES_API_LOTS
from tests.droits.matrice_partage import ROUTES_API_PARTAGE, ROUTES_DE_BIBLIOTHEQUE
from tests.droits.matrice_pilotage import ROUTES_DE_RAPPORT
from tests.droits.matrice_public import (
    ROUTES_D_ABONNEMENT,
    ROUTES_DE_DOCUMENT_PUBLIC,
    ROUTES_DE_PHOTO,
)
from tests.droits.matrice_publication import ROUTES_API_DES_BILANS
from tests.droits.matrice_region import ROUTES_API_SERIES
from tests.droits.matrice_relire import ROUTES_API_AVIS, ROUTES_DE_L_AVIS
from tests.droits.matrice_tableur import TABLEUR
from tests.droits.matrice_vues import ROUTES_A_SOI, VUES
from tests.factories import ActionFactory, AxeFactory

TABLE = [*COMMUNE, *TABLEUR, *VUES, *ARGENT, *A_FAIRE]
METHODES = ("GET", "POST")
CHEZ = ("elle", "la voisine")


@pytest.fixture(scope="module")
def monde(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[dict[str, Lieu], dict[str, Any]]]:
    """Les deux lieux et la troupe, créés une fois : aucune case n’y laisse rien."""
    with troupes.pour_tout_le_fichier(django_db_blocker):
        contrat, action, autre, troupe = troupes.deux_contrats()
        with horloge.a(horloge.AUJOURDHUI):
            ailleurs = ActionFactory(contrat=autre, axe=AxeFactory(contrat=autre))
            lieux = {"elle": garnir(contrat, action), "la voisine": garnir(autre, ailleurs)}
        yield lieux, {nom: troupe[nom] for nom in PERSONNAGES}


@pytest.fixture
def lieux(monde, db) -> dict[str, Lieu]:
    return monde[0]


@pytest.fixture(scope="module")
def visiteurs(monde: Any, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """La session de chacun, ouverte une fois : une case part de ses témoins, jamais d’une autre."""
    with django_db_blocker.unblock(), horloge.a(horloge.AUJOURDHUI):
        return {nom: connecte(personne).cookies for nom, personne in monde[1].items()}


def connecte(personne: Any) -> Client:
    client = Client()
    if personne.is_authenticated:
        client.force_login(personne)
    return client


@pytest.fixture
def client_de(visiteurs: dict[str, Any], db: None) -> Callable[[str], Client]:
    def ouvrir(nom: str) -> Client:
        client = Client()
        client.cookies = deepcopy(visiteurs[nom])
        return client

    return ouvrir


@contextmanager
def sans_suite() -> Iterator[None]:
    """Ce que la requête écrit est défait : chaque case de la matrice part du même état."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def obtenu(client: Client, ligne: Ligne, lieu: Lieu) -> int:
    adresse = reverse(ligne.route, kwargs=lieu.arguments(ligne))
    with sans_suite():
        reponse = getattr(client, ligne.methode.lower())(adresse, dict(ligne.donnees))
        if reponse.streaming:
            b"".join(reponse.streaming_content)
    return reponse.status_code


@pytest.mark.parametrize("ligne", TABLE, ids=lambda ligne: f"{ligne.methode} {ligne.route}")
def test_chacun_recoit_la_reponse_de_la_table(ligne, lieux, client_de):
    ecarts = []
    for nom in PERSONNAGES:
        client = client_de(nom)
        for chez in CHEZ if ligne.objet else CHEZ[:1]:
            voulu, recu = attendu(ligne, nom, chez), obtenu(client, ligne, lieux[chez])
            if recu != voulu:
                ecarts.append(f"{nom} chez {chez} : {recu} au lieu de {voulu}")
    assert not ecarts, "\n".join(["", *ecarts])


SANS_LIGNE = [
    Ligne(ligne.route, methode, ligne.qui, 405, ligne.objet, {}, ligne.parametres)
    for ligne in {autre.route: autre for autre in TABLE}.values()
    for methode in METHODES
    if not any(t.route == ligne.route and t.methode == methode for t in TABLE)
]


@pytest.mark.parametrize("ligne", SANS_LIGNE, ids=lambda ligne: f"{ligne.methode} {ligne.route}")
def test_une_methode_sans_ligne_est_refusee_meme_a_l_administratrice(ligne, lieux, client_de):
    assert obtenu(client_de("administratrice"), ligne, lieux["elle"]) == 405


def test_chaque_route_de_la_plateforme_est_dans_une_table():
    connues = (
        {ligne.route for ligne in TABLE}
        | ROUTES_API
        | ROUTES_A_SOI
        | ROUTES_API_ARGENT
        | ROUTES_API_LOTS
        | ROUTES_API_DOSSIER
        | ROUTES_API_COUVERTURE
        | ROUTES_DE_DONNEES
        | ROUTES_DE_DOCTRINE
        | ROUTES_API_CONTRIBUTIONS
        | ROUTES_PAR_LIEN
        | ROUTES_DE_L_EDITO
        | ROUTES_DE_L_AVIS
        | ROUTES_API_AVIS
        | ROUTES_API_DES_BILANS
        | ROUTES_DES_COMPTES
        | ROUTES_DE_BIBLIOTHEQUE
        | ROUTES_API_PARTAGE
        | ROUTES_DE_RAPPORT
        | ROUTES_DE_CAMPAGNE
        | ROUTES_API_GOUVERNANCE
        | ROUTES_DU_CATALOGUE
        | ROUTES_API_EVALUATION
        | ROUTES_API_SERIES
        | ROUTES_API_BENEFICIAIRES
        | ROUTES_API_LECTURE
        | ROUTES_D_ABONNEMENT
        | ROUTES_DE_PHOTO
        | ROUTES_DE_DOCUMENT_PUBLIC
    )
    servies = {r.nom for r in routes() if not r.chemin.startswith("administration/")}
    assert servies - connues == set(), "ajoutez ces routes à la matrice"
    assert connues - servies == set(), "ces lignes ne servent plus"


def test_la_table_parle_de_chaque_personnage():
    for ligne in TABLE:
        assert ligne.qui <= set(PERSONNAGES)
        assert ligne.methode in METHODES
