from collections.abc import Iterator

import pytest

from bilans.models import Bilan
from contrats.models import Contrat
from tests.appuis import serveur_smtp
from tests.appuis.serveur_smtp import Boite
from tests.factories import BilanFactory


@pytest.fixture
def paru(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, publie=True, annee=2025)


@pytest.fixture
def boite() -> Iterator[Boite]:
    with serveur_smtp.ouverte() as ouverte:
        yield ouverte
