"""Dupliquer et reprendre, depuis les pages : ce qui sera créé se lit avant d’être écrit."""

import pytest
from django.urls import reverse

from acteurs.droits import Role
from cls_platform.socle.models import Travail
from contrats.services import copie_plan
from tests.factories import (
    ActionFactory,
    AxeFactory,
    ContratFactory,
    LigneBudgetFactory,
    ObjectifFactory,
    ParticipationFactory,
)


@pytest.fixture
def page(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def renouvele(contrat, coordinatrice):
    suivant = ContratFactory(nom="Suite de Cornouaille", generation=2, contrat_precedent=contrat)
    ParticipationFactory(utilisateur=coordinatrice, contrat=suivant, role=Role.COORDINATEUR)
    return suivant


def test_la_fiche_propose_de_la_dupliquer_et_la_copie_s_ouvre(page, contrat, action):
    adresse = reverse("contrats:action_dupliquer", args=[action.pk])
    assert adresse in page.get(reverse("contrats:action", args=[action.pk])).text
    assert "(copie)" in page.get(adresse).text
    reponse = page.post(
        adresse, {"titre": "Une autre", "ou": f"axe-{action.axe_id}", "emporter": ["etapes"]}
    )
    copie = contrat.actions.exclude(pk=action.pk).get()
    assert reponse.headers["Location"] == reverse("contrats:action", args=[copie.pk])
    assert (copie.titre, copie.axe) == ("Une autre", action.axe)


def test_un_titre_vide_est_refuse_et_le_reste_garde(page, action):
    adresse = reverse("contrats:action_dupliquer", args=[action.pk])
    reponse = page.post(
        adresse, {"titre": "", "ou": "sans", "emporter": ["notes"], "decalage": "3"}
    )
    assert reponse.status_code == 422
    assert 'value="3"' in reponse.text


def test_la_branche_dit_combien_d_elements_seront_crees(page, contrat, axe):
    ActionFactory(contrat=contrat, axe=axe, objectif=ObjectifFactory(axe=axe))
    adresse = reverse("contrats:niveau_dupliquer", args=["axe", axe.pk])
    assert adresse in page.get(reverse("contrats:organiser", args=[contrat.pk])).text
    lue = page.get(adresse).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "1 axe, 1 objectif, 1 fiche" in lue
    reponse = page.post(adresse, {"emporter": ["etapes"]})
    copie = contrat.axes.exclude(pk=axe.pk).get()
    assert reponse.headers["Location"].endswith(f"#axe-{copie.pk}")


def test_une_fiche_ne_se_duplique_pas_comme_une_branche(page, action):
    adresse = reverse("contrats:niveau_dupliquer", args=["action", action.pk])
    assert page.get(adresse).status_code == 404


# Reprendre un plan


def reprendre(contrat):
    return reverse("contrats:plan_reprendre", args=[contrat.pk])


def test_le_contrat_precedent_est_propose_d_abord(page, contrat, renouvele):
    assert reprendre(renouvele) in page.get(reverse("contrats:plan", args=[renouvele.pk])).text
    lue = page.get(reprendre(renouvele)).text
    assert f'<option value="{contrat.pk}" selected>' in lue


def test_rien_n_est_ecrit_avant_la_confirmation(page, contrat, renouvele, axe):
    ActionFactory(contrat=contrat, axe=axe)
    choix = {"source": contrat.pk, "axes": [axe.pk], "apercu": "1", "remise_a_zero": "on"}
    relue = page.get(reprendre(renouvele), choix)
    assert "Ce qui sera créé" in relue.text
    assert not renouvele.actions.exists()
    reponse = page.post(reprendre(renouvele), choix)
    assert reponse.status_code == 303
    assert renouvele.actions.get().origine == "RECONDUITE"


def test_sans_axe_coche_la_page_le_dit(page, contrat, renouvele, axe):
    reponse = page.get(reprendre(renouvele), {"source": contrat.pk, "apercu": "1"})
    assert reponse.status_code == 422
    assert "Cochez au moins un axe" in reponse.text


def test_un_contrat_que_l_on_ne_suit_pas_n_est_pas_propose(page, contrat, autre_contrat, renouvele):
    assert str(autre_contrat.pk) not in page.get(reprendre(renouvele)).text
    reponse = page.get(reprendre(renouvele), {"source": autre_contrat.pk})
    assert reponse.status_code == 422


def test_le_budget_n_est_propose_qu_a_qui_voit_les_montants(client_de, voisine, contrat, autre_contrat, action):  # fmt: skip
    LigneBudgetFactory(action=action)
    ParticipationFactory(utilisateur=voisine, contrat=contrat, role=Role.LECTEUR)
    lue = client_de(voisine).get(reprendre(autre_contrat), {"source": contrat.pk}).text
    assert 'value="documents"' in lue
    assert 'value="budget"' not in lue


def test_au_dela_de_deux_cents_fiches_le_travail_se_fait_en_fond(page, contrat, renouvele, axe, monkeypatch):  # fmt: skip
    monkeypatch.setattr(copie_plan, "FICHES_EN_DIRECT", 1)
    monkeypatch.setattr("contrats.views.copie.envoyer", lambda tache, pk: True)
    for _ in range(2):
        ActionFactory(contrat=contrat, axe=axe)
    choix = {"source": contrat.pk, "axes": [axe.pk], "apercu": "1"}
    assert "arrière-plan" in page.get(reprendre(renouvele), choix).text
    reponse = page.post(reprendre(renouvele), choix)
    travail = Travail.objects.get(genre=copie_plan.GENRE)
    assert reponse.headers["Location"] == reverse("contrats:copie", args=[travail.pk])
    suivi = page.get(reponse.headers["Location"])
    assert "La copie se fait" in suivi.text
    copie_plan.copier_en_fond(travail_id=travail.pk)
    fragment = page.get(reponse.headers["Location"], headers={"HX-Request": "true"})
    assert fragment.headers["HX-Refresh"] == "true"
    assert renouvele.actions.count() == 2


def test_la_page_de_reprise_lit_trente_axes_comme_trois(page, contrat, renouvele, exiger_requetes_plates):  # fmt: skip
    exiger_requetes_plates(
        peupler=lambda n: [
            ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat)) for _ in range(n)
        ],
        lire=lambda: page.get(reprendre(renouvele), {"source": contrat.pk}),
    )
