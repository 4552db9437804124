"""Une lecture figée dit ce que dit la lecture ordinaire."""

from datetime import date

import pytest
from django.utils import timezone

from contrats.completude import pourcentage
from contrats.models import (
    Action,
    Contrat,
    EtatPartage,
    Financement,
    LigneBudget,
    Population,
    StatutFinancement,
    Theme,
)
from contrats.models.selections_fiche import TRIS
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    ContributionFactory,
    FinancementFactory,
    JalonFactory,
    LienContributionFactory,
    LigneBudgetFactory,
    PartageActionFactory,
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


def test_la_base_compte_la_meme_completude(plan):
    parts = [pourcentage(fiche["remplis"]) for fiche in plan.actions.pour_completude()]
    assert Action.objects.completude_du_plan(plan) == (sum(parts), len(parts))


def test_un_plan_vide_n_a_pas_de_completude(contrat):
    assert Action.objects.completude_du_plan(contrat) == (0, 0)


def test_les_sommes_du_plan_sont_celles_de_ses_fiches(plan):
    couts = [(c["action_id"], c["somme"]) for c in LigneBudget.objects.du_contrat(plan).couts()]
    ressources = [
        (r["action_id"], r["somme"]) for r in Financement.objects.du_contrat(plan).ressources()
    ]
    assert LigneBudget.objects.couts_du_plan(plan) == couts != []
    assert Financement.objects.ressources_du_plan(plan) == ressources != []


@pytest.mark.parametrize(
    "tri", ["", "inconnu", *(f"{sens}{cle}" for cle in TRIS for sens in ("", "-"))]
)
def test_les_lignes_des_vues_sont_les_memes_dans_le_meme_ordre(plan, tri):
    attendues = list(plan.actions.pour_vues(LE, tri))
    assert Action.objects.vues_du_plan(plan, LE, tri) == attendues != []
    une = attendues[-1]
    assert Action.objects.vues_du_plan(plan, LE, tri, parmi=[une["id"]]) == [une]


def test_les_noms_portes_sont_ceux_de_la_selection(plan):
    for action in plan.actions.all():
        action.themes.set(Theme.objects.values_list("pk", flat=True)[:2])
        ActionActeurFactory.create_batch(2, action=action)
    cles = list(plan.actions.values_list("pk", flat=True))
    portes = Action.objects.noms_portes(cles, "themes")
    assert sorted(portes) == sorted(plan.actions.noms_lies("themes")) != []
    partenaires = Action.objects.noms_portes(cles, "partenaires")
    assert partenaires == list(plan.actions.partenaires_lies()) != []


def test_les_choix_du_plan_sont_dans_l_ordre_de_leurs_listes(plan):
    ouverte, reservee = plan.actions.all()[:2]
    Action.objects.filter(pk=reservee.pk).update(est_restreinte=True)
    themes = list(Theme.objects.tries()[:3])
    ouverte.themes.set(themes[1:])
    reservee.themes.set(themes[:1])
    ouverte.populations.set(Population.objects.tries()[:2])
    tous = Action.objects.choix_du_plan(plan, restreintes=True)
    assert tous["themes"] == [(t.pk, t.libelle) for t in themes]
    assert tous["populations"] == [(p.pk, p.libelle) for p in Population.objects.tries()[:2]]
    ouverts = Action.objects.choix_du_plan(plan, restreintes=False)
    assert ouverts["themes"] == [(t.pk, t.libelle) for t in themes[1:]]


def test_les_attentes_comptent_ce_que_d_autres_envoient(plan):
    PartageActionFactory(contrat=plan, etat=EtatPartage.ACCEPTE)
    PartageActionFactory.create_batch(2, contrat=plan, etat=EtatPartage.PROPOSE)
    lien = LienContributionFactory(contrat=plan)
    action = plan.actions.first()
    ContributionFactory(lien=lien, action=action, recue=True)
    attentes = Contrat.objects.attentes(plan)
    assert attentes == {"recues": 1, "propositions": 2, "nouvelles": 1}
    Action.objects.filter(pk=action.pk).update(corbeille_le=timezone.now())
    assert Contrat.objects.attentes(plan)["nouvelles"] == 0
