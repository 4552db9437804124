"""La troupe, les deux contrats et les règles de tout test : base réelle, horloge fixe, réseau clos."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoDbBlocker

from acteurs.droits import Role
from acteurs.models import Acteur, Utilisateur
from contrats.models import Action, Axe, Contrat, RolePartie
from indicateurs.models import Indicateur
from tests.appuis import gabarits, horloge, reference, requetes
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    AffectationArsFactory,
    AxeFactory,
    ContratFactory,
    IndicateurFactory,
    ParticipationFactory,
    PartieFactory,
    UtilisateurFactory,
)


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
    contrat = ContratFactory(
        nom="Contrat d’essai de Cornouaille",
        slug="essai-cornouaille",
        signe=True,
        public=True,
        epci="200068120",
    )
    PartieFactory(contrat=contrat, porteur=True, signee=True)
    PartieFactory(contrat=contrat, acteur=contrat.ars, role=RolePartie.COPILOTE, signee=True)
    return contrat


@pytest.fixture
def autre_contrat(db: None) -> Contrat:
    """Celui de la voisine : autre région, pas de page publique."""
    return ContratFactory(
        nom="Contrat d’essai des Coteaux",
        slug="essai-coteaux",
        signe=True,
        region_id="76",
        epci="243100815",
    )


@pytest.fixture
def axe(contrat: Contrat) -> Axe:
    return AxeFactory(contrat=contrat, numero="1", titre="Accéder aux soins près de chez soi")


@pytest.fixture
def action(contrat: Contrat, axe: Axe, cpts: Acteur) -> Action:
    """Pilotée par l’organisation du personnage `pilote`."""
    return ActionFactory(contrat=contrat, axe=axe, numero="1.1", pilote=cpts)


@pytest.fixture
def autre_action(autre_contrat: Contrat) -> Action:
    return ActionFactory(contrat=autre_contrat, axe=AxeFactory(contrat=autre_contrat))


@pytest.fixture
def indicateur(contrat: Contrat, axe: Axe, action: Action) -> Indicateur:
    """Lié à `action` : son pilote en saisit les valeurs."""
    return IndicateurFactory(contrat=contrat, axe=axe, actions=[action])


@pytest.fixture
def cpts(db: None) -> Acteur:
    return ActeurFactory(cpts=True, nom="CPTS des Essais")


# La troupe


@pytest.fixture
def coordinatrice(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.COORDINATEUR, "Coline", "Coordonne")


@pytest.fixture
def elue(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.ELU, "Élise", "Élue")


@pytest.fixture
def pilote(contrat: Contrat, cpts: Acteur) -> Utilisateur:
    """Son organisation pilote `action`."""
    return _participante(contrat, Role.PILOTE, "Paul", "Pilote", acteur=cpts)


@pytest.fixture
def partenaire(contrat: Contrat) -> Utilisateur:
    return _participante(
        contrat, Role.PARTENAIRE, "Paula", "Partenaire", acteur=ActeurFactory(nom="Relais fictif")
    )


@pytest.fixture
def lectrice(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.LECTEUR, "Lise", "Lectrice")


@pytest.fixture
def agent_ars(contrat: Contrat) -> Utilisateur:
    """Suit toute la région du contrat."""
    agent = UtilisateurFactory(prenom="Armel", nom="Agence", email="armel.agence@exemple.fr")
    AffectationArsFactory(utilisateur=agent, region="53")
    return agent


@pytest.fixture
def agent_dd(contrat: Contrat) -> Utilisateur:
    """Suit le seul Finistère, celui du contrat."""
    agent = UtilisateurFactory(prenom="Denis", nom="Délégation", email="denis.dd@exemple.fr")
    AffectationArsFactory(utilisateur=agent, region="53", departement_id="29")
    return agent


@pytest.fixture
def administratrice(db: None) -> Utilisateur:
    return UtilisateurFactory(
        prenom="Ada", nom="Administre", email="ada.administre@exemple.fr", administrateur=True
    )


@pytest.fixture
def voisine(autre_contrat: Contrat) -> Utilisateur:
    """Le même rôle que la coordinatrice, sur l’autre contrat : tout refus se teste avec elle."""
    return _participante(autre_contrat, Role.COORDINATEUR, "Violette", "Voisine")


@pytest.fixture
def anonyme() -> AnonymousUser:
    return AnonymousUser()


def _participante(contrat: Contrat, role: str, prenom: str, nom: str, **champs: Any) -> Utilisateur:
    personne = UtilisateurFactory(
        prenom=prenom, nom=nom, email=f"{role.lower()}.{contrat.slug}@exemple.fr", **champs
    )
    ParticipationFactory(utilisateur=personne, contrat=contrat, role=role)
    return personne


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
def a_la_date() -> Callable[..., Any]:
    """`with a_la_date(date(2027, 1, 4)):`"""
    return horloge.a
