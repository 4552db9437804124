"""Ce que chacun voit : la seule porte de lecture, la même pour les pages et pour l’API."""

import pytest

from contrats.models import Action, Axe, Contrat, Objectif
from tests.factories import ActionFactory, AxeFactory, ContratFactory, ObjectifFactory

TOUS = ["coordinatrice", "agent_ars", "agent_dd", "elue", "pilote", "partenaire", "lectrice"]


@pytest.fixture
def prive(db) -> Contrat:
    """Un troisième contrat, de la même région, que personne ne suit et qui n’est pas public."""
    return ContratFactory(signe=True, epci="243500659")


@pytest.mark.parametrize("personnage", TOUS)
def test_chacun_suit_son_contrat(request, contrat, autre_contrat, personnage):
    personne = request.getfixturevalue(personnage)
    assert list(Contrat.objects.suivis_par(personne)) == [contrat]


@pytest.mark.parametrize("personnage", TOUS)
def test_chacun_voit_son_contrat_et_pas_celui_de_la_voisine(
    request, contrat, autre_contrat, personnage
):
    personne = request.getfixturevalue(personnage)
    assert list(Contrat.objects.visibles_par(personne)) == [contrat]


def test_la_voisine_voit_le_contrat_public_mais_ne_le_suit_pas(voisine, contrat, autre_contrat):
    assert set(Contrat.objects.visibles_par(voisine)) == {contrat, autre_contrat}
    assert list(Contrat.objects.suivis_par(voisine)) == [autre_contrat]


def test_la_voisine_ne_voit_pas_un_contrat_dont_la_page_est_fermee(voisine, contrat):
    Contrat.objects.filter(pk=contrat.pk).update(est_public=False)
    assert contrat not in Contrat.objects.visibles_par(voisine)


def test_l_anonyme_ne_voit_que_les_contrats_publics(anonyme, contrat, autre_contrat):
    assert list(Contrat.objects.visibles_par(anonyme)) == [contrat]
    assert not Contrat.objects.suivis_par(anonyme).exists()


def test_l_administratrice_voit_tout(administratrice, contrat, autre_contrat, prive):
    assert Contrat.objects.visibles_par(administratrice).count() == 3


def test_le_siege_de_l_ars_voit_toute_la_region_et_la_delegation_son_departement(
    agent_ars, agent_dd, contrat, prive
):
    assert set(Contrat.objects.suivis_par(agent_ars)) == {contrat, prive}
    assert set(Contrat.objects.suivis_par(agent_dd)) == {contrat}


def test_un_contrat_tenu_par_deux_roles_ne_parait_qu_une_fois(contrat, elue):
    contrat.participations.create(utilisateur=elue, role="LECTEUR")
    assert Contrat.objects.visibles_par(elue).count() == 1


# Ce qui appartient au contrat


def test_une_action_interne_n_est_vue_que_par_ceux_qui_suivent_le_contrat(
    contrat, coordinatrice, voisine, anonyme
):
    publique, interne = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat, interne=True)
    assert set(Action.objects.visibles_par(coordinatrice)) == {publique, interne}
    for autre in (voisine, anonyme):
        assert list(Action.objects.visibles_par(autre).filter(contrat=contrat)) == [publique]


def test_une_action_publique_d_un_contrat_ferme_reste_cachee(autre_action, coordinatrice, anonyme):
    assert autre_action.est_publique
    for personne in (coordinatrice, anonyme):
        assert not Action.objects.visibles_par(personne).exists()


@pytest.mark.parametrize("modele", [Axe, Objectif])
def test_les_axes_et_les_objectifs_se_voient_avec_leur_contrat(
    contrat, autre_contrat, coordinatrice, anonyme, modele
):
    for c in (contrat, autre_contrat):
        ObjectifFactory(axe=AxeFactory(contrat=c))
    for personne in (coordinatrice, anonyme):
        vus = modele.objects.visibles_par(personne)
        assert {o.contrat_id for o in vus} == {contrat.pk}


# Les actions dont on est pilote


def test_ses_actions_sont_celles_de_son_organisation_ou_de_sa_personne(
    contrat, pilote, action, autre_action
):
    en_personne = ActionFactory(contrat=contrat, pilote_personne=pilote)
    assert set(Action.objects.pilotees_par(pilote)) == {action, en_personne}


def test_sans_organisation_on_ne_pilote_pas_les_actions_sans_pilote(contrat, elue):
    ActionFactory(contrat=contrat, pilote=None)
    assert not Action.objects.pilotees_par(elue).exists()
