"""Une invitation ouvre un compte ; le lien ne sert qu’une fois."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from acteurs.models import Invitation, Utilisateur
from acteurs.models.jeton import empreinte
from acteurs.models.utilisateur import jeton_invitation
from cls_platform.socle.erreurs import ErreurMetier


@transaction.atomic
def inviter(
    *, email: str, contexte: str, par: Utilisateur, prenom: str = "", nom: str = ""
) -> Utilisateur:
    """Rend le compte de cette adresse ; le crée sans mot de passe et envoie le lien s’il manque."""
    adresse = email.strip().lower()
    connu = Utilisateur.objects.filter(email=adresse).first()
    if connu and connu.has_usable_password():
        return connu
    utilisateur = connu or Utilisateur.objects.create_user(adresse, prenom=prenom, nom=nom)
    envoyer_invitation(utilisateur=utilisateur, contexte=contexte, par=par)
    return utilisateur


def envoyer_invitation(*, utilisateur: Utilisateur, contexte: str, par: Utilisateur) -> Invitation:
    """Un lien neuf ; les liens précédents encore ouverts cessent de valoir."""
    jeton = jeton_invitation()
    utilisateur.invitations.ouvertes().update(expire_le=timezone.now())
    invitation = Invitation.objects.create(
        email=utilisateur.email,
        empreinte=empreinte(jeton),
        utilisateur=utilisateur,
        invite_par=par,
    )
    donnees = {
        "prenom": utilisateur.prenom,
        "invite_par": par.nom_complet,
        "contexte": contexte,
        "operateur": settings.CLS_NOM_OPERATEUR,
        "lien": settings.ADRESSE_PUBLIQUE + reverse("acteurs:invitation", args=[jeton]),
        "expire_le": invitation.expire_le,
    }
    transaction.on_commit(lambda: _envoyer(utilisateur.email, donnees))
    return invitation


def _envoyer(email: str, donnees: dict[str, Any]) -> None:
    send_mail(
        subject=f"{donnees['invite_par']} vous invite à suivre un contrat local de santé",
        message=render_to_string("emails/invitation.txt", donnees),
        from_email=None,
        recipient_list=[email],
    )


def invitation_ouverte(jeton: str) -> Invitation | None:
    return (
        Invitation.objects.ouvertes()
        .select_related("utilisateur", "invite_par")
        .filter(empreinte=empreinte(jeton))
        .first()
    )


@transaction.atomic
def accepter_invitation(
    *, invitation: Invitation, mot_de_passe: str, prenom: str, nom: str
) -> Utilisateur:
    """Donne son mot de passe au compte. Lève ErreurMetier si le lien a déjà servi."""
    prise = (
        Invitation.objects.ouvertes().filter(pk=invitation.pk).update(acceptee_le=timezone.now())
    )
    if not prise:
        raise ErreurMetier("Ce lien a déjà servi ou a expiré. Demandez une nouvelle invitation.")
    utilisateur = invitation.utilisateur
    utilisateur.prenom, utilisateur.nom = prenom, nom
    utilisateur.set_password(mot_de_passe)
    utilisateur.save(update_fields=["prenom", "nom", "password"])
    return utilisateur
