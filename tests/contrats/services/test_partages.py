"""Partager une fiche : un contrat la tient et l’écrit, l’autre la lit ; rien d’autre ne sort."""

import pytest

from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.models import (
    Action,
    Contrat,
    DocumentAction,
    EtatPartage,
    Jalon,
    NoteSuivi,
    PartageAction,
)
from contrats.services.arbre import deplacer_objectif
from contrats.services.partages import (
    accepter_partage,
    proposer_partage,
    refuser_partage,
    retirer_partage,
)
from contrats.services.plan import modifier_action
from tests.factories import (
    ActionFactory,
    AxeFactory,
    DocumentActionFactory,
    JalonFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
    ObjectifFactory,
    PartageActionFactory,
)


@pytest.fixture
def interne(contrat, axe) -> Action:
    """Une fiche que seule l’équipe du contrat lit."""
    return ActionFactory(contrat=contrat, axe=axe, interne=True)


@pytest.fixture
def partage(interne, autre_contrat, voisine) -> PartageAction:
    return PartageActionFactory(action=interne, contrat=autre_contrat)


# Proposer, répondre, retirer


def test_une_fiche_proposee_puis_acceptee_se_lit_a_la_place_choisie(interne, autre_contrat, coordinatrice, voisine):  # fmt: skip
    propose = proposer_partage(action=interne, contrat=autre_contrat, message=" Ensemble ? ", par=coordinatrice)  # fmt: skip
    assert (propose.etat, propose.message) == (EtatPartage.PROPOSE, "Ensemble ?")
    objectif = ObjectifFactory(axe=AxeFactory(contrat=autre_contrat))
    accepte = accepter_partage(partage=propose, axe=None, objectif=objectif, par=voisine)
    assert (accepte.etat, accepte.axe, accepte.objectif) == ("ACCEPTE", objectif.axe, objectif)
    (ligne,) = Action.objects.partagees_avec(autre_contrat)
    assert (ligne.pk, ligne.partage_objectif) == (interne.pk, objectif.pk)


@pytest.mark.parametrize("personnage", ["pilote", "lectrice", "elue", "agent_ars", "voisine"])
def test_proposer_demande_de_modifier_le_plan_qui_la_tient(request, interne, autre_contrat, personnage):  # fmt: skip
    personne = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        proposer_partage(action=interne, contrat=autre_contrat, message="", par=personne)


def test_qui_tient_la_fiche_n_accepte_pas_a_la_place_de_l_autre(partage, coordinatrice):
    with pytest.raises(DroitRefuse):
        accepter_partage(partage=partage, axe=None, objectif=None, par=coordinatrice)


def test_une_fiche_reservee_ne_se_partage_pas(contrat, autre_contrat, coordinatrice):
    reservee = ActionFactory(contrat=contrat, est_restreinte=True, interne=True)
    with pytest.raises(DonneesRefusees, match="réservée"):
        proposer_partage(action=reservee, contrat=autre_contrat, message="", par=coordinatrice)


def test_elle_ne_se_partage_ni_deux_fois_ni_avec_son_contrat(contrat, interne, partage, autre_contrat, coordinatrice):  # fmt: skip
    for refuse in (autre_contrat, contrat):
        with pytest.raises(DonneesRefusees):
            proposer_partage(action=interne, contrat=refuse, message="", par=coordinatrice)


def test_la_place_est_du_plan_qui_recoit(partage, axe, voisine):
    with pytest.raises(DonneesRefusees, match="place de votre plan"):
        accepter_partage(partage=partage, axe=axe, objectif=None, par=voisine)


def test_un_refus_ne_se_rouvre_pas_et_la_fiche_peut_etre_reproposee(interne, autre_contrat, coordinatrice, voisine):  # fmt: skip
    demande = {"action": interne, "contrat": autre_contrat, "message": "", "par": coordinatrice}
    refuse = refuser_partage(partage=proposer_partage(**demande), par=voisine)
    with pytest.raises(DonneesRefusees):
        accepter_partage(partage=refuse, axe=None, objectif=None, par=voisine)
    assert proposer_partage(**demande).est_propose


@pytest.mark.parametrize("personnage", ["coordinatrice", "voisine"])
def test_chacun_des_deux_contrats_met_fin_au_partage(request, partage, interne, personnage):
    retirer_partage(partage=partage, par=request.getfixturevalue(personnage))
    assert interne not in Action.objects.visibles_par(request.getfixturevalue("voisine"))


