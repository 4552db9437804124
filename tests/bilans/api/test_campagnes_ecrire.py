"""Mener une campagne par l’API : les mêmes gestes et les mêmes refus que la page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee, Utilisateur
from bilans.models import Campagne
from contrats.models import Contrat
from tests.appuis.api import outil, pointeurs, probleme
from tests.bilans.api.appuis import envoyer, version
from tests.factories import CampagneFactory, RappelCampagneFactory

CORPS = {
    "annee": 2025,
    "ouvre_le": "2026-03-12",
    "remise_le": "2026-06-30",
    "rappels": [10, 30, 10],
}


@pytest.fixture
def siege(agent_ars: Utilisateur, contrat: Contrat) -> Client:
    return outil(agent_ars, nom="Tableau de l’agence")


def test_le_siege_ouvre_change_prolonge_et_retire_celle_de_sa_region(siege: Client) -> None:
    ouverte = envoyer(siege, "post", "campagnes/", {**CORPS, "region": "53"})
    assert ouverte.status_code == 201, ouverte.content.decode()
    chemin = f"campagnes/{ouverte.json()['id']}/"
    assert ouverte["Location"].endswith(chemin)
    assert (ouverte.json()["moment"], ouverte.json()["rappels"]) == ("ECRITURE", [30, 10])
    campagne = Campagne.objects.get()
    assert (campagne.region_id, campagne.modifie_via) == ("53", "api:Tableau de l’agence")

    change = envoyer(siege, "patch", chemin, {"message": "Bon courage."}, ouverte["ETag"])
    assert (change.status_code, change.json()["message"]) == (200, "Bon courage.")
    assert change.json()["rappels"] == [30, 10], "ce que l’on ne dit pas ne change pas"

    prolongee = envoyer(siege, "post", f"{chemin}prolonger/", {"remise_le": "2026-07-31"})
    assert (prolongee.status_code, prolongee.json()["remise_le"]) == (200, "2026-07-31")

    assert envoyer(siege, "delete", chemin, {}, version(siege, chemin)).status_code == 204
    assert not Campagne.objects.exists()


def test_la_coordination_ouvre_celle_de_son_contrat(
    coordinatrice: Utilisateur, contrat: Contrat
) -> None:
    corps = {**CORPS, "contrat": str(contrat.pk)}
    assert envoyer(outil(coordinatrice), "post", "campagnes/", corps).status_code == 201
    assert Campagne.objects.get().contrat == contrat


@pytest.mark.parametrize(
    ("autres", "champ", "phrase"),
    [
        ({"remise_le": "2026-03-01"}, "/remise_le", "La date de remise suit l’ouverture."),
        (
            {"correction_debut": "2026-06-01", "correction_fin": "2026-07-01"},
            "/correction_debut",
            "Les corrections commencent après la date de remise, et ont un début et une fin.",
        ),
        ({"correction_debut": "2026-07-10"}, "/correction_debut", "un début et une fin"),
        ({"rappels": [200]}, "/rappels", "Un rappel partirait avant l’ouverture"),
        ({"rappels": [400]}, "/rappels/0", "365 jours avant au plus."),
        ({"rappels": [1, 2, 3, 4, 5, 6, 7]}, "/rappels", "6 rappels au plus."),
        ({"annee": 2012}, "/annee", "Choisissez 2024, 2025 ou 2026."),
        ({"ouvre_le": "2024-12-01"}, "/ouvre_le", "Le bilan 2025 s’écrit à partir du"),
        ({"message": "x" * 2001}, "/message", "2000"),
        ({"couleur": "bleu"}, "/couleur", "Champ inconnu"),
        ({"contrat": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10"}, "/contrat", ""),
    ],
)
def test_un_refus_dit_la_phrase_de_la_page_sur_le_champ_en_cause(
    siege: Client, autres: dict[str, Any], champ: str, phrase: str
) -> None:
    corps = probleme(envoyer(siege, "post", "campagnes/", {**CORPS, "region": "53", **autres}), 400)
    assert pointeurs(corps) == {champ}
    assert phrase in corps["errors"][0]["message"]
    assert not Campagne.objects.exists()


def test_une_seconde_la_meme_annee_est_refusee_sur_l_annee(siege: Client) -> None:
    CampagneFactory()
    corps = probleme(envoyer(siege, "post", "campagnes/", {**CORPS, "region": "53"}), 400)
    assert pointeurs(corps) == {"/annee"}
    assert "existe déjà pour la région" in corps["errors"][0]["message"]


@pytest.mark.parametrize("deux", [True, False])
def test_une_campagne_est_d_une_region_ou_d_un_contrat(
    siege: Client, contrat: Contrat, deux: bool
) -> None:
    territoires = {"region": "53", "contrat": str(contrat.pk)} if deux else {}
    corps = probleme(envoyer(siege, "post", "campagnes/", {**CORPS, **territoires}), 400)
    assert "l’un des deux" in corps["errors"][0]["message"]


def test_une_version_depassee_ne_change_rien_et_montre_la_campagne(siege: Client) -> None:
    campagne = CampagneFactory()
    chemin = f"campagnes/{campagne.pk}/"
    probleme(envoyer(siege, "patch", chemin, {"message": "Sans version"}), 428)
    refus = probleme(envoyer(siege, "patch", chemin, {"message": "Tard"}, '"7"'), 412)
    assert refus["actuel"]["id"] == str(campagne.pk)
    corps = {"remise_le": "2026-05-31", "version": 7}
    probleme(envoyer(siege, "post", f"{chemin}prolonger/", corps), 412)
    campagne.refresh_from_db()
    assert (campagne.message, campagne.remise_le) == ("", date(2026, 3, 31))


def test_on_ne_prolonge_que_plus_tard(siege: Client) -> None:
    chemin = f"campagnes/{CampagneFactory().pk}/prolonger/"
    corps = probleme(envoyer(siege, "post", chemin, {"remise_le": "2026-03-01"}), 400)
    assert "Choisissez une date après le 31" in corps["errors"][0]["message"]


def test_une_campagne_qui_a_rappele_ne_se_retire_plus(siege: Client) -> None:
    campagne = RappelCampagneFactory().campagne
    chemin = f"campagnes/{campagne.pk}/"
    refus = probleme(envoyer(siege, "delete", chemin, {}, version(siege, chemin)), 409)
    assert "ne se retire plus" in refus["detail"]


def test_la_delegation_ouvre_celle_d_un_contrat_et_pas_celle_de_la_region(
    agent_dd: Utilisateur, contrat: Contrat
) -> None:
    client = outil(agent_dd)
    refus = probleme(envoyer(client, "post", "campagnes/", {**CORPS, "region": "53"}), 403)
    assert "se mène au siège" in refus["detail"]
    corps = {**CORPS, "contrat": str(contrat.pk)}
    assert envoyer(client, "post", "campagnes/", corps).status_code == 201


def test_un_jeton_sans_la_portee_des_bilans_ne_mene_rien(agent_ars: Utilisateur) -> None:
    client = outil(agent_ars, Portee.LECTURE, Portee.ECRITURE_CONTRATS)
    refus = probleme(envoyer(client, "post", "campagnes/", {**CORPS, "region": "53"}), 403)
    assert "ECRITURE_BILANS" in refus["detail"]
