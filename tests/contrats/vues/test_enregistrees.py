"""Garder une vue, la partager, la renommer, la supprimer : chacun les siennes."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats.models import VueEnregistree


@pytest.fixture
def vue(contrat, coordinatrice):
    return VueEnregistree.objects.create(
        contrat=contrat, proprietaire=coordinatrice, nom="En retard", parametres="en_retard=true"
    )


def test_enregistrer_garde_l_adresse_et_y_revient(client_de, lectrice, contrat):
    adresse = reverse("contrats:vue_ajouter", args=[contrat.pk])
    reponse = client_de(lectrice).post(
        f"{adresse}?vue=tableau&statut=BLOQUEE&page=2", {"nom": "Bloquées"}
    )
    gardee = VueEnregistree.objects.get()
    assert reponse.status_code == 303
    assert reponse.url.endswith("?vue=tableau&statut=BLOQUEE")
    assert (gardee.nom, gardee.parametres) == ("Bloquées", "vue=tableau&statut=BLOQUEE")
    assert gardee.proprietaire == lectrice


def test_une_vue_se_lit_en_lien_sur_le_plan(client_de, coordinatrice, action, contrat, vue):
    adresse = reverse("contrats:plan", args=[contrat.pk])
    page = BeautifulSoup(client_de(coordinatrice).get(adresse).content, "html.parser")
    assert page.find("a", string="En retard", href=f"{adresse}?en_retard=true")


def test_deux_vues_d_une_personne_n_ont_pas_le_meme_nom(client_de, coordinatrice, contrat, vue):
    reponse = client_de(coordinatrice).post(
        reverse("contrats:vue_ajouter", args=[contrat.pk]), {"nom": "En retard"}
    )
    assert reponse.status_code == 422
    assert "déjà une vue de ce nom" in reponse.content.decode()


def test_une_adresse_trop_longue_est_refusee_avec_le_remede(client_de, lectrice, contrat):
    adresse = reverse("contrats:vue_ajouter", args=[contrat.pk])
    reponse = client_de(lectrice).post(f"{adresse}?recherche={'a' * 1000}", {"nom": "Longue"})
    assert reponse.status_code == 422
    assert "trop de filtres" in reponse.content.decode()


def test_partager_demande_de_pouvoir_modifier_le_plan(client_de, lectrice, contrat):
    adresse = reverse("contrats:vue_ajouter", args=[contrat.pk])
    client_de(lectrice).post(adresse, {"nom": "Mienne", "est_partagee": "on"})
    assert not VueEnregistree.objects.get().est_partagee


def test_une_vue_partagee_se_voit_mais_ne_se_change_que_par_qui_l_a_faite(
    client_de, lectrice, voisine, coordinatrice, contrat, vue
):
    modifier = reverse("contrats:vue_modifier", args=[vue.pk])
    supprimer = reverse("contrats:vue_supprimer", args=[vue.pk])
    assert client_de(lectrice).get(modifier).status_code == 404
    reponse = client_de(coordinatrice).post(modifier, {"nom": "Retards", "est_partagee": "on"})
    assert reponse.status_code == 303
    for adresse in (modifier, supprimer):
        assert client_de(lectrice).get(adresse).status_code == 403
        assert client_de(lectrice).post(adresse, {"nom": "X"}).status_code == 403
        assert client_de(voisine).get(adresse).status_code == 404
    page = client_de(lectrice).get(reverse("contrats:vues", args=[contrat.pk]))
    assert "Retards" in page.content.decode()


def test_supprimer_demande_confirmation(client_de, coordinatrice, vue):
    client, adresse = client_de(coordinatrice), reverse("contrats:vue_supprimer", args=[vue.pk])
    assert client.get(adresse).status_code == 200
    assert VueEnregistree.objects.exists()
    assert client.post(adresse).status_code == 303
    assert not VueEnregistree.objects.exists()
