from datetime import date
from typing import Any

import pytest
from django.test import Client

from contrats.models import Contrat, Perimetre
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import ActionFactory, ContratFactory


def test_le_public_lit_les_contrats_publics(contrat: Contrat, autre_contrat: Contrat) -> None:
    assert ids(Client(), "contrats/") == {str(contrat.pk)}


def test_la_voisine_ne_voit_pas_un_contrat_en_preparation(
    autre_contrat: Contrat, coordinatrice: Any
) -> None:
    probleme(outil(coordinatrice).get(f"{RACINE}contrats/{autre_contrat.pk}/"), 404)


def test_l_agence_voit_les_contrats_de_sa_region_meme_fermes(
    contrat: Contrat, autre_contrat: Contrat, agent_ars: Any
) -> None:
    ferme = ContratFactory()

    assert ids(outil(agent_ars), "contrats/") == {str(contrat.pk), str(ferme.pk)}


def test_le_detail_donne_le_perimetre_les_parties_et_les_droits(
    contrat: Contrat, coordinatrice: Any
) -> None:
    lu = lire(outil(coordinatrice), f"contrats/{contrat.pk}/")

    assert lu["communes"] == sorted(lu["communes"])
    assert "29232" in lu["communes"]
    assert lu["nombre_communes"] == len(lu["communes"]) == 14
    assert {partie["role"] for partie in lu["parties"]} == {"PORTEUR", "COPILOTE"}
    assert "MODIFIER_CONTRAT" in lu["droits"]
    assert lu["phase_publique"] == "En action"


@pytest.mark.parametrize("qui", ["voisine", "anonyme"])
def test_qui_n_est_pas_du_contrat_n_y_a_aucun_droit(
    qui: str, contrat: Contrat, request: pytest.FixtureRequest
) -> None:
    personne = request.getfixturevalue(qui)
    client = outil(personne) if personne.is_authenticated else Client()

    assert lire(client, f"contrats/{contrat.pk}/")["droits"] == []


def test_une_lectrice_lit_et_ne_modifie_pas(contrat: Contrat, lectrice: Any) -> None:
    assert lire(outil(lectrice), f"contrats/{contrat.pk}/")["droits"] == [
        "LIRE_CONTRAT",
        "VOIR_COUVERTURE",
    ]


def test_une_commune_sortie_ne_compte_plus(contrat: Contrat) -> None:
    Perimetre.objects.filter(commune="29232").update(date_sortie=date(2026, 1, 1))

    lu = lire(Client(), f"contrats/{contrat.pk}/")

    assert "29232" not in lu["communes"]
    assert lu["nombre_communes"] == 13
    assert not ids(Client(), "contrats/", commune="29232")


@pytest.mark.parametrize(
    ("filtres", "trouve"),
    [
        ({"region": "53"}, True),
        ({"region": "76"}, False),
        ({"departement": "29"}, True),
        ({"departement": "31"}, False),
        ({"epci": "200068120"}, True),
        ({"commune": "29232"}, True),
        ({"phase": ["MISE_EN_OEUVRE", "CLOS"]}, True),
        ({"phase": "CLOS"}, False),
        ({"groupe": "signe"}, True),
        ({"groupe": "en_projet"}, False),
        ({"theme": "prevention"}, True),
        ({"theme": "sante_mentale"}, False),
        ({"recherche": "cornouaille"}, True),
        ({"recherche": "QUIMPER"}, True),
        ({"recherche": "marseille"}, False),
        ({"en_vigueur_le": "2026-03-12"}, True),
        ({"en_vigueur_le": "2023-03-12"}, False),
        ({"fin_avant": "2028-12-31"}, True),
        ({"fin_avant": "2028-12-30"}, False),
    ],
)
def test_un_contrat_se_filtre(contrat: Contrat, filtres: dict[str, Any], *, trouve: bool) -> None:
    ActionFactory(contrat=contrat, themes=["prevention"])

    assert (str(contrat.pk) in ids(Client(), "contrats/", **filtres)) is trouve


def test_un_theme_porte_par_une_action_interne_ne_se_devine_pas(contrat: Contrat) -> None:
    ActionFactory(contrat=contrat, interne=True, themes=["prevention"])

    assert not ids(Client(), "contrats/", theme="prevention")
