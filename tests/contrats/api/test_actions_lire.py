from typing import Any

import pytest
from django.test import Client

from contrats.models import Action, Contrat
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    IndicateurFactory,
    JalonFactory,
)

INTERNES = ("contexte", "description", "resultats_attendus")


@pytest.mark.parametrize("qui", ["anonyme", "voisine"])
def test_hors_de_l_equipe_les_textes_de_travail_sont_nuls(
    qui: str, action: Action, pilote: Any, request: pytest.FixtureRequest
) -> None:
    action.pilote_personne = pilote
    action.save()
    personne = request.getfixturevalue(qui)
    client = outil(personne) if personne.is_authenticated else Client()

    for lue in (
        lire(client, f"actions/{action.pk}/"),
        lire(client, "actions/")["results"][0],
    ):
        assert {lue[champ] for champ in INTERNES} == {None}
        assert lue["pilote_personne"] is None
        assert lue["pilote_personne_nom"] is None
        assert lue["resume_public"] == action.resume_public


def test_l_equipe_lit_les_textes_de_travail(action: Action, lectrice: Any, pilote: Any) -> None:
    action.pilote_personne = pilote
    action.save()

    lue = lire(outil(lectrice), f"actions/{action.pk}/")

    assert lue["description"] == action.description
    assert lue["pilote_personne_nom"] == "Paul Pilote"


def test_une_action_interne_est_introuvable_hors_de_l_equipe(
    contrat: Contrat, lectrice: Any, voisine: Any
) -> None:
    interne = ActionFactory(contrat=contrat, interne=True)
    adresse = f"{RACINE}actions/{interne.pk}/"

    probleme(Client().get(adresse), 404)
    probleme(outil(voisine).get(adresse), 404)
    assert outil(lectrice).get(adresse).status_code == 200


def test_une_action_dit_ses_etapes_ses_liens_et_son_avancement(
    action: Action, coordinatrice: Any
) -> None:
    action.themes.set(["prevention", "acces_soins"])
    lien = ActionActeurFactory(action=action)
    JalonFactory(action=action, fait=True)
    JalonFactory(action=action, libelle="Ouvrir")

    lue = lire(outil(coordinatrice), f"actions/{action.pk}/")

    assert lue["themes"] == ["acces_soins", "prevention"]
    assert lue["acteurs"] == [
        {"acteur": str(lien.acteur_id), "nom": lien.acteur.nom, "role": "PARTENAIRE"}
    ]
    assert lue["pilote_nom"] == "CPTS des Essais"
    assert lue["avancement"] == 0.5
    assert [jalon["libelle"] for jalon in lue["jalons"]][-1] == "Ouvrir"


def test_une_echeance_passee_met_en_retard_sans_changer_le_statut(contrat: Contrat) -> None:
    action = ActionFactory(contrat=contrat, en_retard=True)

    lue = lire(Client(), f"actions/{action.pk}/")

    assert lue["statut"] == "EN_COURS"
    assert lue["statut_affiche"] == "EN_RETARD"
    assert lue["statut_public"] == "En retard"


def test_une_coordinatrice_peut_modifier_tout_le_plan(action: Action, coordinatrice: Any) -> None:
    assert "MODIFIER_PLAN" in lire(outil(coordinatrice), f"actions/{action.pk}/")["droits"]


def test_un_pilote_ne_peut_modifier_que_les_actions_qu_il_pilote(
    action: Action, contrat: Contrat, pilote: Any
) -> None:
    autre = ActionFactory(contrat=contrat)
    client = outil(pilote)

    assert "MODIFIER_SES_ACTIONS" in lire(client, f"actions/{action.pk}/")["droits"]
    assert "MODIFIER_SES_ACTIONS" not in lire(client, f"actions/{autre.pk}/")["droits"]


def test_la_voisine_n_a_aucun_droit_sur_une_action_publique(action: Action, voisine: Any) -> None:
    assert lire(outil(voisine), f"actions/{action.pk}/")["droits"] == []


@pytest.fixture
def plan(contrat: Contrat) -> dict[str, str]:
    """Une fiche par situation ; la clé dit laquelle."""
    fiches = {
        "en_cours": ActionFactory(contrat=contrat, titre="Marcher à Bréhat", themes=["prevention"]),
        "en_retard": ActionFactory(contrat=contrat, en_retard=True, pilote=ActeurFactory()),
        "realisee": ActionFactory(contrat=contrat, realisee=True, numero="9.9"),
        "sans_date": ActionFactory(contrat=contrat, date_fin=None, axe=None),
    }
    ActionActeurFactory(action=fiches["realisee"], acteur=fiches["en_retard"].pilote)
    return {nom: str(fiche.pk) for nom, fiche in fiches.items()}


@pytest.mark.parametrize(
    ("filtres", "trouvees"),
    [
        ({"statut": "EN_COURS"}, {"en_cours", "sans_date"}),
        ({"statut": "EN_RETARD"}, {"en_retard"}),
        ({"statut": ["EN_RETARD", "REALISEE"]}, {"en_retard", "realisee"}),
        ({"en_retard": "true"}, {"en_retard"}),
        ({"en_retard": "false"}, {"en_cours", "realisee", "sans_date"}),
        ({"sans_pilote": "true"}, {"en_cours", "realisee", "sans_date"}),
        ({"sans_pilote": "false"}, {"en_retard"}),
        ({"sans_echeance": "true"}, {"sans_date"}),
        ({"sans_echeance": "false"}, {"en_cours", "en_retard", "realisee"}),
        ({"echeance_avant": "2025-12-31"}, {"en_retard", "realisee"}),
        ({"echeance_apres": "2026-01-01"}, {"en_cours"}),
        ({"theme": "prevention"}, {"en_cours"}),
        ({"recherche": "brehat"}, {"en_cours"}),
        ({"recherche": "9.9"}, {"realisee"}),
        ({"region": "53"}, {"en_cours", "en_retard", "realisee", "sans_date"}),
        ({"region": "76"}, set()),
    ],
)
def test_les_actions_se_filtrent(
    plan: dict[str, str], filtres: dict[str, Any], trouvees: set[str]
) -> None:
    assert ids(Client(), "actions/", **filtres) == {plan[nom] for nom in trouvees}


def test_les_actions_d_une_organisation_pilote_ou_associee(plan: dict[str, str]) -> None:
    acteur = str(Action.objects.get(pk=plan["en_retard"]).pilote_id)

    assert ids(Client(), "actions/", pilote=acteur) == {plan["en_retard"]}
    assert ids(Client(), "actions/", acteur=acteur) == {plan["en_retard"], plan["realisee"]}


def test_un_indicateur_public_ne_revele_pas_une_action_interne(contrat: Contrat) -> None:
    publique = ActionFactory(contrat=contrat)
    interne = ActionFactory(contrat=contrat, interne=True)
    indicateur = IndicateurFactory(contrat=contrat, actions=[publique, interne])

    assert lire(Client(), f"indicateurs/{indicateur.pk}/")["actions"] == [str(publique.pk)]
