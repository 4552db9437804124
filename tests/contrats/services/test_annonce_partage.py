"""Proposer une fiche écrit à la coordination de l’autre contrat, une fois, et à elle seule."""

import pytest
from django.core import mail
from django.urls import reverse

from acteurs.droits import Role
from cls_platform.socle.models import EtatTravail
from contrats.models import Action, PartageAction
from contrats.services.annonce_partage import TACHE, annonce_de, annoncer
from contrats.services.partages import proposer_partage, refuser_partage, retirer_partage
from contrats.tasks import TACHE_PAR_GENRE
from tests.factories import ActionFactory, ParticipationFactory, UtilisateurFactory


@pytest.fixture
def interne(contrat, axe) -> Action:
    return ActionFactory(contrat=contrat, axe=axe, interne=True, titre="Un relais commun")


@pytest.fixture
def proposer(interne, autre_contrat, coordinatrice):
    def faire(message: str = "Menons-la ensemble.") -> PartageAction:
        return proposer_partage(
            action=interne, contrat=autre_contrat, message=message, par=coordinatrice
        )

    return faire


def participante(contrat, role=Role.COORDINATEUR, **compte):
    personne = UtilisateurFactory(**compte)
    ParticipationFactory(contrat=contrat, utilisateur=personne, role=role)
    return personne


def envoyees(partage) -> list:
    annoncer(travail_id=annonce_de(partage).pk)
    return mail.outbox


def test_chaque_coordination_recoit_son_courriel_et_personne_d_autre(
    proposer, voisine, autre_contrat
):
    seconde = participante(autre_contrat)
    for role in (Role.PILOTE, Role.ELU, Role.LECTEUR, Role.PARTENAIRE):
        participante(autre_contrat, role)
    participante(autre_contrat, is_active=False)
    destinataires = [message.to for message in envoyees(proposer())]
    assert sorted(destinataires) == sorted([[voisine.email], [seconde.email]])


def test_le_courriel_dit_qui_quoi_ou_repondre_et_a_qui_ecrire(
    proposer, voisine, coordinatrice, contrat, autre_contrat
):
    partage = proposer("Un <b>message</b> & =cmd()")
    (message,) = envoyees(partage)
    assert message.subject == f"{contrat.nom} : une action proposée à votre plan"
    assert message.reply_to == [contrat.courriel_contact]
    for attendu in (
        coordinatrice.nom_complet,
        autre_contrat.nom,
        "« Un relais commun »",
        "Un <b>message</b> & =cmd()",
        f"https://cls.exemple.fr{reverse('contrats:partage', args=[partage.pk])}",
    ):
        assert attendu in message.body
    assert coordinatrice.email not in message.body


def test_le_nom_manquant_de_qui_propose_n_est_pas_remplace_par_son_adresse(
    proposer, voisine, coordinatrice, contrat
):
    type(coordinatrice).objects.filter(pk=coordinatrice.pk).update(prenom="", nom="")
    (message,) = envoyees(proposer())
    assert coordinatrice.email not in message.body
    assert f"La coordination de {contrat.nom}" in message.body


def test_la_tache_rejouee_n_ecrit_pas_deux_fois(proposer, voisine):
    partage = proposer()
    assert len(envoyees(partage)) == 1
    assert len(envoyees(partage)) == 1
    assert annonce_de(partage).etat == EtatTravail.FAIT
    assert TACHE_PAR_GENRE[annonce_de(partage).genre] == TACHE


def test_une_proposition_qui_n_attend_plus_n_est_plus_annoncee(proposer, voisine):
    partage = proposer()
    refuser_partage(partage=partage, par=voisine)
    assert envoyees(partage) == []
    assert "n’attend plus de réponse" in annonce_de(partage).message


def test_une_fiche_reservee_entre_temps_n_est_pas_nommee(proposer, voisine, interne):
    partage = proposer()
    Action.objects.filter(pk=interne.pk).update(est_restreinte=True)
    assert envoyees(partage) == []
    assert annonce_de(partage).etat == EtatTravail.ECHEC


def test_qui_coordonne_aussi_l_autre_contrat_ne_s_ecrit_pas(proposer, coordinatrice, autre_contrat):
    ParticipationFactory(contrat=autre_contrat, utilisateur=coordinatrice, role=Role.COORDINATEUR)
    assert annonce_de(proposer()) is None


def test_proposer_retirer_reproposer_n_ecrit_qu_une_fois_par_jour(proposer, voisine, coordinatrice):
    premiere = proposer()
    retirer_partage(partage=premiere, par=coordinatrice)
    assert annonce_de(premiere) is not None
    assert annonce_de(proposer()) is None


def test_la_page_dit_si_un_courriel_part(client_de, coordinatrice, interne, autre_contrat, voisine):
    autre_contrat.est_public = True
    autre_contrat.save()
    client = client_de(coordinatrice)
    adresse = reverse("contrats:action_partager", args=[interne.pk])
    reponse = client.post(adresse, {"contrat": autre_contrat.pk, "message": ""}, follow=True)
    assert "reçoit un courriel" in reponse.content.decode()
    PartageAction.objects.all().delete()
    autre_contrat.participations.all().delete()
    reponse = client.post(adresse, {"contrat": autre_contrat.pk, "message": ""}, follow=True)
    assert "prévenez-la vous-même" in reponse.content.decode()
