"""« Votre document est prêt » : un courriel, une fois, à qui l’a demandé.

Le courriel est un travail à part : s’il échoue, le document reste fait.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Bilan, DocumentBilan
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import executer, tenir

GENRE = "document_annonce"
TACHE = "bilans.annoncer_document"
SANS_COMPTE = "Le compte qui a demandé ce document n’existe plus."


def demander(*, cible: UUID, par: Any) -> None:
    """`cible` : le bilan (son PDF) ou l’un de ses documents. Dans la transaction du résultat.

    Une annonce qui n’est pas encore partie vaut pour le document refait depuis.
    """
    if Travail.objects.filter(genre=GENRE, cible_id=cible, fini_le=None).exists():
        return
    annonce = Travail.objects.create(genre=GENRE, cible_id=cible, demande_par_id=par)
    transaction.on_commit(partial(envoyer, TACHE, annonce.pk))


def annoncer(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_annoncer)


def _annoncer(travail: Travail) -> None:
    actifs = Utilisateur.objects.filter(is_active=True)
    a = actifs.filter(pk__in=[travail.demande_par_id]).first()
    if a is None:
        raise ErreurMetier(SANS_COMPTE)
    document = DocumentBilan.objects.filter(pk=travail.cible_id).first()
    bilan_id = document.bilan_id if document else travail.cible_id
    bilans = Bilan.objects.select_related("contrat").defer("instantane", "technique")
    quoi = str(document) if document else "Bilan public"
    courriel = _courriel(quoi, bilans.get(pk=bilan_id), a)
    # Noté avant d’être envoyé : un processus tué entre les deux n’écrit pas deux fois
    with transaction.atomic():
        tenir(travail)
    courriel.send()


def _courriel(quoi: str, bilan: Bilan, a: Utilisateur) -> EmailMessage:
    contenu = {
        "quoi": quoi,
        "bilan": bilan,
        "contrat": bilan.contrat,
        "adresse": settings.ADRESSE_PUBLIQUE + reverse("bilans:documents", args=[bilan.pk]),
    }
    return EmailMessage(
        subject=f"{bilan.contrat.nom} : votre document est prêt",
        body=render_to_string("emails/document_pret.txt", contenu),
        to=[a.email],
    )
