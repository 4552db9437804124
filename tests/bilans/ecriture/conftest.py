from collections.abc import Callable

import pytest
from django.test import Client

from acteurs.models import Utilisateur
from bilans.models import Bilan
from bilans.services.ouverture import ouvrir_bilan
from contrats.models import Action, Axe, Contrat
from tests.factories import ActionFactory


@pytest.fixture
def bilan(contrat: Contrat, axe: Axe, coordinatrice: Utilisateur) -> Bilan:
    """Ouvert pour 2025 : quinze parties vides, un volet."""
    return ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


@pytest.fixture
def actions(contrat: Contrat, axe: Axe) -> list[Action]:
    """Cinq actions publiques du volet."""
    return [
        ActionFactory(contrat=contrat, axe=axe, est_publique=True, titre=f"Action {n}", ordre=n)
        for n in range(1, 6)
    ]


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)
