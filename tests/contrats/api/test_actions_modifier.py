from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee
from contrats.models import Action
from tests.appuis.api import JSON, RACINE, lire, outil, pointeurs, probleme
from tests.factories import ActeurFactory, AxeFactory


def modifier(client: Client, action: Action, si: str | None = '"1"', **valeurs: Any) -> Any:
    entetes = {} if si is None else {"If-Match": si}
    adresse = f"{RACINE}actions/{action.pk}/"
    return client.patch(adresse, valeurs, content_type=JSON, headers=entetes)


def test_un_outil_modifie_une_action_et_signe_son_ecriture(
    action: Action, coordinatrice: Any
) -> None:
    client = outil(coordinatrice, Portee.ECRITURE_ACTIONS, nom="Tableau de bord d’essai")

    reponse = modifier(client, action, titre="Marcher ensemble", statut="EN_PAUSE")

    assert reponse.status_code == 200
    assert reponse.json()["titre"] == "Marcher ensemble"
    assert reponse.json()["version"] == 2
    action.refresh_from_db()
    assert action.modifie_par == coordinatrice
    assert action.modifie_via == "api:Tableau de bord d’essai"


def test_une_session_modifie_une_action(action: Action, coordinatrice: Any, client_de: Any) -> None:
    assert modifier(client_de(coordinatrice), action, titre="Marcher").status_code == 200
    action.refresh_from_db()
    assert action.modifie_via == "api"


def test_l_etag_d_une_lecture_sert_a_ecrire_et_l_ecriture_rend_le_suivant(
    action: Action, coordinatrice: Any
) -> None:
    client = outil(coordinatrice)
    adresse = f"{RACINE}actions/{action.pk}/"
    lu = client.get(adresse)["ETag"]

    ecrit = modifier(client, action, si=lu, titre="Marcher")["ETag"]

    assert lu.startswith('"1-')
    assert ecrit.startswith('"2-')
    assert ecrit == client.get(adresse)["ETag"]


@pytest.mark.parametrize("si", ['"1"', 'W/"1-abc"', '"7", "1"'])
def test_la_version_suffit(si: str, action: Action, coordinatrice: Any) -> None:
    assert modifier(outil(coordinatrice), action, si=si, titre="Marcher").status_code == 200


@pytest.mark.parametrize("si", [None, "", "*"])
def test_sans_version_l_ecriture_est_refusee(
    si: str | None, action: Action, coordinatrice: Any
) -> None:
    corps = probleme(modifier(outil(coordinatrice), action, si=si, titre="Marcher"), 428)

    assert "If-Match" in corps["detail"]


@pytest.mark.parametrize("si", ['"2"', "1", '"un"', '"-1"', '"' + "9" * 40 + '"'])
def test_une_version_depassee_rend_l_objet_tel_qu_il_est(
    si: str, action: Action, coordinatrice: Any
) -> None:
    corps = probleme(modifier(outil(coordinatrice), action, si=si, titre="Marcher"), 412)

    assert corps["actuel"]["titre"] == action.titre
    assert corps["actuel"]["version"] == 1
    action.refresh_from_db()
    assert action.version == 1


@pytest.mark.parametrize("qui", ["voisine", "lectrice", "elue", "agent_ars"])
def test_qui_n_a_pas_le_droit_de_modifier_recoit_un_refus_motive(
    qui: str, action: Action, request: pytest.FixtureRequest
) -> None:
    client = outil(request.getfixturevalue(qui))

    corps = probleme(modifier(client, action, si=None, titre="Marcher"), 403)

    assert "modifier toutes les actions du plan" in corps["detail"]
    action.refresh_from_db()
    assert action.version == 1


def test_une_action_d_un_contrat_ferme_est_introuvable_pour_la_coordinatrice_d_un_autre(
    autre_action: Action, coordinatrice: Any
) -> None:
    probleme(modifier(outil(coordinatrice), autre_action, titre="Marcher"), 404)


def test_un_pilote_modifie_son_action_mais_pas_sa_place(action: Action, pilote: Any) -> None:
    client = outil(pilote)

    assert modifier(client, action, statut="EN_PAUSE").status_code == 200
    probleme(modifier(client, action, si='"2"', axe=None), 403)


def test_un_champ_vide_du_corps_ne_change_rien(action: Action, coordinatrice: Any) -> None:
    reponse = modifier(outil(coordinatrice), action)

    assert reponse.status_code == 200
    assert reponse.json()["version"] == 1


