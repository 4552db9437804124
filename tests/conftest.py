"""La troupe, les deux contrats et les règles de tout test : base réelle, horloge fixe, réseau clos."""

import gc
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoDbBlocker

from acteurs.models import Acteur, Utilisateur
from contrats.models import Action, Axe, Contrat
from indicateurs.models import Indicateur
from tests.appuis import gabarits, horloge, reference, requetes, troupe
from tests.factories import ActionFactory, AxeFactory, IndicateurFactory


def pytest_collection_finish() -> None:
    """Ce que la collecte a chargé vit jusqu’au bout : le ramasse-miettes n’a plus à le relire."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _variable_absente_interdite() -> None:
    gabarits.poser_la_sentinelle()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        reference.mettre_en_place()


@pytest.fixture
def _reference_rendue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Demandée avant la base du test, donc défaite après son vidage."""
    yield
    with django_db_blocker.unblock():
        reference.mettre_en_place()


@pytest.fixture
def _django_db_helper(_reference_rendue: None, _django_db_helper: None) -> None:
    """Remplace celle de pytest-django : un test transactionnel rend la référence en partant."""


@pytest.fixture(autouse=True)
def _horloge_fixe(request: pytest.FixtureRequest) -> Iterator[None]:
    """Les vrais processus (navigateur, pannes) vivent à l’heure réelle : leurs tests aussi."""
    if request.node.get_closest_marker("navigateur") or request.node.get_closest_marker("pannes"):
        yield
        return
    with horloge.a(horloge.AUJOURDHUI):
        yield


@pytest.fixture(autouse=True)
def _cache_vide(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rien ne passe d’un test à l’autre par le cache, ni le débit de l’API ni les essais de connexion.

    Seules les clés de cette suite partent : la même base de Valkey porte le courtier.
    """
    yield
    base = {"db", "transactional_db"} & set(request.fixturenames)
    if base or request.node.get_closest_marker("django_db"):
        cache.delete_pattern("*")


# Les deux contrats : celui de la troupe, en Bretagne, et celui de la voisine, en Occitanie


@pytest.fixture
def contrat(db: None) -> Contrat:
    """Signé, public, sur les 14 communes de Quimper Bretagne Occidentale."""
    return troupe.contrat_signe()


@pytest.fixture
def autre_contrat(db: None) -> Contrat:
    """Celui de la voisine : autre région, pas de page publique."""
    return troupe.contrat_de_la_voisine()


@pytest.fixture
def axe(contrat: Contrat) -> Axe:
    return troupe.premier_axe(contrat)


@pytest.fixture
def action(contrat: Contrat, axe: Axe, cpts: Acteur) -> Action:
    """Pilotée par l’organisation du personnage `pilote`."""
    return troupe.action_pilotee(contrat, axe, cpts)


@pytest.fixture
def autre_action(autre_contrat: Contrat) -> Action:
    return ActionFactory(contrat=autre_contrat, axe=AxeFactory(contrat=autre_contrat))


@pytest.fixture
def indicateur(contrat: Contrat, axe: Axe, action: Action) -> Indicateur:
    """Lié à `action` : son pilote en saisit les valeurs."""
    return IndicateurFactory(contrat=contrat, axe=axe, actions=[action])


@pytest.fixture
def cpts(db: None) -> Acteur:
    return troupe.cpts_des_essais()


# La troupe


@pytest.fixture
def coordinatrice(contrat: Contrat) -> Utilisateur:
    return troupe.coordinatrice(contrat)


@pytest.fixture
def elue(contrat: Contrat) -> Utilisateur:
    return troupe.elue(contrat)


@pytest.fixture
def pilote(contrat: Contrat, cpts: Acteur) -> Utilisateur:
    """Son organisation pilote `action`."""
    return troupe.pilote(contrat, cpts)


@pytest.fixture
def partenaire(contrat: Contrat) -> Utilisateur:
    return troupe.partenaire(contrat)


@pytest.fixture
def lectrice(contrat: Contrat) -> Utilisateur:
    return troupe.lectrice(contrat)


@pytest.fixture
def agent_ars(contrat: Contrat) -> Utilisateur:
    """Suit toute la région du contrat."""
    return troupe.agent_ars()


@pytest.fixture
def agent_dd(contrat: Contrat) -> Utilisateur:
    """Suit le seul Finistère, celui du contrat."""
    return troupe.agent_dd()


@pytest.fixture
def administratrice(db: None) -> Utilisateur:
    return troupe.administratrice()


@pytest.fixture
def voisine(autre_contrat: Contrat) -> Utilisateur:
    """Le même rôle que la coordinatrice, sur l’autre contrat : tout refus se teste avec elle."""
    return troupe.voisine(autre_contrat)


@pytest.fixture
def anonyme() -> AnonymousUser:
    return AnonymousUser()


# Les gestes


@pytest.fixture
def client_de(db: None) -> Callable[[Any], Client]:
    """`client_de(coordinatrice)` : un navigateur où la personne est connectée (ou anonyme)."""

    def ouvrir(personne: Any, **options: Any) -> Client:
        client = Client(**options)
        if personne.is_authenticated:
            client.force_login(personne)
        return client

    return ouvrir


@pytest.fixture
def nombre_requetes() -> Callable[[Callable[[], Any]], int]:
    """`nombre_requetes(lambda: client.get(adresse))`."""
    return requetes.nombre_requetes


@pytest.fixture
def exiger_requetes_plates() -> Callable[..., int]:
    """`exiger_requetes_plates(peupler=lambda n: …, lire=lambda: client.get(…))` : 3 lignes, puis 30."""
    return requetes.exiger_requetes_plates


@pytest.fixture
def aujourdhui() -> date:
    return horloge.AUJOURDHUI


@pytest.fixture
def horloge_arretee() -> Iterator[None]:
    """Pour ce qui se compte par minute."""
    with horloge.a_l_arret():
        yield


@pytest.fixture
def a_la_date() -> Callable[..., Any]:
    """`with a_la_date(date(2027, 1, 4)):`"""
    return horloge.a
