"""La table des rôles : complète, dite en français, la même pour tous ceux qui la lisent."""

import pytest

from acteurs.droits import DROITS_DU_ROLE, ROLES_DE_CONTRAT, Droit, Role, roles_ayant
from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import DroitRefuse
from contrats.permissions import (
    droits_generaux,
    droits_sur,
    exiger,
    exiger_general,
    exiger_sur_action,
    peut,
    peut_sur_action,
    roles_sur,
)
from tests.factories import ActionFactory, ContratFactory, ParticipationFactory

L = Droit.LIRE_CONTRAT
V = Droit.VOIR_COUVERTURE
B = Droit.VOIR_BUDGET
# Ceux d’une ARS ; charger, au siège seulement, et jamais par un contrat
P = Droit.PILOTER_REGION
D = Droit.CHARGER_DONNEES
R = Droit.RELIRE_BILAN

# Écrite ici une seconde fois, à la main : changer un droit se fait en deux endroits, exprès.
AGENCE = {
    *(L, V, B, P, R, Droit.CREER_CONTRAT, Droit.CHANGER_PHASE),
    *(Droit.VISER_POUR_ARS, Droit.MENER_CAMPAGNE),
}
ATTENDU = {
    "coordinatrice": set(Droit)
    - {Droit.ADMINISTRER, P, D, Droit.VISER_POUR_ARS, Droit.VISER_POUR_PORTEUR},
    "agent_ars": AGENCE,
    "agent_dd": AGENCE,
    "elue": {
        *(L, V, B, R, Droit.PUBLIER_BILAN),
        *(Droit.VISER_POUR_PORTEUR, Droit.REPONDRE_AUX_HABITANTS),
    },
    "pilote": {L, V, B, R, Droit.MODIFIER_SES_ACTIONS, Droit.SAISIR_SES_MESURES},
    "partenaire": {L, V, R, Droit.SAISIR_SES_MESURES},
    "lectrice": {L, V},
    "administratrice": set(Droit),
    "voisine": set(),
    "anonyme": set(),
}


@pytest.mark.parametrize("personnage", ATTENDU)
def test_chaque_personnage_a_exactement_les_droits_de_la_table(request, contrat, personnage):
    personne = request.getfixturevalue(personnage)
    droits = droits_sur(personne, contrat)
    assert droits == ATTENDU[personnage]
    assert {d for d in Droit if peut(personne, d, contrat)} == ATTENDU[personnage]


@pytest.mark.parametrize("personnage", sorted(set(ATTENDU) - {"administratrice", "voisine"}))
def test_personne_n_a_de_droit_sur_le_contrat_de_la_voisine(request, autre_contrat, personnage):
    assert droits_sur(request.getfixturevalue(personnage), autre_contrat) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_chaque_role_a_sa_ligne_dans_la_table(role):
    assert DROITS_DU_ROLE[role] <= set(Droit)
    assert DROITS_DU_ROLE[role], "un rôle sans droit ne sert à rien"


@pytest.mark.parametrize("droit", Droit)
def test_chaque_droit_se_lit_apres_votre_role_ne_permet_pas_de(droit):
    """La phrase du refus commence par un verbe, sans majuscule ni point."""
    assert droit.label[0].islower()
    assert not droit.label.endswith(".")
    assert droit.label.split()[0].endswith(("r", "re")), droit.label


@pytest.mark.parametrize("droit", Droit)
def test_chaque_droit_appartient_a_quelqu_un_d_autre_que_l_administration(droit):
    assert roles_ayant(droit)
    if droit != Droit.ADMINISTRER:
        assert any(droit in DROITS_DU_ROLE[r] for r in Role if r != Role.ADMINISTRATEUR)


def test_les_roles_de_contrat_excluent_ceux_qui_ne_se_donnent_pas():
    assert set(ROLES_DE_CONTRAT) == set(Role) - {Role.ADMINISTRATEUR, Role.REFERENT_ARS}


def test_deux_roles_s_additionnent(contrat, elue):
    ParticipationFactory(utilisateur=elue, contrat=contrat, role=Role.PILOTE)
    assert roles_sur(elue, contrat) == {Role.ELU, Role.PILOTE}
    assert droits_sur(elue, contrat) == ATTENDU["elue"] | ATTENDU["pilote"]


