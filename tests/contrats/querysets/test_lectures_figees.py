"""Une lecture figée dit ce que dit la lecture ordinaire."""

from datetime import date

import pytest

from contrats.models import Action, Financement, LigneBudget, StatutFinancement
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    FinancementFactory,
    JalonFactory,
    LigneBudgetFactory,
)

LE = date(2026, 11, 1)


@pytest.fixture
def plan(contrat, autre_contrat):
    """Des fiches en retard, à risque, chiffrées, vides ; et celles d’un autre contrat."""
    ActionFactory(contrat=contrat, statut="EN_COURS", date_fin=date(2026, 1, 1))
    ouverte = ActionFactory(contrat=contrat, statut="A_VENIR", date_fin=None)
    JalonFactory(action=ouverte, echeance=date(2026, 2, 1))
    chiffree = ActionFactory(contrat=contrat, statut="REALISEE")
    LigneBudgetFactory(action=chiffree, annee=2026, prevu=900)
    FinancementFactory(
        action=chiffree, annee=2026, statut=StatutFinancement.ACCORDE, montant_accorde=300
    )
    ActionActeurFactory(action=ActionFactory(contrat=autre_contrat))
    return contrat


def test_les_points_du_plan_sont_les_points_a_traiter(plan):
    attendus = plan.actions.points_a_traiter(LE)
    assert attendus["total"] == 3
    assert attendus["en_retard"] == 1
    assert attendus["a_risque"] >= 1
    assert Action.objects.points_du_plan(plan, LE) == attendus


def test_un_plan_vide_n_a_rien_a_traiter(contrat):
    points = Action.objects.points_du_plan(contrat, LE)
    assert points == contrat.actions.points_a_traiter(LE)
    assert not any(points.values())


def test_ce_qui_est_rempli_est_le_meme(plan):
    attendus = [fiche["remplis"] for fiche in plan.actions.pour_completude()]
    figes = Action.objects.completudes_du_plan(plan)
    assert sorted(map(str, figes)) == sorted(map(str, attendus))


def test_les_sommes_du_plan_sont_celles_de_ses_fiches(plan):
    couts = [(c["action_id"], c["somme"]) for c in LigneBudget.objects.du_contrat(plan).couts()]
    ressources = [
        (r["action_id"], r["somme"]) for r in Financement.objects.du_contrat(plan).ressources()
    ]
    assert LigneBudget.objects.couts_du_plan(plan) == couts != []
    assert Financement.objects.ressources_du_plan(plan) == ressources != []
