"""Le statut sur l’onglet « Suivi » : sa raison, ses passages, sa règle, ce qui met à risque."""

from datetime import date

import pytest
from django.urls import reverse

from tests.appuis.pages import lire, soupe
from tests.factories import JalonFactory

LONGTEMPS = date(2026, 12, 1)


@pytest.fixture
def adresse(action):
    return reverse("contrats:action_suivi", args=[action.pk])


def net(element) -> str:
    return " ".join(element.get_text(" ").split())


def changer(client, action, headers=None, **saisie):
    adresse = reverse("contrats:action_champ", args=[action.pk, "statut"])
    return client.post(adresse, {"version": 1, **saisie}, headers=headers or {})


def test_abandonner_sans_dire_pourquoi_est_refuse_a_cote_de_la_raison(
    client_de, coordinatrice, action
):
    reponse = changer(client_de(coordinatrice), action, statut="ABANDONNEE")
    assert reponse.status_code == 422
    assert soupe(reponse).select_one("[name=statut_raison]")["aria-invalid"] == "true"


def test_un_passage_dit_qui_quand_et_pourquoi(client_de, coordinatrice, action, adresse):
    client = client_de(coordinatrice)
    changer(client, action, statut="REPORTEE", statut_raison="Attente du bail")
    dernier = net(lire(client, adresse).select_one("#statut-explique .journal li"))
    assert "12 mars 2026" in dernier
    assert "Coline Coordonne" in dernier
    assert "Reportée" in dernier
    assert "« Attente du bail »" in dernier


def test_en_place_depuis_le_suivi_rafraichit_l_explication(
    client_de, coordinatrice, action, adresse
):
    htmx = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{adresse}"}
    fragment = soupe(changer(client_de(coordinatrice), action, htmx, statut="EN_PAUSE")).select_one(
        "#statut-explique"
    )
    assert fragment["hx-swap-oob"] == "true"
    assert "En pause" in net(fragment)


def test_un_statut_tenu_n_est_plus_en_retard_et_le_dit(client_de, coordinatrice, action, adresse):
    action.date_fin = date(2026, 1, 31)
    action.save()
    client = client_de(coordinatrice)
    assert "En retard" in net(lire(client, adresse).select_one(".reperes"))
    changer(
        client,
        action,
        statut="EN_COURS",
        statut_est_impose="on",
        statut_raison="Prolongée de fait",
    )
    page = lire(client, adresse)
    assert "En cours" in net(page.select_one(".reperes dd"))
    assert "tenu tel quel" in net(page.select_one("#statut-explique"))


def test_la_regle_est_ecrite_sur_la_page(client_de, lectrice, adresse):
    regles = [net(d.summary) for d in lire(client_de(lectrice), adresse).select("details.regle")]
    assert regles == ["Comment est calculé l’avancement", "Comment ce statut est calculé"]


def test_ce_qui_met_l_action_a_risque_est_dit(client_de, coordinatrice, action, adresse, a_la_date):
    JalonFactory(action=action, echeance=date(2026, 3, 11))
    page = lire(client_de(coordinatrice), adresse)
    assert "dépassé son échéance" in net(page.select_one(".a-risque"))
    with a_la_date(LONGTEMPS):
        page = lire(client_de(coordinatrice), adresse)
    assert "juin 2026" in net(page.select_one(".a-risque"))
