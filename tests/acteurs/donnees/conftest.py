"""Une commune fusionnée dans Quimper, et un arrondissement d’autrefois, pour essayer les successions."""

from datetime import date

import pytest

from acteurs.models import Commune


@pytest.fixture
def fusionnee(db) -> Commune:
    """29901, inventée, close en 2020 : Quimper lui succède."""
    quimper = Commune.objects.get(pk="29232")
    return Commune.objects.create(
        code="29901",
        nom="Ancienne-d’Essai",
        departement_id="29",
        region_id="53",
        codes_postaux=["29000"],
        date_fin=date(2020, 1, 1),
        successeur=quimper,
    )


@pytest.fixture
def deleguee(db) -> str:
    """29902 : un ancien code que Briec porte."""
    Commune.objects.filter(pk="29020").update(autres_codes=["29902"])
    return "29902"


@pytest.fixture
def disparue(db) -> Commune:
    """29903, close sans successeur."""
    return Commune.objects.create(
        code="29903",
        nom="Disparue-d’Essai",
        departement_id="29",
        region_id="53",
        codes_postaux=["29000"],
        date_fin=date(2021, 1, 1),
    )
