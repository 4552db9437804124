"""L’équipe d’un contrat : inviter, donner un rôle, le retirer, sans jamais rester sans coordination."""

import pytest

from acteurs.droits import ROLES_DE_CONTRAT, Role
from acteurs.models import Invitation, Utilisateur
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from contrats.services.equipe import ajouter_personne, retirer_personne
from tests.factories import ParticipationFactory, UtilisateurFactory

ADRESSE = "nadia.nouvelle@exemple.fr"


def ajouter(contrat, par, email: str = ADRESSE, role: str = Role.LECTEUR):
    return ajouter_personne(contrat=contrat, email=email, role=role, par=par)


def test_une_personne_sans_compte_recoit_une_invitation(
    contrat, coordinatrice, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        participation = ajouter(contrat, coordinatrice)
    assert participation.utilisateur.email == ADRESSE
    assert not participation.utilisateur.has_usable_password()
    (courriel,) = mailoutbox
    assert courriel.to == [ADRESSE]
    assert contrat.nom in courriel.body
    assert "/compte/invitation/" in courriel.body


def test_une_personne_qui_a_un_compte_ne_recoit_pas_d_invitation(
    contrat, coordinatrice, mailoutbox, django_capture_on_commit_callbacks
):
    connue = UtilisateurFactory()
    with django_capture_on_commit_callbacks(execute=True):
        participation = ajouter(contrat, coordinatrice, email=connue.email.upper())
    assert participation.utilisateur == connue
    assert not mailoutbox
    assert not Invitation.objects.exists()


def test_une_invitation_annulee_n_envoie_rien(contrat, coordinatrice, mailoutbox):
    """Le courriel part à la validation : une transaction défaite n’en envoie pas."""
    ajouter(contrat, coordinatrice)
    assert not mailoutbox


def test_le_meme_role_ne_se_donne_pas_deux_fois(contrat, coordinatrice, lectrice):
    with pytest.raises(DonneesRefusees, match="tient déjà ce rôle"):
        ajouter(contrat, coordinatrice, email=lectrice.email)


def test_une_personne_peut_tenir_deux_roles(contrat, coordinatrice, lectrice):
    ajouter(contrat, coordinatrice, email=lectrice.email, role=Role.ELU)
    assert lectrice.participations.count() == 2


@pytest.mark.parametrize("role", sorted(set(Role) - set(ROLES_DE_CONTRAT)))
def test_un_role_qui_n_est_pas_du_contrat_ne_se_donne_pas(contrat, coordinatrice, role):
    with pytest.raises(DonneesRefusees):
        ajouter(contrat, coordinatrice, role=role)
    assert not Utilisateur.objects.filter(email=ADRESSE).exists()


def test_la_derniere_coordinatrice_ne_se_retire_pas(contrat, coordinatrice):
    with pytest.raises(ErreurMetier, match="seule personne à la coordination"):
        retirer_personne(participation=contrat.participations.get(), par=coordinatrice)
    assert contrat.participations.count() == 1


def test_une_coordinatrice_se_retire_s_il_en_reste_une(contrat, coordinatrice):
    ParticipationFactory(contrat=contrat, role=Role.COORDINATEUR)
    retirer_personne(
        participation=contrat.participations.get(utilisateur=coordinatrice), par=coordinatrice
    )
    assert contrat.participations.filter(role=Role.COORDINATEUR).count() == 1


@pytest.mark.parametrize(
    "personnage", ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
)
def test_seule_la_coordination_gere_l_equipe(request, contrat, coordinatrice, personnage):
    par = request.getfixturevalue(personnage)
    avant = contrat.participations.count()
    with pytest.raises(DroitRefuse):
        ajouter(contrat, par)
    with pytest.raises(DroitRefuse):
        retirer_personne(
            participation=contrat.participations.get(utilisateur=coordinatrice), par=par
        )
    assert contrat.participations.count() == avant
