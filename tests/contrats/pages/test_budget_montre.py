"""Le budget là où l’on lit le plan : une colonne de l’arbre, un repère en tête de chaque fiche."""

import pytest
from django.urls import reverse

from tests.appuis.pages import lire, soupe
from tests.factories import (
    ActionFactory,
    AxeFactory,
    LigneBudgetFactory,
    ObjectifFactory,
    PartageActionFactory,
)


@pytest.fixture
def plan(contrat):
    return reverse("contrats:plan", args=[contrat.pk])


@pytest.fixture
def tete(action):
    return reverse("contrats:action", args=[action.pk])


def cases(page, rangee):
    return [td.get_text(" ", strip=True) for td in page.select(f"tr.{rangee} .c-budget")]


def repere(page, action):
    return page.select_one(f"#budget-{action.pk}").get_text("", strip=True)


# La colonne


def test_une_fiche_montre_le_prevu_de_toutes_ses_annees_le_realise_a_defaut(
    client_de, coordinatrice, action, plan
):
    LigneBudgetFactory(action=action, annee=2025, prevu=30_000, realise=1)
    LigneBudgetFactory(action=action, annee=2026, prevu=12_000)
    LigneBudgetFactory(action=action, annee=2027, prevu=None, realise=6_000)
    assert cases(lire(client_de(coordinatrice), plan), "fiche") == ["48\u202f000\u00a0€"]


def test_ni_les_apports_en_nature_ni_le_temps_de_travail_n_entrent_dans_la_colonne(
    client_de, coordinatrice, action, plan
):
    LigneBudgetFactory(action=action, en_nature=True)
    LigneBudgetFactory(action=action, etp=True)
    assert cases(lire(client_de(coordinatrice), plan), "fiche") == ["– aucun montant prévu"]


def test_un_axe_et_un_objectif_ajoutent_leurs_fiches(client_de, coordinatrice, contrat, axe, plan):
    objectif = ObjectifFactory(axe=axe)
    dessous = ObjectifFactory(axe=axe, parent=objectif)
    for lieu in ({}, {"objectif": objectif}, {"objectif": dessous}):
        LigneBudgetFactory(action=ActionFactory(contrat=contrat, axe=axe, **lieu))
    AxeFactory(contrat=contrat)
    page = lire(client_de(coordinatrice), plan)
    assert cases(page, "axe") == ["30\u202f000\u00a0€", ""]
    assert cases(page, "objectif") == ["20\u202f000\u00a0€", "10\u202f000\u00a0€"]


def test_un_filtre_ne_laisse_dans_le_total_de_l_axe_que_les_fiches_montrees(
    client_de, coordinatrice, contrat, axe, plan
):
    LigneBudgetFactory(action=ActionFactory(contrat=contrat, axe=axe, realisee=True), prevu=7)
    LigneBudgetFactory(action=ActionFactory(contrat=contrat, axe=axe))
    page = lire(client_de(coordinatrice), plan, statut="REALISEE")
    assert cases(page, "axe") == cases(page, "fiche") == ["7\u00a0€"]


def test_le_budget_d_une_fiche_partagee_reste_chez_le_contrat_qui_la_tient(
    client_de, coordinatrice, contrat, axe, plan
):
    partage = PartageActionFactory(contrat=contrat, axe=axe, action__contrat__region_id="76")
    LigneBudgetFactory(action=partage.action, prevu=98_765)
    LigneBudgetFactory(action=ActionFactory(contrat=contrat, axe=axe))
    page = lire(client_de(coordinatrice), plan)
    assert cases(page, "axe") == ["10\u202f000\u00a0€"]
    assert cases(page, "partagee") == ["– tenu par l’autre contrat"]


def test_qui_ne_voit_pas_les_montants_n_a_ni_colonne_ni_repere(
    client_de, partenaire, action, plan, tete
):
    LigneBudgetFactory(action=action)
    client = client_de(partenaire)
    for page in (lire(client, plan), lire(client, tete)):
        assert not page.select(".c-budget, .l-budget, .plan.avec-budget, [id^=budget-]")
        assert "10\u202f000" not in page.get_text()


def test_les_montants_de_trente_fiches_se_lisent_comme_ceux_de_trois(
    client_de, coordinatrice, contrat, axe, plan, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    objectif = ObjectifFactory(axe=axe)

    def peupler(n):
        for fiche in ActionFactory.create_batch(n, contrat=contrat, axe=axe, objectif=objectif):
            LigneBudgetFactory(action=fiche)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(plan))


# Le repère


@pytest.mark.parametrize(
    ("lignes", "attendu"),
    [
        (
            [{"prevu": 60_000, "realise": 41_000}, {"prevu": 36_000}],
            "96\u202f000\u00a0€ prévus, 41\u202f000\u00a0€ réalisés",
        ),
        ([{"prevu": 500}], "500\u00a0€ prévus"),
        ([{"prevu": None, "realise": 20}], "20\u00a0€ réalisés"),
        ([{"en_nature": True}], "À chiffrer"),
    ],
)
def test_la_tete_de_la_fiche_dit_le_prevu_et_le_realise(
    client_de, coordinatrice, action, tete, lignes, attendu
):
    for annee, montants in enumerate(lignes, start=2025):
        LigneBudgetFactory(action=action, annee=annee, **montants)
    assert repere(lire(client_de(coordinatrice), tete), action) == attendu


def test_sans_montant_qui_ne_peut_pas_ecrire_lit_qu_il_n_y_en_a_pas(client_de, elue, action, tete):
    page = lire(client_de(elue), tete)
    assert repere(page, action) == "Aucun montant"
    assert not page.select(f"#budget-{action.pk} a")


def test_une_depense_ajoutee_sur_place_rafraichit_le_repere(client_de, coordinatrice, action):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:ligne_ajouter", args=[action.pk]),
        {"annee": "2026", "nature": "prestation", "unite": "EUROS", "prevu": "48 000"},
        headers={"HX-Request": "true"},
    )
    ailleurs = soupe(reponse).select_one(f"[hx-swap-oob='innerHTML:#budget-{action.pk}']")
    assert ailleurs.get_text() == "48\u202f000\u00a0€ prévus"
