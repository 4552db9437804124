"""La région recopiée sur l’action est toujours celle de son contrat, quoi que l’on écrive."""

import pytest
from django.db import IntegrityError, connection, transaction

from contrats.models import Action, Contrat
from tests.factories import ActionFactory, ContratFactory, RegionFactory


@pytest.fixture
def action(contrat):
    return ActionFactory(contrat=contrat)


@pytest.fixture
def ailleurs():
    return RegionFactory()


def region_de(action: Action) -> str:
    return Action.objects.values_list("region_id", flat=True).get(pk=action.pk)


def test_une_action_nait_dans_la_region_de_son_contrat(contrat, ailleurs):
    simple = ActionFactory(contrat=contrat)
    (en_masse,) = Action.objects.bulk_create([Action(contrat=contrat, titre="En masse")])
    fausse = Action.objects.create(contrat=contrat, titre="Fausse", region=ailleurs)
    assert {region_de(a) for a in (simple, en_masse, fausse)} == {contrat.region_id}


def test_personne_n_ecrit_la_region_d_une_action(action, ailleurs):
    Action.objects.update(region=ailleurs)
    assert region_de(action) == action.contrat.region_id
    action.region = None
    action.save()
    assert region_de(action) == action.contrat.region_id


@pytest.mark.parametrize("en_masse", [True, False])
def test_un_contrat_qui_change_de_region_emporte_ses_actions(action, ailleurs, en_masse):
    voisine = ActionFactory()
    avant, evenements = region_de(voisine), action.events.count()
    if en_masse:
        Contrat.objects.filter(pk=action.contrat_id).update(region=ailleurs)
    else:
        action.contrat.region = ailleurs
        action.contrat.save()
    assert region_de(action) == ailleurs.pk
    assert region_de(voisine) == avant
    assert action.events.count() == evenements, "changer de région n’est pas modifier l’action"


def test_une_action_qui_change_de_contrat_change_de_region(action, ailleurs):
    autre = ContratFactory()
    Contrat.objects.filter(pk=autre.pk).update(region=ailleurs)
    Action.objects.filter(pk=action.pk).update(contrat=autre)
    assert region_de(action) == ailleurs.pk


def test_la_base_refuse_une_region_que_le_contrat_n_a_pas(action, ailleurs):
    """Même sans le déclencheur."""
    with (
        pytest.raises(IntegrityError, match="action_region_du_contrat"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("ALTER TABLE contrats_action DISABLE TRIGGER USER")
        curseur.execute("UPDATE contrats_action SET region_id = %s", [ailleurs.pk])
