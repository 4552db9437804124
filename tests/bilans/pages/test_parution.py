"""La page d’un bilan publié dit où en est son annonce, à qui le publie et à personne d’autre."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from bilans.models import Bilan, EnvoiParution, EtatEnvoi, MotifEnvoi
from bilans.services import annonce_bilan
from tests.factories import BilanFactory
from tests.factories.habitants import AbonnementFactory


@pytest.fixture
def paru(contrat) -> Bilan:
    return BilanFactory(contrat=contrat, publie=True, annee=2025)


@pytest.fixture
def annonce(contrat, paru, coordinatrice):
    """Quatorze abonnés ; le travail attend."""
    AbonnementFactory.create_batch(14, contrat=contrat)
    return annonce_bilan.demander_annonce(bilan=paru, par=coordinatrice)


def panneau(client, bilan: Bilan):
    page = client.get(reverse("bilans:bilan", args=[bilan.pk]))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").find(id="parution")


def dit(trouve) -> str:
    return " ".join(trouve.get_text(" ", strip=True).split())


def poser(nombre: int, **valeurs: object) -> None:
    restent = EnvoiParution.objects.filter(etat=EtatEnvoi.A_ENVOYER, motif="").order_by("pk")
    cles = list(restent.values_list("pk", flat=True)[:nombre])
    EnvoiParution.objects.filter(pk__in=cles).update(**valeurs)


def test_la_coordination_lit_combien_de_courriels_sont_partis(
    client_de, paru, annonce, coordinatrice
):
    poser(12, etat=EtatEnvoi.PARTI)
    trouve = panneau(client_de(coordinatrice), paru)
    assert "12 courriels partis sur 14" in dit(trouve)
    assert trouve["hx-get"] == reverse("bilans:parution", args=[paru.pk])
    assert trouve.find("progress")["value"] == "85"


def test_l_annonce_finie_ne_se_rafraichit_plus(client_de, paru, annonce, coordinatrice):
    annonce_bilan.annoncer_bilan(travail_id=annonce.pk)
    trouve = panneau(client_de(coordinatrice), paru)
    assert "14 courriels partis sur 14, annonce finie le 12 mars 2026" in dit(trouve)
    assert not trouve.has_attr("hx-get")
    fragment = client_de(coordinatrice).get(reverse("bilans:parution", args=[paru.pk]))
    assert dit(BeautifulSoup(fragment.content, "html.parser")) == dit(trouve)


def test_un_serveur_en_panne_se_dit_avec_l_heure_du_prochain_essai(
    client_de, paru, annonce, coordinatrice
):
    demain = timezone.now() + timedelta(days=1)
    poser(14, motif=MotifEnvoi.SERVEUR, tentatives=5, prochain_le=demain)
    lu = dit(panneau(client_de(coordinatrice), paru))
    assert "14 courriels attendent : le serveur de courriel n’a pas répondu" in lu
    assert "Prochain essai le 13 mars 2026 à 11 h 00" in lu


def test_un_refus_dit_de_quelle_sorte_et_se_renvoie(client_de, paru, annonce, coordinatrice):
    poser(2, etat=EtatEnvoi.REFUSE, motif=MotifEnvoi.ADRESSE)
    poser(1, etat=EtatEnvoi.REFUSE, motif=MotifEnvoi.SERVEUR)
    annonce_bilan.annoncer_bilan(travail_id=annonce.pk)
    client = client_de(coordinatrice)
    trouve = panneau(client, paru)
    assert "2 adresses refusées : boîte fermée" in dit(trouve)
    assert "1 courriel refusé : le serveur de courriel n’a rien pris" in dit(trouve)
    envoi = trouve.find("form")["action"]
    assert client.post(envoi).status_code == 303
    assert EnvoiParution.objects.filter(etat=EtatEnvoi.A_ENVOYER).count() == 3
    assert client.post(envoi, follow=True).status_code == 200


def test_une_page_publique_fermee_se_dit(client_de, contrat, paru, annonce, coordinatrice):
    type(contrat).objects.filter(pk=contrat.pk).update(est_public=False)
    assert "l’annonce attend qu’elle ouvre" in dit(panneau(client_de(coordinatrice), paru))


def test_sans_abonne_la_page_le_dit(client_de, paru, coordinatrice):
    assert "Aucun courriel à envoyer" in dit(panneau(client_de(coordinatrice), paru))


def test_oubliee_l_annonce_garde_ses_nombres(client_de, paru, annonce, coordinatrice):
    annonce_bilan.annoncer_bilan(travail_id=annonce.pk)
    annonce_bilan.oublier_les_envois(le=timezone.now() + timedelta(days=8))
    lu = dit(panneau(client_de(coordinatrice), paru))
    assert "14 courriels partis sur 14" in lu
    assert "il n’en reste que ces nombres" in lu


@pytest.mark.parametrize("personnage", ["agent_ars", "pilote", "partenaire", "lectrice"])
def test_qui_ne_publie_pas_n_en_voit_rien(request, client_de, paru, annonce, personnage):
    assert panneau(client_de(request.getfixturevalue(personnage)), paru) is None


def test_un_brouillon_n_a_pas_d_annonce(client_de, contrat, coordinatrice):
    brouillon = BilanFactory(contrat=contrat, annee=2025)
    assert panneau(client_de(coordinatrice), brouillon) is None
