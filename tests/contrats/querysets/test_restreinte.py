"""Une fiche restreinte : lue par qui modifie le plan ou la pilote, et par personne d’autre."""

import pytest
from django.test import Client
from django.urls import reverse

from contrats.models import Action, DocumentAction
from tests.appuis.api import RACINE, outil
from tests.factories import DocumentActionFactory, UtilisateurFactory

LISENT = ["coordinatrice", "administratrice", "pilote"]
NE_LISENT_PAS = ["elue", "agent_ars", "agent_dd", "partenaire", "lectrice", "voisine"]


@pytest.fixture
def restreinte(action):
    action.est_restreinte, action.est_publique = True, False
    action.save()
    return action


@pytest.mark.parametrize("personnage", LISENT)
def test_qui_modifie_le_plan_ou_la_pilote_la_lit(request, restreinte, client_de, personnage):
    personne = request.getfixturevalue(personnage)
    assert restreinte in Action.objects.suivis_par(personne)
    assert restreinte in Action.objects.visibles_par(personne)
    adresse = reverse("contrats:action", args=[restreinte.pk])
    assert client_de(personne).get(adresse).status_code == 200


@pytest.mark.parametrize("personnage", NE_LISENT_PAS)
def test_les_autres_ne_la_trouvent_nulle_part(request, restreinte, client_de, personnage):
    personne = request.getfixturevalue(personnage)
    assert restreinte not in Action.objects.suivis_par(personne)
    assert restreinte not in Action.objects.visibles_par(personne)
    client = client_de(personne)
    assert client.get(reverse("contrats:action", args=[restreinte.pk])).status_code == 404
    assert outil(personne).get(f"{RACINE}actions/{restreinte.pk}/").status_code == 404


@pytest.mark.parametrize("personnage", [n for n in NE_LISENT_PAS if n != "voisine"])
def test_le_plan_ne_la_montre_pas(request, restreinte, client_de, personnage):
    client = client_de(request.getfixturevalue(personnage))
    for route in ("contrats:plan", "contrats:completude"):
        page = client.get(reverse(route, args=[restreinte.contrat_id]))
        assert restreinte.titre not in page.content.decode(), route


def test_meme_publique_par_erreur_elle_n_est_pas_dans_l_api_ouverte(restreinte):
    restreinte.est_publique = True
    restreinte.save()
    assert Client().get(f"{RACINE}actions/{restreinte.pk}/").status_code == 404


def test_ses_documents_la_suivent(restreinte, lectrice, pilote):
    document = DocumentActionFactory(action=restreinte)
    assert list(DocumentAction.objects.suivis_par(pilote)) == [document]
    assert not DocumentAction.objects.suivis_par(lectrice).exists()


def test_piloter_sans_suivre_le_contrat_ne_suffit_pas(restreinte, cpts):
    etranger = UtilisateurFactory(acteur=cpts)
    assert not Action.objects.visibles_par(etranger).exists()