@pytest.mark.parametrize(
    ("valeurs", "champs"),
    [
        ({"titre": ""}, {"/titre"}),
        ({"titre": None}, {"/titre"}),
        ({"titre": "a" * 251}, {"/titre"}),
        ({"titre": "nul\x00"}, {"/titre"}),
        ({"titre": ["liste"]}, {"/titre"}),
        ({"statut": "EN_VACANCES"}, {"/statut"}),
        ({"date_fin": "31/02/2026"}, {"/date_fin"}),
        ({"date_fin": "2026-02-31", "statut": ""}, {"/date_fin", "/statut"}),
        ({"pilote": "pas-un-uuid"}, {"/pilote"}),
        ({"pilote": "00000000-0000-4000-8000-000000000000"}, {"/pilote"}),
        ({"themes": ["inconnu\x00"]}, {"/themes"}),
        ({"themes": "prevention"}, {"/themes"}),
        ({"est_publique": "peut-être"}, {"/est_publique"}),
        ({"date_debut": "2027-01-01", "date_fin": "2026-01-01"}, {""}),
    ],
)
def test_chaque_champ_refuse_est_nomme(
    valeurs: dict[str, Any], champs: set[str], action: Action, coordinatrice: Any
) -> None:
    corps = probleme(modifier(outil(coordinatrice), action, **valeurs), 400)

    assert pointeurs(corps) == champs
    assert all(erreur["message"] for erreur in corps["errors"])


def test_on_ne_rattache_pas_a_l_axe_d_un_autre_contrat(
    action: Action, autre_action: Action, coordinatrice: Any
) -> None:
    corps = probleme(modifier(outil(coordinatrice), action, axe=str(autre_action.axe_id)), 400)

    assert pointeurs(corps) == {"/axe"}


def test_la_personne_pilote_est_de_l_equipe(
    action: Action, coordinatrice: Any, pilote: Any, voisine: Any
) -> None:
    client = outil(coordinatrice)

    probleme(modifier(client, action, pilote_personne=str(voisine.pk)), 400)
    reponse = modifier(client, action, pilote_personne=str(pilote.pk))
    assert reponse.json()["pilote_personne_nom"] == "Paul Pilote"


def test_themes_partenaires_et_axe_se_remplacent(action: Action, coordinatrice: Any) -> None:
    axe = AxeFactory(contrat=action.contrat)
    partenaire = ActeurFactory()

    reponse = modifier(
        outil(coordinatrice),
        action,
        axe=str(axe.pk),
        themes=["sante_mentale"],
        partenaires=[str(partenaire.pk)],
    )

    lue = reponse.json()
    assert lue["axe"] == str(axe.pk)
    assert lue["themes"] == ["sante_mentale"]
    assert [lien["acteur"] for lien in lue["acteurs"]] == [str(partenaire.pk)]


def test_une_lecture_deja_connue_ne_revient_pas(action: Action, coordinatrice: Any) -> None:
    client = outil(coordinatrice)
    adresse = f"{RACINE}actions/{action.pk}/"
    etag = client.get(adresse)["ETag"]

    reponse = client.get(adresse, headers={"If-None-Match": f'W/"autre", {etag}'})

    assert reponse.status_code == 304
    assert reponse.content == b""
    assert reponse["ETag"] == etag


def test_l_etag_change_le_jour_ou_l_action_passe_en_retard(action: Action, a_la_date: Any) -> None:
    adresse = f"{RACINE}actions/{action.pk}/"
    etag = Client().get(adresse)["ETag"]
    with a_la_date(action.date_fin.replace(year=action.date_fin.year + 1)):
        reponse = Client().get(adresse, headers={"If-None-Match": etag})

    assert reponse.status_code == 200
    assert reponse.json()["statut_affiche"] == "EN_RETARD"


def test_un_cache_partage_ne_garde_pas_ce_qui_depend_de_l_appelant(action: Action) -> None:
    reponse = Client().get(f"{RACINE}actions/{action.pk}/")

    assert "private" in reponse["Cache-Control"]
    assert {"Authorization", "Cookie"} <= set(reponse["Vary"].split(", "))


def test_la_lecture_apres_l_ecriture_donne_la_meme_fiche(
    action: Action, coordinatrice: Any
) -> None:
    client = outil(coordinatrice)
    ecrite = modifier(client, action, titre="Marcher").json()

    assert ecrite == lire(client, f"actions/{action.pk}/")
