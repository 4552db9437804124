"""Le statut par l’API : les mêmes règles qu’à l’écran, dites en français."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from contrats.models import Action
from tests.appuis.api import JSON, RACINE, ids, lire, outil, pointeurs, probleme
from tests.factories import JalonFactory


def modifier(client: Client, action: Action, **valeurs: Any) -> Any:
    adresse = f"{RACINE}actions/{action.pk}/"
    return client.patch(adresse, valeurs, content_type=JSON, headers={"If-Match": '"1"'})


@pytest.mark.parametrize(
    "valeurs", [{"statut": "ABANDONNEE"}, {"statut_est_impose": True}, {"statut": "BLOQUEE"}]
)
def test_une_raison_qui_manque_est_demandee_a_sa_place(
    action: Action, coordinatrice: Any, valeurs: dict[str, Any]
) -> None:
    corps = probleme(modifier(outil(coordinatrice), action, **valeurs), 400)
    assert pointeurs(corps) == {"/statut_raison"}
    assert "Dites pourquoi" in corps["errors"][0]["message"]
    assert not action.passages.exists()


def test_un_statut_tenu_se_lit_tel_quel_et_sa_raison_reste_interne(
    action: Action, coordinatrice: Any
) -> None:
    Action.objects.filter(pk=action.pk).update(date_fin=date(2026, 1, 31))
    client = outil(coordinatrice)
    assert lire(client, f"actions/{action.pk}/")["statut_affiche"] == "EN_RETARD"

    lue = modifier(client, action, statut_est_impose=True, statut_raison="Prolongée de fait").json()

    assert (lue["statut"], lue["statut_affiche"]) == ("EN_COURS", "EN_COURS")
    assert lue["statut_raison"] == "Prolongée de fait"
    assert lire(Client(), f"actions/{action.pk}/")["statut_raison"] is None
    assert action.passages.get().par == coordinatrice


def test_l_api_trouve_les_actions_a_risque(
    action: Action, autre_action: Action, coordinatrice: Any
) -> None:
    client = outil(coordinatrice)
    assert ids(client, "actions/", a_risque="true") == set()
    JalonFactory(action=action, echeance=date(2026, 3, 11))
    JalonFactory(action=autre_action, echeance=date(2026, 3, 11))
    assert ids(client, "actions/", a_risque="true") == {str(action.pk)}
    assert ids(client, "actions/", sans_nouvelles="6") == set()
