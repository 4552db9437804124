"""Les axes et les objectifs : ils se voient avec leur contrat."""

from typing import Any

import pytest
from django.test import Client

from contrats.models import Axe, Contrat
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import AxeFactory, ObjectifFactory


@pytest.fixture
def axe_ferme(autre_contrat: Contrat) -> Axe:
    return AxeFactory(contrat=autre_contrat)


@pytest.mark.parametrize("ressource", ["axes", "objectifs"])
def test_le_plan_d_un_contrat_public_est_public(ressource: str, axe: Axe) -> None:
    objet = axe if ressource == "axes" else ObjectifFactory(axe=axe)

    assert lire(Client(), f"{ressource}/{objet.pk}/")["contrat"] == str(axe.contrat_id)


@pytest.mark.parametrize("ressource", ["axes", "objectifs"])
def test_le_plan_d_un_contrat_ferme_est_introuvable_pour_la_coordinatrice_d_un_autre(
    ressource: str, axe_ferme: Axe, coordinatrice: Any, voisine: Any
) -> None:
    objet = axe_ferme if ressource == "axes" else ObjectifFactory(axe=axe_ferme)

    probleme(outil(coordinatrice).get(f"{RACINE}{ressource}/{objet.pk}/"), 404)
    assert lire(outil(voisine), f"{ressource}/{objet.pk}/")["id"] == str(objet.pk)


def test_les_objectifs_se_filtrent_par_axe_et_par_parent(axe: Axe) -> None:
    parent = ObjectifFactory(axe=axe)
    enfant = ObjectifFactory(axe=axe, parent=parent)
    ObjectifFactory(axe=AxeFactory(contrat=axe.contrat))

    assert ids(Client(), "objectifs/", axe=str(axe.pk)) == {str(parent.pk), str(enfant.pk)}
    assert ids(Client(), "objectifs/", parent=str(parent.pk)) == {str(enfant.pk)}
