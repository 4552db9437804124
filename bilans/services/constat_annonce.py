"""Dire à la coordination ce qu’une annonce n’a pas pu remettre : un courriel, à la fin."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from bilans.models import AnnonceParution
from bilans.parution import Compte, compter
from bilans.services.courriels_relecture import coordination
from cls_platform.socle.courriels import (
    entetes_automatiques,
    remettre_ou_attendre,
    signature,
)
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import executer, tenir
from cls_platform.socle.typographie import INSECABLE, pluriel

GENRE, TACHE = "annonce_refusee", "bilans.dire_les_refus"


def demander(*, annonce: AnnonceParution) -> None:
    """Dans la transaction qui clôt l’annonce ; un seul attend à la fois."""
    attend = Travail.objects.filter(genre=GENRE, cible_id=annonce.pk, fini_le=None)
    if not attend.exists():
        _ouvrir(annonce)


def _ouvrir(annonce: AnnonceParution) -> None:
    travail = Travail.objects.create(genre=GENRE, cible_id=annonce.pk)
    transaction.on_commit(partial(envoyer, TACHE, travail.pk))


def dire_les_refus(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_dire)


def _dire(travail: Travail) -> None:
    """Rien, si les refus ont été réessayés entre-temps ou si personne ne coordonne."""
    lues = AnnonceParution.objects.select_related("bilan__contrat")
    annonce = lues.defer("bilan__instantane", "bilan__technique").get(pk=travail.cible_id)
    compte = compter(annonce)
    vers = [personne.email for personne in coordination(annonce.bilan.contrat)]
    with transaction.atomic():
        tenir(travail)
        if vers and compte.refuses:
            remettre_ou_attendre(_courriel(annonce, compte, vers, str(travail.pk)))


def _courriel(annonce: AnnonceParution, compte: Compte, vers: list[str], cle: str) -> EmailMessage:
    bilan = annonce.bilan
    refuses = pluriel(compte.refuses, "courriel refusé", "courriels refusés")
    contenu = {
        "bilan": bilan,
        "contrat": bilan.contrat,
        "compte": compte,
        "adresse": settings.ADRESSE_PUBLIQUE + reverse("bilans:bilan", args=[bilan.pk]),
        **signature(),
    }
    return EmailMessage(
        subject=f"{bilan.contrat.nom}{INSECABLE}: {refuses} à l’annonce du bilan {bilan.annee}",
        body=render_to_string("emails/annonce_refusee.txt", contenu),
        to=vers,
        headers=dict(entetes_automatiques(cle)),
    )
