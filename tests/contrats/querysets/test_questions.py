"""Les questions que l’on pose au plan : retard, avancement, recherche, en vigueur."""

from datetime import date

import pytest

from acteurs.models import Commune
from contrats.etats import STATUTS_MIS_EN_RETARD, StatutAction
from contrats.models import Action, Contrat
from tests.appuis.horloge import AUJOURDHUI
from tests.factories import ActionFactory, ContratFactory, JalonFactory, PerimetreFactory

HIER, DEMAIN = date(2026, 3, 11), date(2026, 3, 13)


def statut_affiche(action: Action) -> str:
    return Action.objects.avec_statut_affiche(AUJOURDHUI).get(pk=action.pk).statut_affiche


def avancement(action: Action) -> float:
    return Action.objects.avec_avancement().get(pk=action.pk).avancement


@pytest.mark.parametrize("statut", StatutAction)
def test_une_echeance_passee_met_en_retard_ce_qui_avance_ou_devait_commencer(contrat, statut):
    action = ActionFactory(contrat=contrat, statut=statut, date_fin=HIER)
    en_retard = statut in STATUTS_MIS_EN_RETARD or statut == StatutAction.EN_RETARD
    assert statut_affiche(action) == ("EN_RETARD" if en_retard else statut)


@pytest.mark.parametrize("echeance", [AUJOURDHUI, DEMAIN, None])
def test_le_jour_de_l_echeance_n_est_pas_encore_un_retard(contrat, echeance):
    action = ActionFactory(contrat=contrat, date_fin=echeance)
    assert statut_affiche(action) == StatutAction.EN_COURS


@pytest.mark.parametrize(
    ("statut", "faits", "total", "attendu"),
    [
        (StatutAction.EN_COURS, 0, 0, 0.0),
        (StatutAction.EN_COURS, 1, 4, 0.25),
        (StatutAction.EN_COURS, 4, 4, 1.0),
        (StatutAction.REALISEE, 0, 0, 1.0),
        (StatutAction.REALISEE, 1, 4, 1.0),
        (StatutAction.REALISEE_PARTIELLEMENT, 0, 0, 0.5),
        (StatutAction.REALISEE_PARTIELLEMENT, 3, 4, 0.75),
        (StatutAction.A_VENIR, 0, 3, 0.0),
    ],
)
def test_l_avancement_est_la_part_des_etapes_faites(contrat, statut, faits, total, attendu):
    action = ActionFactory(contrat=contrat, statut=statut)
    JalonFactory.create_batch(faits, action=action, fait=True)
    JalonFactory.create_batch(total - faits, action=action)
    assert avancement(action) == pytest.approx(attendu)


@pytest.mark.parametrize(
    ("saisie", "trouve"),
    [
        ("etage", True),
        ("ÉTAGÈRE", True),
        ("marche etagere", True),
        ("saint-jean", True),
        ("inconnu", False),
        ("1.2.3", True),
        ("m%rche", False),
        ("m_rche", False),
        ("marche - etagere !", True),
    ],
)
def test_la_recherche_ignore_accents_casse_et_traits_d_union(contrat, saisie, trouve):
    ActionFactory(contrat=contrat, numero="1.2.3", titre="L’étagère santé du marché de Saint Jean")
    assert Action.objects.rechercher(saisie).exists() is trouve


def test_un_contrat_se_trouve_par_son_nom_ou_par_une_de_ses_communes(contrat, autre_contrat):
    assert list(Contrat.objects.rechercher("CORNOUAILLE")) == [contrat]
    assert list(Contrat.objects.rechercher("ergue gaberic")) == [contrat]
    assert list(Contrat.objects.rechercher("essai")) != []
    assert not Contrat.objects.rechercher("introuvable").exists()


def test_une_commune_sortie_ne_fait_plus_trouver_le_contrat(db):
    sorti = ContratFactory()
    PerimetreFactory(
        contrat=sorti, commune=Commune.objects.get(pk="29155"), date_sortie=date(2025, 1, 1)
    )
    assert not Contrat.objects.rechercher("ouessant").exists()


@pytest.mark.parametrize(
    ("champs", "en_vigueur"),
    [
        ({}, True),
        ({"date_fin": AUJOURDHUI}, True),
        ({"date_fin": HIER}, False),
        ({"date_fin": None}, True),
        ({"date_debut": DEMAIN}, False),
        ({"date_signature": DEMAIN}, False),
        ({"date_signature": None}, False),
        ({"phase": "CLOS"}, False),
        ({"phase": "ELABORATION"}, False),
        ({"phase": "PROROGE"}, True),
    ],
)
def test_un_contrat_est_en_vigueur_s_il_est_signe_commence_et_pas_fini(db, champs, en_vigueur):
    ContratFactory(signe=True, **champs)
    assert Contrat.objects.en_vigueur(AUJOURDHUI).exists() is en_vigueur


def test_les_contrats_se_rangent_dans_l_ordre_alphabetique_francais(db):
    for nom in ("Zorn", "Étampes", "Ersa", "Étaples", "L’Aigle", "Œting", "Oberhof"):
        ContratFactory(nom=nom)
    assert [c.nom for c in Contrat.objects.tries()] == [
        "Ersa",
        "Étampes",
        "Étaples",
        "L’Aigle",
        "Oberhof",
        "Œting",
        "Zorn",
    ]


def test_la_liste_des_contrats_compte_les_actions_sans_les_multiplier(contrat, coordinatrice):
    ActionFactory.create_batch(3, contrat=contrat)
    (ligne,) = Contrat.objects.filter(pk=contrat.pk).pour_espace(coordinatrice)
    assert ligne.nombre_actions == 3


@pytest.mark.parametrize("statut", StatutAction)
@pytest.mark.parametrize("echeance", [HIER, AUJOURDHUI, None])
def test_de_statut_trouve_le_statut_que_l_on_lit(contrat, statut, echeance):
    action = ActionFactory(contrat=contrat, statut=statut, date_fin=echeance)
    lu = statut_affiche(action)
    trouves = {s for s in StatutAction if Action.objects.de_statut([s], le=AUJOURDHUI).exists()}
    assert trouves == {lu}
    assert Action.objects.de_statut(list(StatutAction), le=AUJOURDHUI).get() == action
