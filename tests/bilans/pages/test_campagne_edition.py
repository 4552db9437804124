"""Ouvrir une campagne, la changer, la prolonger, la retirer : ce qui se refuse, à deux dessus."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Campagne
from contrats.models import Contrat
from tests.factories import (
    CampagneFactory,
)

DE_LA_REGION = reverse("bilans:campagnes", args=["53"])
OUVRIR = reverse("bilans:campagne_ouvrir", args=["53"])


@pytest.fixture
def agent(client_de: Callable[..., Client], agent_ars: Utilisateur) -> Client:
    return client_de(agent_ars)


def adresse(campagne: Campagne, quoi: str = "", *suite: str) -> str:
    nom = f"bilans:campagne_{quoi}" if quoi else "bilans:campagne"
    return reverse(nom, args=[campagne.pk, *suite])


def page(client: Client, chemin: str, **filtres: Any) -> str:
    return client.get(chemin, filtres).content.decode()


def saisie(**autres: str) -> dict[str, str]:
    return {
        "annee": "2025",
        "ouvre_le": "12/03/2026",
        "remise_le": "30/06/2026",
        "correction_debut": "",
        "correction_fin": "",
        "rappels": "30, 10 et 2",
        "message": "Bon courage.",
    } | autres


def test_du_pilotage_on_ouvre_une_campagne_en_trois_clics(agent: Client, contrat: Contrat) -> None:
    """Le rail, « Ouvrir une campagne », « Ouvrir la campagne » : tout est déjà rempli."""
    assert f'href="{DE_LA_REGION}"' in page(agent, reverse("contrats:pilotage", args=["53"]))
    form = agent.get(OUVRIR).context["form"]
    proposees = {nom: form[nom].value() for nom in form.fields}
    assert proposees == {
        "annee": 2025,
        "ouvre_le": date(2026, 3, 12),
        "remise_le": date(2026, 6, 10),
        "correction_debut": None,
        "correction_fin": None,
        "rappels": "30, 10, 2",
        "message": None,
    }
    donnees = saisie(remise_le="10/06/2026")
    reponse = agent.post(OUVRIR, donnees, follow=True)
    assert "La campagne des bilans 2025 est ouverte." in reponse.content.decode()
    assert Campagne.objects.get().rappels == [30, 10, 2]


def test_une_seconde_campagne_la_meme_annee_est_refusee_a_cote_de_l_annee(agent: Client) -> None:
    CampagneFactory()
    reponse = agent.post(OUVRIR, saisie())
    assert reponse.status_code == 422
    assert reponse.context["form"].errors["annee"] == [
        "La campagne de cette année existe déjà pour la région."
    ]
    assert agent.get(OUVRIR).context["form"]["annee"].value() == 2026


@pytest.mark.parametrize(
    ("autres", "champ", "phrase"),
    [
        ({"remise_le": "01/03/2026"}, "remise_le", "suit l’ouverture"),
        ({"remise_le": "31/02/2026"}, "remise_le", "31 février n’existe pas"),
        (
            {"correction_debut": "01/06/2026", "correction_fin": "01/07/2026"},
            "correction_debut",
            "après la date de remise",
        ),
        ({"rappels": "dix"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "-3"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "٣"}, "rappels", "Écrivez des nombres de jours"),
        ({"rappels": "400"}, "rappels", "365 jours avant au plus"),
        ({"rappels": "200"}, "rappels", "avant l’ouverture"),
        ({"annee": "2012"}, "annee", ""),
        ({"message": "x" * 2001}, "message", "2000"),
    ],
)
def test_ce_qui_est_tape_revient_avec_la_phrase_a_cote_du_champ(
    agent: Client, autres: dict[str, str], champ: str, phrase: str
) -> None:
    reponse = agent.post(OUVRIR, saisie(**autres))
    assert reponse.status_code == 422
    erreurs = reponse.context["form"].errors
    assert list(erreurs) == [champ]
    assert phrase in erreurs[champ][0]
    assert "Bon courage." in reponse.content.decode() or champ == "message"
    assert not Campagne.objects.exists()


def test_sans_rappel_la_campagne_s_ouvre_aussi(agent: Client) -> None:
    agent.post(OUVRIR, saisie(rappels=""))
    assert Campagne.objects.get().rappels == []


def test_prolonger_repousse_la_remise_et_le_dit(agent: Client) -> None:
    campagne = CampagneFactory()
    donnees = {"remise_le": "30/04/2026", "version": "1"}
    lue = agent.post(adresse(campagne, "prolonger"), donnees, follow=True).content.decode()
    assert "Remise repoussée au 30\u00a0avril 2026." in lue
    assert "Qui a changé ces dates" in lue
    refus = agent.post(adresse(campagne, "prolonger"), {"remise_le": "01/03/2026", "version": "2"})
    assert refus.status_code == 422
    assert "Choisissez une date après le 30\u00a0avril 2026" in refus.content.decode()


def test_deux_personnes_sur_la_meme_date_voient_les_deux_versions(
    agent: Client, administratrice: Utilisateur, client_de: Callable[..., Client]
) -> None:
    campagne = CampagneFactory(contrat=None)
    agent.post(adresse(campagne, "prolonger"), {"remise_le": "30/04/2026", "version": "1"})
    autre = client_de(administratrice)
    reponse = autre.post(
        adresse(campagne, "prolonger"), {"remise_le": "15/05/2026", "version": "1"}
    )
    assert reponse.status_code == 409
    lue = reponse.content.decode()
    assert "15/05" in lue.replace("</ins>", "").replace("<ins>", "")
    campagne.refresh_from_db()
    assert campagne.remise_le == date(2026, 4, 30)


def test_modifier_reunit_ce_que_deux_personnes_ont_change_chacune(
    agent: Client, administratrice: Utilisateur, client_de: Callable[..., Client]
) -> None:
    campagne = CampagneFactory()
    depart = saisie(ouvre_le="01/02/2026", remise_le="31/03/2026", rappels="30, 10, 2", message="")
    agent.post(adresse(campagne, "modifier"), depart | {"version": "1", "rappels": "10"})
    client_de(administratrice).post(
        adresse(campagne, "modifier"), depart | {"version": "1", "message": "Bonjour."}
    )
    campagne.refresh_from_db()
    assert (campagne.rappels, campagne.message) == ([10], "Bonjour.")
    refus = client_de(administratrice).post(
        adresse(campagne, "modifier"), depart | {"version": "1", "message": "Autre."}
    )
    assert refus.status_code == 409


def test_retirer_demande_confirmation_puis_ramene_a_la_region(agent: Client) -> None:
    campagne = CampagneFactory()
    assert "Les bilans restent tels quels." in page(agent, adresse(campagne, "retirer"))
    reponse = agent.post(adresse(campagne, "retirer"))
    assert (reponse.status_code, reponse["Location"]) == (303, DE_LA_REGION)
    assert not Campagne.objects.exists()