def test_un_refus_dit_ce_qui_manque_et_a_qui_s_adresser(contrat, lectrice):
    with pytest.raises(DroitRefuse) as refus:
        exiger(lectrice, Droit.MODIFIER_PLAN, contrat)
    assert "modifier toutes les actions du plan" in refus.value.message
    assert Role.COORDINATEUR.label in refus.value.message


def test_les_droits_se_lisent_en_trois_requetes_au_plus(contrat, agent_ars, nombre_requetes):
    assert nombre_requetes(lambda: droits_sur(agent_ars, contrat)) <= 3


# Les droits qui ne dépendent pas d'un contrat

GENERAUX = {
    "coordinatrice": {Droit.CREER_CONTRAT, V},
    "agent_ars": {Droit.CREER_CONTRAT, V, P, D},
    "agent_dd": {Droit.CREER_CONTRAT, V, P},
    "elue": {V},
    "pilote": {V},
    "lectrice": {V},
    "administratrice": set(Droit),
    "anonyme": set(),
}


@pytest.mark.parametrize("personnage", GENERAUX)
def test_les_droits_generaux_viennent_des_roles_tenus_quelque_part(request, personnage):
    assert droits_generaux(request.getfixturevalue(personnage)) == GENERAUX[personnage]


def test_un_compte_sans_role_n_a_aucun_droit_general(db):
    personne = Utilisateur.objects.create_user("sans.role@exemple.fr", "des-mots-de-passe-solides")
    assert droits_generaux(personne) == frozenset()
    with pytest.raises(DroitRefuse):
        exiger_general(personne, Droit.CREER_CONTRAT)


# Ses propres actions


def test_le_pilote_modifie_l_action_de_son_organisation(pilote, action):
    assert peut_sur_action(pilote, Droit.MODIFIER_PLAN, action)
    exiger_sur_action(pilote, Droit.MODIFIER_PLAN, action)


def test_le_pilote_ne_modifie_pas_l_action_d_une_autre_organisation(pilote, contrat):
    with pytest.raises(DroitRefuse):
        exiger_sur_action(pilote, Droit.MODIFIER_PLAN, ActionFactory(contrat=contrat))


def test_le_pilote_designe_en_personne_modifie_l_action(contrat, pilote):
    sienne = ActionFactory(contrat=contrat, pilote=None, pilote_personne=pilote)
    assert peut_sur_action(pilote, Droit.MODIFIER_PLAN, sienne)


def test_une_action_sans_pilote_n_est_celle_d_aucune_personne_sans_organisation(contrat, elue):
    """Ni l’une ni l’autre n’a d’organisation : cela ne fait pas d’elle la pilote."""
    ParticipationFactory(utilisateur=elue, contrat=contrat, role=Role.PILOTE)
    assert elue.acteur_id is None
    orpheline = ActionFactory(contrat=contrat, pilote=None)
    assert not peut_sur_action(elue, Droit.MODIFIER_PLAN, orpheline)


def test_piloter_chez_la_voisine_ne_donne_rien_ici(autre_action, pilote, cpts):
    """La même organisation pilote une action de l’autre contrat : il faut aussi y participer."""
    autre_action.pilote = cpts
    autre_action.save()
    assert not peut_sur_action(pilote, Droit.MODIFIER_PLAN, autre_action)


def test_l_organisation_pilote_sans_role_de_pilote_ne_modifie_pas(contrat, lectrice, cpts, action):
    lectrice.acteur = cpts
    lectrice.save()
    assert not peut_sur_action(lectrice, Droit.MODIFIER_PLAN, action)


# L'ARS


def test_la_delegation_ne_suit_que_son_departement(agent_dd, agent_ars):
    ailleurs = ContratFactory(signe=True, epci="243500659")
    assert droits_sur(agent_ars, ailleurs) == ATTENDU["agent_ars"]
    assert droits_sur(agent_dd, ailleurs) == frozenset()


def test_la_delegation_suit_un_contrat_a_cheval_sur_deux_departements(agent_dd):
    """Il suffit d’une commune du Finistère dans le périmètre."""
    a_cheval = ContratFactory(signe=True, epci="243500659")
    a_cheval.perimetres.create(commune_id="29232", date_entree="2024-01-01")
    assert droits_sur(agent_dd, a_cheval) == ATTENDU["agent_dd"]


def test_le_siege_suit_un_contrat_encore_sans_commune(agent_ars, agent_dd):
    naissant = ContratFactory(en_projet=True)
    assert droits_sur(agent_ars, naissant)
    assert not droits_sur(agent_dd, naissant)
