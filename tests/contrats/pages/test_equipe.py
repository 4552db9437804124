"""L’équipe d’un contrat : la lire, inviter, retirer un rôle."""

import pytest
from django.core import mail
from django.urls import reverse

from acteurs.droits import Role
from tests.appuis.pages import soupe
from tests.factories import ParticipationFactory


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:equipe", args=[contrat.pk])


def test_toute_l_equipe_se_lit_sans_pouvoir_la_changer(client_de, lectrice, coordinatrice, adresse):
    page = soupe(client_de(lectrice).get(adresse))
    assert "Coline Coordonne" in page.text
    assert not page.select("form.panneau")


def test_inviter_envoie_un_lien_et_donne_le_role(
    client_de, coordinatrice, contrat, adresse, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client_de(coordinatrice).post(
            adresse,
            {"email": "nouvelle@exemple.fr", "prenom": "Nour", "nom": "Elle", "role": "PILOTE"},
        )
    assert mail.outbox[0].to == ["nouvelle@exemple.fr"]
    assert contrat.participations.get(utilisateur__email="nouvelle@exemple.fr").role == Role.PILOTE


def test_un_role_deja_tenu_se_dit_a_cote_de_l_adresse(client_de, coordinatrice, elue, adresse):
    reponse = client_de(coordinatrice).post(adresse, {"email": elue.email, "role": "ELU"})
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert page.select_one(".resume-erreurs a")["href"] == "#id_email"
    assert page.select_one("[name=email]")["value"] == elue.email


@pytest.mark.parametrize("personne", ["elue", "lectrice", "agent_ars"])
def test_qui_ne_gere_pas_l_equipe_ne_peut_pas_inviter(client_de, request, personne, adresse):
    client = client_de(request.getfixturevalue(personne))
    assert client.post(adresse, {"email": "x@exemple.fr", "role": "LECTEUR"}).status_code == 403


def test_la_voisine_ne_trouve_pas_l_equipe(client_de, voisine, adresse):
    assert client_de(voisine).get(adresse).status_code == 404


def test_retirer_un_role(client_de, coordinatrice, lectrice, contrat):
    participation = contrat.participations.get(utilisateur=lectrice)
    client_de(coordinatrice).post(reverse("contrats:equipe_retirer", args=[participation.pk]))
    assert not contrat.participations.filter(pk=participation.pk).exists()


def test_la_derniere_coordination_ne_se_retire_pas(client_de, coordinatrice, contrat):
    participation = contrat.participations.get(utilisateur=coordinatrice)
    reponse = client_de(coordinatrice).post(
        reverse("contrats:equipe_retirer", args=[participation.pk]), follow=True
    )
    assert "la seule personne à la coordination" in reponse.content.decode()
    assert contrat.participations.filter(pk=participation.pk).exists()


def test_le_nombre_de_requetes_ne_depend_pas_de_la_taille_de_l_equipe(
    client_de, coordinatrice, contrat, adresse, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: ParticipationFactory.create_batch(n, contrat=contrat, role=Role.LECTEUR),
        lire=lambda: client.get(adresse),
    )
