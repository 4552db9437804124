"""Une invitation ouvre un compte, une seule fois, pendant quatorze jours."""

import re
from datetime import date, timedelta

import pytest

from acteurs.models import Invitation, Utilisateur
from acteurs.services.invitations import (
    accepter_invitation,
    envoyer_invitation,
    invitation_ouverte,
    inviter,
)
from cls_platform.socle.erreurs import ErreurMetier
from tests.factories import InvitationFactory, UtilisateurFactory

ADRESSE = "nadia.nouvelle@exemple.fr"
MOT_DE_PASSE = "un-mot-de-passe-choisi"


def accepter(invitation: Invitation) -> Utilisateur:
    return accepter_invitation(
        invitation=invitation, mot_de_passe=MOT_DE_PASSE, prenom="Nadia", nom="Nouvelle"
    )


def test_le_lien_du_courriel_ouvre_l_invitation(
    coordinatrice, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        inviter(email=ADRESSE, contexte="Contrat d’essai", par=coordinatrice)
    (secret,) = re.findall(r"/compte/invitation/([\w-]+)/", mailoutbox[0].body)
    assert invitation_ouverte(secret).email == ADRESSE


def test_la_base_ne_garde_pas_le_secret(db):
    invitation = InvitationFactory()
    gardes = Invitation.objects.filter(pk=invitation.pk).values_list().get()
    assert invitation.secret not in [str(v) for v in gardes]


def test_accepter_donne_un_mot_de_passe_et_un_nom(db):
    personne = accepter(InvitationFactory())
    assert personne.check_password(MOT_DE_PASSE)
    assert personne.nom_complet == "Nadia Nouvelle"


def test_un_lien_ne_sert_qu_une_fois(db):
    invitation = InvitationFactory()
    accepter(invitation)
    assert invitation_ouverte(invitation.secret) is None
    with pytest.raises(ErreurMetier, match="déjà servi ou a expiré"):
        accepter(invitation)


def test_un_lien_expire_apres_quatorze_jours(db, a_la_date, aujourdhui):
    invitation = InvitationFactory()
    with a_la_date(aujourdhui + timedelta(days=13)):
        assert invitation_ouverte(invitation.secret)
    with a_la_date(aujourdhui + timedelta(days=15)):
        assert invitation_ouverte(invitation.secret) is None
        with pytest.raises(ErreurMetier):
            accepter(invitation)


def test_une_nouvelle_invitation_ferme_la_precedente(coordinatrice):
    ancienne = InvitationFactory()
    envoyer_invitation(utilisateur=ancienne.utilisateur, contexte="Essai", par=coordinatrice)
    assert invitation_ouverte(ancienne.secret) is None
    assert ancienne.utilisateur.invitations.ouvertes().count() == 1


def test_un_secret_inconnu_n_ouvre_rien(db):
    assert invitation_ouverte("inconnu") is None


def test_inviter_la_meme_adresse_en_majuscules_ne_cree_pas_de_second_compte(coordinatrice):
    premier = inviter(email=ADRESSE, contexte="Essai", par=coordinatrice)
    second = inviter(email=f"  {ADRESSE.upper()} ", contexte="Essai", par=coordinatrice)
    assert premier == second


def test_inviter_quelqu_un_qui_a_un_mot_de_passe_ne_change_pas_son_compte(coordinatrice):
    connue = UtilisateurFactory(prenom="Déjà", nom="Là")
    assert (
        inviter(email=connue.email, prenom="X", nom="Y", contexte="E", par=coordinatrice) == connue
    )
    connue.refresh_from_db()
    assert connue.nom_complet == "Déjà Là"
    assert not connue.invitations.exists()


def test_une_invitation_commence_le_jour_de_son_envoi(db, a_la_date):
    with a_la_date(date(2026, 1, 5)):
        assert InvitationFactory().expire_le.date() == date(2026, 1, 19)