@pytest.mark.parametrize("personnage", ["pilote", "lectrice", "agent_ars"])
def test_les_autres_ne_mettent_pas_fin_au_partage(request, partage, personnage):
    with pytest.raises(DroitRefuse):
        retirer_partage(partage=partage, par=request.getfixturevalue(personnage))


# Ce qui se voit, et rien de plus


def test_le_contrat_qui_recoit_lit_la_fiche_et_aucune_autre(contrat, axe, interne, partage, voisine):  # fmt: skip
    ActionFactory(contrat=contrat, axe=axe, interne=True)
    lues = Action.objects.visibles_par(voisine).filter(contrat=contrat)
    assert list(lues) == [interne]
    (annotee,) = lues.avec_suivi(voisine)
    assert annotee.est_suivi


def test_une_fiche_seulement_proposee_ne_se_lit_pas_encore(interne, autre_contrat, voisine):
    PartageActionFactory(action=interne, contrat=autre_contrat, propose=True)
    assert interne not in Action.objects.visibles_par(voisine)
    assert PartageAction.objects.recus_par(voisine).count() == 1


def test_ni_le_journal_ni_les_documents_ni_l_argent_ne_sortent(interne, partage, voisine):
    NoteSuiviFactory(action=interne)
    JalonFactory(action=interne)
    DocumentActionFactory(action=interne)
    LigneBudgetFactory(action=interne)
    for modele in (NoteSuivi, Jalon, DocumentAction):
        assert not modele.objects.suivis_par(voisine).exists(), modele
    assert not interne.lignes_budget.visibles_par(voisine).exists()


def test_la_fiche_partagee_ne_donne_ni_le_suivi_ni_l_ecriture(interne, partage, voisine):
    assert interne not in Action.objects.suivis_par(voisine)
    with pytest.raises(DroitRefuse):
        modifier_action(action=interne, valeurs={"titre": "Autre"}, version=None, par=voisine)


def test_devenue_reservee_elle_ne_se_lit_plus(interne, partage, autre_contrat, voisine):
    Action.objects.filter(pk=interne.pk).update(est_restreinte=True)
    assert interne not in Action.objects.visibles_par(voisine)
    assert not Action.objects.partagees_avec(autre_contrat).exists()
    assert not PartageAction.objects.recus_par(voisine).exists()


def test_a_la_corbeille_elle_disparait_des_deux_plans(interne, partage, autre_contrat, voisine, aujourdhui):  # fmt: skip
    Action.objects.filter(pk=interne.pk).update(corbeille_le=f"{aujourdhui}T09:00:00Z")
    assert not Action.objects.partagees_avec(autre_contrat).exists()
    assert not PartageAction.objects.recus_par(voisine).exists()
    attentes = Contrat.objects.attentes(autre_contrat)
    assert (attentes["recues"], attentes["propositions"]) == (0, 0)


def test_un_anonyme_ne_voit_pas_une_fiche_partagee(interne, partage, anonyme):
    assert interne not in Action.objects.visibles_par(anonyme)
    assert not PartageAction.objects.visibles_par(anonyme).exists()


def test_elle_compte_une_seule_fois_dans_le_contrat_qui_la_tient(contrat, autre_contrat, partage, administratrice):  # fmt: skip
    assert contrat.actions.count() == 1
    assert autre_contrat.actions.count() == 0
    assert Action.objects.visibles_par(administratrice).count() == 1


def test_effacer_l_axe_qui_la_montrait_la_laisse_sans_axe(partage, autre_contrat):
    axe = AxeFactory(contrat=autre_contrat)
    PartageAction.objects.update(axe=axe)
    axe.delete()
    partage.refresh_from_db()
    assert (partage.axe, partage.etat) == (None, EtatPartage.ACCEPTE)


def test_l_objectif_deplace_emmene_la_fiche_recue(partage, autre_contrat, voisine):
    ici, ailleurs = AxeFactory(contrat=autre_contrat), AxeFactory(contrat=autre_contrat)
    objectif = ObjectifFactory(axe=ici)
    PartageAction.objects.update(axe=ici, objectif=objectif)
    deplacer_objectif(
        objectif=objectif, axe=ailleurs, parent=None, position=0, version=None, par=voisine
    )
    partage.refresh_from_db()
    assert partage.axe == ailleurs
