"""Saisir, corriger et effacer une valeur."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee
from contrats.models import Contrat
from indicateurs.models import Indicateur, Mesure
from tests.appuis.api import JSON, RACINE, lire, outil, pointeurs, probleme
from tests.factories import IndicateurFactory, MesureFactory

LISTE = f"{RACINE}mesures/"
ANNEE = {"periode_debut": "2025-01-01", "periode_fin": "2025-12-31"}


def saisir(client: Client, indicateur: Indicateur, /, **valeurs: Any) -> Any:
    corps = {"indicateur": str(indicateur.pk), **ANNEE, **valeurs}
    return client.post(LISTE, corps, content_type=JSON)


def corriger(client: Client, mesure: Mesure, si: str | None = '"1"', **valeurs: Any) -> Any:
    entetes = {} if si is None else {"If-Match": si}
    return client.patch(f"{LISTE}{mesure.pk}/", valeurs, content_type=JSON, headers=entetes)


def test_un_outil_saisit_une_valeur_et_la_signe(indicateur: Indicateur, coordinatrice: Any) -> None:
    client = outil(coordinatrice, Portee.ECRITURE_MESURES, Portee.LECTURE, nom="Logiciel d’essai")

    reponse = saisir(client, indicateur, valeur="12.5", commentaire="Deux mois sans local.")

    assert reponse.status_code == 201
    assert reponse.json()["valeur"] == "12.5000"
    mesure = Mesure.objects.get()
    assert reponse["Location"] == f"http://testserver{LISTE}{mesure.pk}/"
    assert reponse["ETag"].startswith('"1-')
    assert mesure.modifie_via == "api:Logiciel d’essai"
    assert mesure.modifie_par == coordinatrice


def test_un_nombre_json_vaut_une_chaine(indicateur: Indicateur, coordinatrice: Any) -> None:
    assert saisir(outil(coordinatrice), indicateur, valeur=0.1).json()["valeur"] == "0.1000"


def test_d_un_rapport_la_valeur_se_deduit(contrat: Contrat, coordinatrice: Any) -> None:
    indicateur = IndicateurFactory(contrat=contrat, ratio=True)

    reponse = saisir(outil(coordinatrice), indicateur, numerateur=3, denominateur=8)

    assert reponse.json()["valeur"] == "37.5000"


def test_un_pilote_saisit_les_valeurs_de_ses_actions_seulement(
    indicateur: Indicateur, contrat: Contrat, pilote: Any
) -> None:
    autre = IndicateurFactory(contrat=contrat)

    assert saisir(outil(pilote), indicateur, valeur=1).status_code == 201
    corps = probleme(saisir(outil(pilote), autre, valeur=1), 403)
    assert "pilote" in corps["detail"]


@pytest.mark.parametrize("qui", ["voisine", "lectrice", "elue"])
def test_qui_n_a_pas_le_droit_de_saisir_recoit_un_refus_motive(
    qui: str, indicateur: Indicateur, request: pytest.FixtureRequest
) -> None:
    probleme(saisir(outil(request.getfixturevalue(qui)), indicateur, valeur=1), 403)
    assert not Mesure.objects.exists()


def test_un_indicateur_que_l_on_ne_voit_pas_n_existe_pas(
    autre_contrat: Contrat, coordinatrice: Any
) -> None:
    corps = probleme(
        saisir(outil(coordinatrice), IndicateurFactory(contrat=autre_contrat), valeur=1), 400
    )

    assert pointeurs(corps) == {"/indicateur"}


def test_un_jeton_sans_la_portee_ne_saisit_pas(indicateur: Indicateur, coordinatrice: Any) -> None:
    client = outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_ACTIONS)

    assert "ECRITURE_MESURES" in probleme(saisir(client, indicateur, valeur=1), 403)["detail"]


def test_une_periode_deja_saisie_rend_la_valeur_qui_s_y_trouve(
    indicateur: Indicateur, coordinatrice: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    corps = probleme(saisir(outil(coordinatrice), indicateur, valeur=1), 409)

    assert corps["actuel"]["id"] == str(mesure.pk)
    assert "PATCH" in corps["detail"]


@pytest.mark.parametrize(
    ("valeurs", "champs"),
    [
        ({}, {"/valeur"}),
        ({"valeur": None}, {"/valeur"}),
        ({"valeur": "douze"}, {"/valeur"}),
        ({"valeur": "NaN"}, {"/valeur"}),
        ({"valeur": "1e30"}, {"/valeur"}),
        ({"valeur": "0.00001"}, {"/valeur"}),
        ({"valeur": 1, "qualite": "SURE"}, {"/qualite"}),
        ({"valeur": 1, "periode_fin": None}, {"/periode_fin"}),
        ({"valeur": 1, "periode_debut": "2026-01-01"}, {""}),
        ({"valeur": 1, "indicateur": "\x00"}, {"/indicateur"}),
        ({"valeur": 1, "annee": 2025}, {"/annee"}),
        ({"valeur": 1, "source": "a" * 201}, {"/source"}),
    ],
)
def test_chaque_champ_refuse_est_nomme(
    valeurs: dict[str, Any], champs: set[str], indicateur: Indicateur, coordinatrice: Any
) -> None:
    corps = probleme(saisir(outil(coordinatrice), indicateur, **valeurs), 400)

    assert pointeurs(corps) == champs


def test_une_correction_ne_touche_que_les_champs_donnes(
    indicateur: Indicateur, coordinatrice: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    reponse = corriger(outil(coordinatrice), mesure, commentaire="Chiffre vérifié.")

    assert reponse.status_code == 200
    mesure.refresh_from_db()
    assert mesure.valeur == Decimal(212)
    assert mesure.commentaire == "Chiffre vérifié."
    assert mesure.version == 2


def test_une_valeur_devient_secrete(indicateur: Indicateur, coordinatrice: Any) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    reponse = corriger(outil(coordinatrice), mesure, qualite="SECRET_STATISTIQUE")

    assert reponse.json()["valeur"] is None


def test_une_correction_sur_une_version_depassee_est_refusee(
    indicateur: Indicateur, coordinatrice: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    corps = probleme(corriger(outil(coordinatrice), mesure, si='"4"', valeur=1), 412)

    assert corps["actuel"]["valeur"] == "212.0000"


def test_une_correction_sans_version_est_refusee(
    indicateur: Indicateur, coordinatrice: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    probleme(corriger(outil(coordinatrice), mesure, si=None, valeur=1), 428)


@pytest.mark.parametrize("methode", ["patch", "delete"])
def test_la_voisine_ne_touche_pas_a_une_valeur_publique(
    methode: str, indicateur: Indicateur, voisine: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur)

    reponse = getattr(outil(voisine), methode)(
        f"{LISTE}{mesure.pk}/", {}, content_type=JSON, headers={"If-Match": '"1"'}
    )

    probleme(reponse, 403)


def test_une_valeur_s_efface_a_la_version_lue(indicateur: Indicateur, coordinatrice: Any) -> None:
    client = outil(coordinatrice)
    mesure = MesureFactory(indicateur=indicateur)
    adresse = f"{LISTE}{mesure.pk}/"

    probleme(client.delete(adresse), 428)
    probleme(client.delete(adresse, headers={"If-Match": '"2"'}), 412)
    assert client.delete(adresse, headers={"If-Match": '"1"'}).status_code == 204
    probleme(client.get(adresse), 404)


def test_les_commentaires_sont_pour_l_equipe(
    indicateur: Indicateur, lectrice: Any, voisine: Any
) -> None:
    mesure = MesureFactory(indicateur=indicateur, commentaire="Deux agents absents.")
    chemin = f"mesures/{mesure.pk}/"

    assert lire(outil(lectrice), chemin)["commentaire"] == "Deux agents absents."
    assert lire(outil(voisine), chemin)["commentaire"] is None
    assert lire(Client(), chemin)["commentaire"] is None
