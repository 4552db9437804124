"""Relier un indicateur à une fiche : un geste de coordination, que l’histoire des fiches garde."""

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.histoire.fiche import gestes
from contrats.models import Action
from indicateurs.models import Indicateur
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur
from indicateurs.services.liens import relier_indicateur, retirer_indicateur
from tests.factories import ActionFactory, IndicateurFactory


@pytest.fixture
def suivi(contrat):
    """Un indicateur du contrat, qui ne mesure encore aucune fiche."""
    return IndicateurFactory(contrat=contrat, libelle="Bilans de prévention", actions=[])


def derniers(action):
    """(avant, après) de chaque changement d’indicateurs, du plus récent au plus ancien."""
    action = Action.objects.get(pk=action.pk)
    return [
        (geste.evenement.qui, changement.avant, changement.apres)
        for geste in gestes(action, avec_argent=False)
        for changement in geste.evenement.changements
        if changement.libelle == "Indicateurs"
    ]


def test_relier_puis_retirer_se_lit_dans_l_histoire_de_la_fiche(action, suivi, coordinatrice):
    qui = str(coordinatrice)
    relier_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    assert list(suivi.actions.all()) == [action]
    retirer_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    assert not suivi.actions.exists()
    assert derniers(action) == [
        (qui, "Bilans de prévention", ""),
        (qui, "", "Bilans de prévention"),
    ]


def test_relier_deux_fois_ne_compte_qu_une_version(action, suivi, coordinatrice):
    for _ in range(2):
        relier_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    assert Action.objects.get(pk=action.pk).version == action.version + 1
    assert Indicateur.objects.get(pk=suivi.pk).version == suivi.version + 1


def test_une_fiche_ne_perd_pas_ses_autres_indicateurs_ni_l_indicateur_ses_autres_fiches(
    contrat, action, suivi, coordinatrice
):
    autre, sien = ActionFactory(contrat=contrat), IndicateurFactory(contrat=contrat)
    sien.actions.set([action])
    suivi.actions.set([autre])
    relier_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    assert set(suivi.actions.all()) == {action, autre}
    retirer_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    assert list(suivi.actions.all()) == [autre]
    assert list(sien.actions.all()) == [action]


def test_un_formulaire_ouvert_avant_n_efface_pas_le_lien(action, suivi, coordinatrice):
    relier_indicateur(indicateur=suivi, action=action, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        modifier_indicateur(
            indicateur=suivi, valeurs={"actions": []}, version=suivi.version, par=coordinatrice
        )
    assert suivi.actions.get() == action


@pytest.mark.parametrize(
    "personnage", ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
)
def test_les_autres_ne_relient_ni_ne_retirent(request, action, suivi, personnage):
    par = request.getfixturevalue(personnage)
    for geste in (relier_indicateur, retirer_indicateur):
        with pytest.raises(DroitRefuse):
            geste(indicateur=suivi, action=action, par=par)


def test_une_fiche_d_un_autre_contrat_ne_se_relie_pas(suivi, autre_action, coordinatrice):
    with pytest.raises(DonneesRefusees, match="même contrat"):
        relier_indicateur(indicateur=suivi, action=autre_action, par=coordinatrice)
    assert not suivi.actions.exists()


def test_le_formulaire_de_l_indicateur_laisse_la_meme_trace(contrat, action, coordinatrice):
    neuf = creer_indicateur(
        contrat=contrat,
        valeurs={"libelle": "Ateliers tenus", "actions": [action]},
        par=coordinatrice,
    )
    assert neuf.version == 1
    modifier_indicateur(indicateur=neuf, valeurs={"actions": []}, version=1, par=coordinatrice)
    assert [apres for _, _, apres in derniers(action)] == ["", "Ateliers tenus"]


def test_modifier_le_libelle_ne_touche_pas_aux_fiches(action, suivi, coordinatrice):
    suivi.actions.set([action])
    modifier_indicateur(
        indicateur=suivi, valeurs={"libelle": "Autre nom"}, version=1, par=coordinatrice
    )
    assert suivi.actions.get() == action
    assert Action.objects.get(pk=action.pk).version == action.version
