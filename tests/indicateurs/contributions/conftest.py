"""Un lien ouvert sur l’action que pilote la CPTS, et de quoi y répondre."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contrats.models import Contribution, LienContribution
from tests.factories import JalonFactory, LienContributionFactory

SIGNEE = {"nom": "Camille Exemple", "fonction": "Chargée de projet"}


@pytest.fixture
def lien(contrat, action, cpts, coordinatrice) -> LienContribution:
    return LienContributionFactory(
        contrat=contrat, acteur=cpts, actions=[action], cree_par=coordinatrice
    )


@pytest.fixture
def contribution(lien) -> Contribution:
    return lien.contributions.get()


@pytest.fixture
def jalon(action) -> Any:
    return JalonFactory(action=action, libelle="Ouvrir la permanence")


@pytest.fixture
def page(lien) -> str:
    return adresse(lien)


@pytest.fixture
def fiche(lien, contribution) -> str:
    return adresse(lien, contribution)


def adresse(lien: LienContribution, contribution: Contribution | None = None) -> str:
    cles = [lien.contrat.slug, lien.secret]
    if contribution is None:
        return reverse("indicateurs:partenaire", args=cles)
    return reverse("indicateurs:partenaire_fiche", args=[*cles, contribution.pk])


@pytest.fixture
def repondre(contribution, fiche) -> Callable[..., Any]:
    """`repondre(fait="…")` : envoie ces champs, signés ; les autres tels que la page les montre."""

    def envoyer(geste: str = "envoyer", **champs: str) -> Any:
        contribution.refresh_from_db()
        donnees = {"statut": contribution.action.statut, "version": contribution.version}
        return Client().post(fiche, donnees | SIGNEE | {"geste": geste} | champs)

    return envoyer


@pytest.fixture
def recue(contribution, repondre, jalon, indicateur) -> Contribution:
    """Tout est proposé : un statut, une note, une étape, une valeur."""
    reponse = repondre(
        statut="EN_PAUSE",
        raison="Le local ferme tout l’été",
        fait="Deux permanences au marché",
        participants="42",
        freins="Le transport",
        **{
            f"etape-{jalon.pk}-faite": "on",
            f"etape-{jalon.pk}-fait_le": "12/02/2026",
            f"mesure-{indicateur.pk}-valeur": "1 234,5",
        },
    )
    assert reponse.status_code == 303, reponse.content.decode()
    contribution.refresh_from_db()
    return contribution
