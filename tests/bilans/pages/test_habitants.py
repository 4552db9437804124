"""Réagir et s’abonner : des formulaires sans compte, un piège, un débit, une confirmation."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from bilans.models import Abonnement, Reaction
from contrats.models import Contrat
from tests.appuis.pages import lire, soupe
from tests.factories import ActionFactory, BilanFactory
from tests.factories.habitants import ReactionFactory


@pytest.fixture
def adresse(action: Any) -> str:
    return reverse("bilans:reagir_action", args=[action.pk])


def test_un_message_arrive_et_la_page_le_confirme(
    client: Client, adresse: str, action: Any
) -> None:
    reponse = client.post(adresse, {"texte": "Et le soir ?", "courriel": ""}, follow=True)
    assert soupe(reponse).h1.get_text() == "Merci, votre message est arrivé"
    recue = Reaction.objects.get()
    assert (recue.action, recue.contrat, recue.modifie_par) == (action, action.contrat, None)


def test_un_message_vide_revient_avec_sa_raison_et_l_adresse_tapee(
    client: Client, adresse: str
) -> None:
    reponse = client.post(adresse, {"texte": "", "courriel": "moi@exemple.fr"})
    assert reponse.status_code == 422
    page = soupe(reponse)
    assert page.select_one(".resume-erreurs")
    assert page.select_one("[name=courriel]")["value"] == "moi@exemple.fr"


def test_un_robot_qui_remplit_le_piege_croit_avoir_reussi(client: Client, adresse: str) -> None:
    reponse = client.post(adresse, {"texte": "Achetez", "site": "http://x"}, follow=True)
    assert "Merci" in soupe(reponse).h1.get_text()
    assert not Reaction.objects.exists()


def test_le_piege_n_est_ni_au_clavier_ni_lu(client: Client, adresse: str) -> None:
    piege = lire(client, adresse).select_one("[name=site]")
    assert piege["tabindex"] == "-1"
    assert piege.find_parent(attrs={"aria-hidden": "true"})


@override_settings(DEBIT_REACTIONS="2/h")
def test_au_dela_du_debit_le_texte_reste_a_l_ecran(client: Client, adresse: str) -> None:
    for _ in range(2):
        client.post(adresse, {"texte": "Un message"})
    reponse = client.post(adresse, {"texte": "Un message de trop"})
    assert reponse.status_code == 429
    assert int(reponse["Retry-After"]) > 0
    assert "Un message de trop" in soupe(reponse).select_one("[name=texte]").get_text()
    assert Reaction.objects.count() == 2


def test_on_ne_reagit_ni_a_une_fiche_interne_ni_a_un_contrat_ferme(
    client: Client, contrat: Contrat, autre_action: Any
) -> None:
    interne = ActionFactory(contrat=contrat, est_publique=False)
    for action in (interne, autre_action):
        for nom in ("reagir_action", "action_publique"):
            assert client.get(reverse(f"bilans:{nom}", args=[action.pk])).status_code == 404


def test_une_reaction_publiee_et_sa_reponse_se_lisent_sous_l_action(
    client: Client, contrat: Contrat, action: Any
) -> None:
    ReactionFactory(contrat=contrat, action=action, repondue=True, texte="Et le soir ?")
    ReactionFactory(contrat=contrat, action=action, texte="Encore à lire")
    page = lire(client, reverse("bilans:action_publique", args=[action.pk]))
    texte = page.select_one("#reactions").get_text()
    assert "Et le soir" in texte
    assert "rouvre en mai" in texte
    assert "Encore à lire" not in texte


def test_une_reaction_hostile_reste_du_texte(client: Client, contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    ReactionFactory(contrat=contrat, bilan=bilan, publiee=True, texte=hostile)
    page = lire(client, reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee]))
    mot = page.select_one(".mot-d-habitant")
    assert "alert(1)" in mot.get_text()
    assert not mot.find(["script", "img"])


@override_settings(DEBIT_ABONNEMENTS="1/h")
def test_les_demandes_d_abonnement_sont_limitees(client: Client, contrat: Contrat) -> None:
    adresse = reverse("bilans:suivre", args=[contrat.slug])
    assert client.post(adresse, {"courriel": "a@exemple.fr"}).status_code == 302
    assert client.post(adresse, {"courriel": "b@exemple.fr"}).status_code == 429
    assert Abonnement.objects.count() == 1


# Lire, dans l’espace


def test_la_coordination_voit_ce_qui_attend_et_publie_d_un_geste(
    client_de: Any, coordinatrice: Any, contrat: Contrat
) -> None:
    reaction = ReactionFactory(contrat=contrat, texte="À lire d’abord")
    ReactionFactory(contrat=contrat, publiee=True)
    client = client_de(coordinatrice)
    page = lire(client, reverse("bilans:reactions", args=[contrat.pk]))
    assert "À lire d’abord" in page.select(".reaction")[0].get_text()
    client.post(reverse("bilans:moderer", args=[reaction.pk]), {"etat": "PUBLIEE", "version": 1})
    reaction.refresh_from_db()
    assert reaction.etat == "PUBLIEE"


def test_deux_reponses_en_meme_temps_se_lisent_cote_a_cote(
    client_de: Any, coordinatrice: Any, elue: Any, contrat: Contrat
) -> None:
    reaction = ReactionFactory(contrat=contrat)
    adresse = reverse("bilans:repondre", args=[reaction.pk])
    client_de(elue).post(adresse, {"reponse": "Celle de l’élue", "version": 1})
    reponse = client_de(coordinatrice).post(adresse, {"reponse": "La mienne", "version": 1})
    assert reponse.status_code == 409
    versions = soupe(reponse).select_one(".versions").get_text()
    assert "La mienne" in versions
    assert "Celle de l’élue" in versions


def test_lire_les_messages_ne_coute_pas_plus_de_requetes(
    client_de: Any, coordinatrice: Any, contrat: Contrat, exiger_requetes_plates: Any
) -> None:
    client = client_de(coordinatrice)
    action = ActionFactory(contrat=contrat)
    exiger_requetes_plates(
        peupler=lambda n: ReactionFactory.create_batch(n, contrat=contrat, action=action),
        lire=lambda: client.get(reverse("bilans:reactions", args=[contrat.pk])),
    )
