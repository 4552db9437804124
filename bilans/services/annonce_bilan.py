"""Dire aux abonnés qu’un bilan est paru : chacun une fois, même si le travail est repris."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from bilans.etats import StatutBilan
from bilans.models import Abonnement, Bilan
from bilans.services.abonnements import entetes_de_desabonnement, lien
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import avancer, executer, tenir

GENRE = "annonce_bilan"
TACHE = "bilans.annoncer_bilan"


def demander_annonce(*, bilan: Bilan, par: Any) -> Travail | None:
    """À appeler dans la transaction qui publie. None si personne n’attend de nouvelle."""
    if not Abonnement.objects.a_prevenir(bilan).exists():
        return None
    travail = Travail.objects.create(genre=GENRE, cible_id=bilan.pk, demande_par_id=par.pk)
    transaction.on_commit(partial(envoyer, TACHE, travail.pk))
    return travail


def annoncer_bilan(*, travail_id: UUID) -> None:
    """Rejouer l’appel n’écrit à personne une seconde fois : `dernier_bilan` le dit."""
    executer(travail_id=travail_id, faire=_annoncer)


def _annoncer(travail: Travail) -> None:
    bilan = Bilan.objects.select_related("contrat").defer("instantane").get(pk=travail.cible_id)
    if bilan.statut == StatutBilan.PUBLIE:
        attendent = list(Abonnement.objects.a_prevenir(bilan).values_list("pk", flat=True))
        for rang, pk in enumerate(attendent):
            _prevenir(pk, bilan)
            avancer(travail, 100 * rang // len(attendent))
    with transaction.atomic():
        tenir(travail)


def _prevenir(pk: UUID, bilan: Bilan) -> None:
    """Noté avant d’être envoyé : un processus tué n’écrit pas deux fois.

    Un courriel que le serveur refuse est rendu à l’abonné : le travail suivant le lui enverra.
    """
    abonnement = _prendre(pk, bilan)
    if abonnement is None:
        return
    ancien = abonnement.dernier_bilan_id
    try:
        _courriel(abonnement, bilan).send()
    except OSError:
        Abonnement.objects.filter(pk=pk, dernier_bilan=bilan).update(dernier_bilan=ancien)
        raise


@transaction.atomic
def _prendre(pk: UUID, bilan: Bilan) -> Abonnement | None:
    """L’abonnement, tel qu’il était, si personne ne l’a pris entre-temps."""
    attendent = Abonnement.objects.a_prevenir(bilan).filter(pk=pk)
    abonnement = attendent.select_for_update(of=("self",), skip_locked=True).first()
    if abonnement:
        Abonnement.objects.filter(pk=pk).update(dernier_bilan=bilan)
    return abonnement


def _courriel(abonnement: Abonnement, bilan: Bilan) -> EmailMessage:
    contrat = bilan.contrat
    chemin = reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee])
    contenu = {
        "contrat": contrat,
        "bilan": bilan,
        "adresse": settings.ADRESSE_PUBLIQUE + chemin,
        "desabonner": lien("abonnement_arreter", abonnement),
    }
    return EmailMessage(
        subject=f"{contrat.nom} : le bilan {bilan.annee} est paru",
        body=render_to_string("emails/bilan_paru.txt", contenu),
        to=[abonnement.courriel],
        headers=entetes_de_desabonnement(abonnement),
    )
