"""Les puces du plan : ce qui manque se compte, mène aux fiches en cause, et se retire."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import (
    ActionFactory,
    FinancementFactory,
    IndicateurFactory,
    LigneBudgetFactory,
)

SANS_NOUVELLES = "Sans nouvelles depuis 6 mois"


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:plan", args=[contrat.pk])


def page_de(client, adresse):
    return BeautifulSoup(client.get(adresse).content, "html.parser")


def puces(page) -> dict[str, tuple[int, str]]:
    return {
        " ".join(p.text.split()[:-1]): (int(p.b.text), p["href"])
        for p in page.select(".puce:not(.active)")
    }


def test_chaque_puce_compte_les_fiches_ou_elle_mene(client_de, coordinatrice, contrat, adresse):
    chiffree, suivie = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat)
    ActionFactory(contrat=contrat)
    LigneBudgetFactory(action=chiffree)
    IndicateurFactory(contrat=contrat, actions=[suivie])
    client = client_de(coordinatrice)
    lues = puces(page_de(client, adresse))
    assert lues["Sans budget"][0] == lues["Sans indicateur"][0] == 2
    for libelle, (nombre, lien) in lues.items():
        assert len(page_de(client, lien).select("tr.fiche a.titre")) == nombre, libelle


def test_sans_nouvelles_a_sa_puce_et_se_retire(client_de, coordinatrice, action, adresse):
    client = client_de(coordinatrice)
    posee = page_de(client, f"{adresse}?sans_nouvelles=6").select_one(".puce.active")
    assert SANS_NOUVELLES in posee.text
    assert "sans_nouvelles" not in posee["href"]


def test_qui_ne_lit_pas_les_montants_n_en_voit_ni_puce_ni_somme(
    client_de, lectrice, coordinatrice, contrat, adresse
):
    LigneBudgetFactory(action=ActionFactory(contrat=contrat))
    FinancementFactory(action=ActionFactory(contrat=contrat))
    sienne = page_de(client_de(lectrice), adresse)
    assert "Sans budget" not in puces(sienne)
    assert "€" not in sienne.select_one("#resume-plan").text
    assert "10\u202f000\u00a0€ prévus, 100\u202f% financés" in (
        page_de(client_de(coordinatrice), adresse).select_one("#resume-plan").text
    )


def test_le_budget_est_dans_le_rail_de_qui_peut_le_lire(
    client_de, coordinatrice, lectrice, adresse
):
    budget = f'.rail a[href="{adresse}budget/"]'
    assert page_de(client_de(coordinatrice), adresse).select_one(budget)
    assert not page_de(client_de(lectrice), adresse).select_one(budget)


def test_un_manque_se_remplit_en_un_clic_par_qui_le_peut(
    client_de, coordinatrice, lectrice, contrat, action
):
    adresse = reverse("contrats:completude", args=[contrat.pk])
    liens = {a["href"] for a in page_de(client_de(coordinatrice), adresse).select("td a")}
    assert reverse("contrats:action_champ", args=[action.pk, "populations"]) in liens
    assert all(client_de(coordinatrice).get(lien).status_code == 200 for lien in liens)
    assert not page_de(client_de(lectrice), adresse).select("td a")
