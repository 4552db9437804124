"""Chaque compte du pilotage, recompté à la main sur des listes."""

from datetime import timedelta

import pytest

from contrats.pilotage.comptes import SEUIL
from contrats.pilotage.ensemble import Situation, ensemble
from contrats.pilotage.rattachements import par_objectif, par_population, par_theme
from contrats.pilotage.statuts import par_retard, par_statut
from tests.appuis.horloge import AUJOURDHUI
from tests.contrats.pilotage import monde as fabrique
from tests.factories import ActionFactory, ContratFactory, PerimetreFactory

RELATIONS = {
    "themes": (par_theme, lambda fiche: fiche.themes),
    "populations": (par_population, lambda fiche: fiche.populations),
    "objectifs": (par_objectif, lambda fiche: fiche.objectifs),
}


@pytest.fixture
def monde(agent_ars, contrat):
    contrat.delete()
    return fabrique.creer()


@pytest.fixture
def de(monde, agent_ars):
    return ensemble(agent_ars, "53", AUJOURDHUI)


@pytest.mark.parametrize("nom", RELATIONS)
@pytest.mark.parametrize("graine", range(4))
def test_chaque_rattachement_compte_fiches_contrats_et_retards(contrat, agent_ars, nom, graine):
    contrat.delete()
    fiches = fabrique.creer(graine).fiches
    question, codes_de = RELATIONS[nom]
    for compte in question(ensemble(agent_ars, "53", AUJOURDHUI)):
        siennes = [
            f for f in fiches if (compte.code in codes_de(f) if compte.code else not codes_de(f))
        ]
        assert compte.actions == len(siennes)
        assert compte.contrats == len({f.contrat.pk for f in siennes})
        assert compte.en_retard == sum(f.lu == "EN_RETARD" for f in siennes)


def test_toute_la_liste_est_rendue_un_vide_se_voit(de, monde):
    comptes = par_theme(de)
    assert sum(compte.actions == 0 for compte in comptes) > 5
    assert comptes[-1].libelle == "Sans thème"


def test_une_valeur_retiree_des_listes_reste_comptee_si_elle_sert(de, monde):
    servi = next(f for f in monde.fiches if f.populations)
    code = next(iter(servi.populations))
    type(servi.action.populations.get(pk=code)).objects.filter(pk=code).update(est_actif=False)
    assert code in {compte.code for compte in par_population(de)}


def test_une_region_sans_objectif_enregistre_n_a_pas_de_tableau(agent_ars):
    assert par_objectif(ensemble(agent_ars, "53", AUJOURDHUI)) == ()


@pytest.mark.parametrize("graine", range(4))
def test_les_statuts_sont_ceux_que_l_on_lit(contrat, agent_ars, graine):
    contrat.delete()
    fiches = fabrique.creer(graine).fiches
    for compte in par_statut(ensemble(agent_ars, "53", AUJOURDHUI)):
        siennes = [f for f in fiches if f.lu == compte.statut]
        assert (compte.actions, compte.contrats) == (
            len(siennes),
            len({f.contrat.pk for f in siennes}),
        )


@pytest.mark.parametrize("graine", range(4))
def test_les_retards_se_repartissent_sans_trou_ni_double(contrat, agent_ars, graine):
    contrat.delete()
    fiches = fabrique.creer(graine).fiches
    de = ensemble(agent_ars, "53", AUJOURDHUI)
    comptes = {compte.code: compte.actions for compte in par_retard(de)}
    en_retard = [f for f in fiches if f.lu == "EN_RETARD"]
    assert sum(comptes.values()) == len(en_retard)
    anciens = [f for f in en_retard if f.fin and f.fin < AUJOURDHUI.replace(year=2025)]
    assert comptes["PLUS_D_UN_AN"] == len(anciens)
    sans = [f for f in en_retard if f.fin is None or f.fin >= AUJOURDHUI]
    assert comptes["SANS_ECHEANCE"] == len(sans)


def test_une_echeance_d_hier_et_une_d_il_y_a_trois_mois_tombent_dans_leur_tranche(
    contrat, agent_ars
):
    for jours in (1, 90, 95):
        ActionFactory(contrat=contrat, date_debut=None, date_fin=AUJOURDHUI - timedelta(days=jours))
    comptes = {c.code: c.actions for c in par_retard(ensemble(agent_ars, "53", AUJOURDHUI))}
    assert (comptes["MOINS_DE_3_MOIS"], comptes["DE_3_A_6_MOIS"]) == (2, 1)


def test_une_fiche_restreinte_ou_jetee_ne_compte_pas(contrat, agent_ars, a_la_date):
    ActionFactory(contrat=contrat)
    ActionFactory(contrat=contrat, est_restreinte=True)
    jetee = ActionFactory(contrat=contrat)
    type(jetee).objects.filter(pk=jetee.pk).update(corbeille_le="2026-03-01T10:00:00Z")
    statuts = par_statut(ensemble(agent_ars, "53", AUJOURDHUI))
    assert sum(compte.actions for compte in statuts) == 1


def test_sans_choix_les_contrats_termines_ne_comptent_pas(contrat, agent_ars):
    clos = ContratFactory(termine=True)
    ouverts = ensemble(agent_ars, "53", AUJOURDHUI)
    assert (str(clos.pk) in ouverts.noms, ouverts.total) == (False, 2)
    tous = ensemble(agent_ars, "53", AUJOURDHUI, situation=Situation.TOUS)
    assert str(clos.pk) in tous.noms


def test_un_contrat_est_du_departement_ou_vivent_le_plus_de_ses_habitants(contrat, agent_ars):
    """Deux communes du Finistère, une seule d’Ille-et-Vilaine, mais plus peuplée."""
    contrat.delete()
    a_cheval = ContratFactory(signe=True)
    for commune in ("29107", "29134", "35069"):
        PerimetreFactory(contrat=a_cheval, commune_id=commune)
    (lu,) = ensemble(agent_ars, "53", AUJOURDHUI).contrats
    assert lu.departement == "35"
    assert not ensemble(agent_ars, "53", AUJOURDHUI, departement="29").contrats


def test_la_delegation_ne_voit_que_ses_contrats(agent_dd, agent_ars, contrat):
    ailleurs = ContratFactory(signe=True, epci=fabrique.CHATEAUGIRON)
    assert ensemble(agent_dd, "53", AUJOURDHUI).noms.keys() == {str(contrat.pk)}
    assert str(ailleurs.pk) in ensemble(agent_ars, "53", AUJOURDHUI).noms


def test_le_seuil_est_de_cinq():
    assert SEUIL == 5
