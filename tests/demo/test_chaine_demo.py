"""La chaîne et les évaluations de la démonstration : rattachées au plan, données pour inventées."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cls_platform.demo.chargement.chaine import charger_chaine
from cls_platform.demo.chargement.lecture import DOSSIER, lire_chaine, lire_contrats
from contrats.models import Contrat
from indicateurs.models import Besoin, Effet, QuestionEvaluative, Recommandation
from tests.factories import (
    ActionFactory,
    AxeFactory,
    ContratFactory,
    IndicateurFactory,
    ObjectifFactory,
    ParticipationFactory,
)

FICHIERS = sorted((DOSSIER / "chaine").glob("*.yaml"))
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}


def objectifs_de(niveau: dict[str, Any]) -> Iterator[str]:
    for objectif in niveau.get("objectifs", ()):
        yield objectif["numero"]
        yield from objectifs_de(objectif)


def actions_de(niveau: dict[str, Any]) -> Iterator[str]:
    yield from (action["numero"] for action in niveau.get("actions", ()))
    for sous in (*niveau.get("axes", ()), *niveau.get("objectifs", ())):
        yield from actions_de(sous)


def planter(contrat: Contrat, donnees: dict[str, Any]) -> dict[str, Any]:
    """Le plan du fichier, réduit à ses numéros ; ses indicateurs et les actions qu’ils mesurent."""
    axe = AxeFactory(contrat=contrat)
    for numero in [n for lu in donnees["axes"] for n in objectifs_de(lu)]:
        ObjectifFactory(contrat=contrat, axe=axe, numero=numero)
    actions = {n: ActionFactory(contrat=contrat, axe=axe, numero=n) for n in actions_de(donnees)}
    for lu in donnees["indicateurs"]:
        liees = [actions[numero] for numero in lu["actions"]]
        IndicateurFactory(contrat=contrat, libelle=lu["libelle"], actions=liees)
    return actions


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_la_chaine_se_charge_avec_le_plan_de_son_contrat(fichier: Path, db: None) -> None:
    assert "inventé" in fichier.read_text(encoding="utf-8").splitlines()[0]
    slug = f"demo-{fichier.stem}"
    contrat = ContratFactory(slug=slug, signe=True)
    par = ParticipationFactory(contrat=contrat).utilisateur
    donnees = lire_chaine(slug)
    actions = planter(contrat, CONTRATS[slug])
    charger_chaine(donnees, contrat=contrat, actions=actions, par=par)
    assert Besoin.objects.count() == len(donnees["besoins"])
    assert Effet.objects.encore_relies().count() == len(donnees["effets"])
    assert contrat.evaluations.count() == len(donnees["evaluations"])
    evaluees = (*QuestionEvaluative.objects.all(), *Recommandation.objects.all())
    for objet in (*Besoin.objects.all(), *Effet.objects.all(), *evaluees):
        objet.full_clean()
