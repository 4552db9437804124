"""Le courriel d’une proposition de partage, à qui coordonne l’autre contrat ; en arrière-plan."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import executer, tenir
from contrats.models import PartageAction
from contrats.models.confidentialite import ROLES_QUI_MODIFIENT_LE_PLAN

GENRE = "partage_propose"
TACHE = "contrats.annoncer_partage"
# Retirer puis proposer de nouveau n’écrit pas deux fois le même jour
DELAI_ENTRE_ANNONCES = timedelta(hours=20)
PLUS_A_DECIDER = "Cette proposition n’attend plus de réponse : le courriel n’est pas parti."


def coordination_de(partage: PartageAction) -> QuerySet[Utilisateur]:
    """Les comptes actifs qui peuvent répondre, sauf la personne qui propose."""
    participent = partage.contrat.participations.filter(role__in=ROLES_QUI_MODIFIENT_LE_PLAN)
    comptes = Utilisateur.objects.filter(pk__in=participent.values("utilisateur"), is_active=True)
    auteur = partage.modifie_par_id
    return (comptes.exclude(pk=auteur) if auteur else comptes).order_by("email")


def demander_annonce(*, partage: PartageAction, par: Any) -> Travail | None:
    """Ouvre le travail dans la transaction de l’appelant ; None s’il n’y a personne à prévenir."""
    depuis = timezone.now() - DELAI_ENTRE_ANNONCES
    memes = PartageAction.objects.filter(action=partage.action_id, contrat=partage.contrat_id)
    if memes.filter(cree_le__gt=depuis).exclude(pk=partage.pk).exists():
        return None
    if not coordination_de(partage).exists():
        return None
    return Travail.objects.create(genre=GENRE, cible_id=partage.pk, demande_par_id=par.pk)


def annonce_de(partage: PartageAction) -> Travail | None:
    return Travail.objects.filter(genre=GENRE, cible_id=partage.pk).order_by("-cree_le").first()


def annoncer(*, travail_id: UUID) -> None:
    """Écrit à chacun. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_annoncer)


def _annoncer(travail: Travail) -> None:
    partages = PartageAction.objects.montrables().select_related(
        "contrat", "action__contrat", "modifie_par"
    )
    partage = partages.filter(pk=travail.cible_id).first()
    if partage is None or not partage.est_propose:
        raise ErreurMetier(PLUS_A_DECIDER)
    courriels = [_courriel(partage, compte) for compte in coordination_de(partage)]
    with transaction.atomic():
        tenir(travail)
        get_connection().send_messages(courriels)


def _courriel(partage: PartageAction, vers: Utilisateur) -> EmailMessage:
    source = partage.action.contrat
    return EmailMessage(
        subject=f"{source.nom} : une action proposée à votre plan",
        body=render_to_string("emails/partage.txt", _contenu(partage, vers)),
        to=[vers.email],
        reply_to=[source.courriel_contact] if source.courriel_contact else None,
    )


def _contenu(partage: PartageAction, vers: Utilisateur) -> dict[str, Any]:
    """Le nom de qui propose, jamais son adresse."""
    auteur = partage.modifie_par
    return {
        "prenom": vers.prenom,
        "qui": f"{auteur.prenom} {auteur.nom}".strip() if auteur else "",
        "source": partage.action.contrat,
        "contrat": partage.contrat,
        "titre": partage.action.titre,
        "message": partage.message,
        "adresse": settings.ADRESSE_PUBLIQUE + reverse("contrats:partage", args=[partage.pk]),
    }
