"""Les campagnes dans l’API : leurs dates pour qui les suit, le tableau pour qui pilote."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Utilisateur
from bilans.models import Campagne
from contrats.models import Contrat
from tests.appuis.api import RACINE, ids, lire, outil, pointeurs, probleme
from tests.factories import BilanFactory, CampagneFactory, ContratFactory

LISTE = "avancement-bilans/"


@pytest.fixture
def campagne(contrat: Contrat) -> Campagne:
    return CampagneFactory(avec_corrections=True)


def test_une_campagne_dit_ses_dates_ses_rappels_et_ou_elle_en_est(
    campagne: Campagne, agent_ars: Utilisateur
) -> None:
    lu = lire(outil(agent_ars), f"campagnes/{campagne.pk}/")
    assert lu["moment"] == "ECRITURE"
    assert (lu["region"], lu["contrat"], lu["annee"]) == ("53", None, 2025)
    assert (lu["ouvre_le"], lu["remise_le"]) == ("2026-02-01", "2026-03-31")
    assert lu["rappels"] == [30, 10, 2]


def test_la_coordination_lit_celle_de_sa_region_la_voisine_aucune(
    campagne: Campagne, coordinatrice: Utilisateur, voisine: Utilisateur
) -> None:
    assert ids(outil(coordinatrice), "campagnes/") == {str(campagne.pk)}
    assert ids(outil(voisine), "campagnes/") == set()
    probleme(outil(voisine).get(f"{RACINE}campagnes/{campagne.pk}/"), 404)
    assert lire(Client(), "campagnes/")["count"] == 0


def test_les_campagnes_se_filtrent(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    sienne = CampagneFactory(
        du_contrat=True, contrat=contrat, annee=2024, ouvre_le=date(2025, 1, 1),
        remise_le=date(2025, 3, 1),
    )  # fmt: skip
    client = outil(agent_ars)
    assert ids(client, "campagnes/", contrat=str(contrat.pk)) == {str(sienne.pk)}
    assert ids(client, "campagnes/", region="53", annee=2025) == {str(campagne.pk)}
    assert ids(client, "campagnes/", ouverte_le="2026-04-20") == {str(campagne.pk)}
    assert ids(client, "campagnes/", ouverte_le="2026-04-10") == set()


def test_le_tableau_dit_ou_en_est_chaque_contrat(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    bilan = BilanFactory(contrat=contrat, annee=2025, statut="VALIDE")
    ContratFactory(signe=True, nom="Autre contrat")
    client = outil(agent_ars)
    (lu,) = lire(client, LISTE, campagne=str(campagne.pk), etape="VALIDE")["results"]
    assert lu["derniere_activite_le"].endswith("Z")
    assert lu | {"derniere_activite_le": None} == {
        "contrat": str(contrat.pk),
        "nom": contrat.nom,
        "departement": "29",
        "etape": "VALIDE",
        "bilan": str(bilan.pk),
        "edition": 1,
        "correction": None,
        "remise_le": "2026-03-31",
        "a_ses_dates": False,
        "jours": 19,
        "est_en_retard": False,
        "publie_le": None,
        "avis": {"demandes": 0, "attendus": 0, "en_retard": 0},
        "derniere_activite_le": None,
        "coordination": [],
    }
    assert lire(client, LISTE, campagne=str(campagne.pk))["count"] == 2


@pytest.mark.parametrize(
    ("filtres", "pointeur"),
    [({}, "campagne"), ({"campagne": "x"}, "campagne"), ({"etape": "FAUX"}, "etape"),
     ({"couleur": "bleu"}, "couleur")],
)  # fmt: skip
def test_une_question_mal_posee_est_nommee(
    campagne: Campagne, agent_ars: Utilisateur, filtres: dict[str, Any], pointeur: str
) -> None:
    voulus = (
        filtres if "campagne" in filtres or not filtres else {"campagne": campagne.pk} | filtres
    )
    corps = probleme(outil(agent_ars).get(f"{RACINE}{LISTE}", voulus), 400)
    assert any(pointeur in lu for lu in pointeurs(corps))


def test_le_tableau_est_a_l_agence(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, voisine: Utilisateur,
    agent_dd: Utilisateur,
) -> None:  # fmt: skip
    voulu = {"campagne": campagne.pk}
    probleme(Client().get(f"{RACINE}{LISTE}", voulu), 401)
    probleme(outil(coordinatrice).get(f"{RACINE}{LISTE}", voulu), 403)
    probleme(outil(voisine).get(f"{RACINE}{LISTE}", voulu), 404)
    ContratFactory(signe=True, epci="243500659")
    assert lire(outil(agent_dd), LISTE, **voulu)["count"] == 1


def test_le_nombre_de_requetes_est_fixe(
    campagne: Campagne, agent_ars: Utilisateur, exiger_requetes_plates: Callable[..., int]
) -> None:
    client = outil(agent_ars)

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            BilanFactory(contrat=ContratFactory(signe=True), annee=2025)

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: lire(client, LISTE, campagne=str(campagne.pk))
    )
