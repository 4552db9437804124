"""Qui appelle : un jeton, une session, personne. Un faux jeton n’est jamais une visite anonyme."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from acteurs.models import Jeton, Portee
from contrats.models import Action, Contrat
from tests.appuis.api import JSON, RACINE, ids, outil, probleme
from tests.factories import JetonFactory

pytestmark = pytest.mark.django_db
LISTE = f"{RACINE}contrats/"


def appeler(entete: str) -> Any:
    return Client().get(LISTE, headers={"Authorization": entete})


@pytest.mark.parametrize(
    "entete",
    [
        "",
        "Token cls_quelquechose",
        "Basic Y29saW5lOm1vdA==",
        "Bearer",
        "Bearer ",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        "Bearer cls_inconnu",
        "cls_inconnu",
    ],
)
def test_un_autre_type_de_jeton_est_refuse(entete: str) -> None:
    reponse = appeler(entete)

    probleme(reponse, 401)
    assert reponse["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'


@pytest.mark.parametrize("trait", ["expire", "revoque"])
def test_un_jeton_qui_ne_vaut_plus_est_refuse(trait: str, coordinatrice: Any) -> None:
    jeton = JetonFactory(utilisateur=coordinatrice, **{trait: True})

    corps = probleme(appeler(f"Bearer {jeton.secret}"), 401)

    assert "expiré" in corps["detail"]


def test_le_jeton_d_un_compte_ferme_est_refuse(coordinatrice: Any) -> None:
    jeton = JetonFactory(utilisateur=coordinatrice)
    coordinatrice.is_active = False
    coordinatrice.save()

    probleme(appeler(f"Bearer {jeton.secret}"), 401)


def test_le_nom_du_schema_ne_tient_pas_compte_des_majuscules(coordinatrice: Any) -> None:
    jeton = JetonFactory(utilisateur=coordinatrice)

    assert appeler(f"bearer {jeton.secret}").status_code == 200


def test_un_jeton_voit_ce_que_voit_son_titulaire(
    contrat: Contrat, autre_contrat: Contrat, voisine: Any
) -> None:
    assert ids(outil(voisine), "contrats/") == {str(contrat.pk), str(autre_contrat.pk)}
    assert ids(Client(), "contrats/") == {str(contrat.pk)}


def test_un_jeton_sans_la_lecture_ne_lit_pas(coordinatrice: Any) -> None:
    corps = probleme(outil(coordinatrice, Portee.ECRITURE_ACTIONS).get(LISTE), 403)

    assert "LECTURE" in corps["detail"]
    assert "Lire les données" in corps["detail"]


def test_un_jeton_de_lecture_n_ecrit_pas(action: Action, coordinatrice: Any) -> None:
    reponse = outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_MESURES).patch(
        f"{RACINE}actions/{action.pk}/",
        {"titre": "Marcher"},
        content_type=JSON,
        headers={"If-Match": '"1"'},
    )

    assert "ECRITURE_ACTIONS" in probleme(reponse, 403)["detail"]
    action.refresh_from_db()
    assert action.version == 1


def test_le_dernier_usage_est_note_une_fois_par_minute(coordinatrice: Any, a_la_date: Any) -> None:
    jeton = JetonFactory(utilisateur=coordinatrice)
    appeler(f"Bearer {jeton.secret}")
    premier = Jeton.objects.get().dernier_usage_le
    appeler(f"Bearer {jeton.secret}")

    assert premier is not None
    assert Jeton.objects.get().dernier_usage_le == premier

    Jeton.objects.update(dernier_usage_le=timezone.now() - timedelta(seconds=61))
    appeler(f"Bearer {jeton.secret}")
    assert Jeton.objects.get().dernier_usage_le >= premier


def test_une_session_lit_avec_ses_droits(
    autre_contrat: Contrat, voisine: Any, client_de: Any
) -> None:
    assert str(autre_contrat.pk) in ids(client_de(voisine), "contrats/")


def test_une_session_n_ecrit_pas_sans_jeton_csrf(
    action: Action, coordinatrice: Any, client_de: Any
) -> None:
    client = client_de(coordinatrice, enforce_csrf_checks=True)

    reponse = client.patch(
        f"{RACINE}actions/{action.pk}/",
        {"titre": "Marcher"},
        content_type=JSON,
        headers={"If-Match": '"1"'},
    )

    assert "CSRF" in probleme(reponse, 403)["detail"]


def test_sans_identification_on_n_ecrit_pas(action: Action) -> None:
    reponse = Client().patch(f"{RACINE}actions/{action.pk}/", {}, content_type=JSON)

    probleme(reponse, 401)
    assert reponse["WWW-Authenticate"] == 'Bearer realm="api"'
