"""Le transport : un identifiant entre, un service est appelé."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from cls_platform.socle.transport import envoyer
from indicateurs.relances import GENRE
from indicateurs.services import relances

TACHE_PAR_GENRE = {GENRE: relances.TACHE}


@shared_task(name="indicateurs.relancer")
def relancer(travail_id: str) -> None:
    relances.envoyer_les_relances(travail_id=UUID(travail_id))


@shared_task(name="indicateurs.relancer_chaque_mois")
def relancer_chaque_mois() -> None:
    for travail in relances.relancer_chaque_mois(le=timezone.localdate()):
        envoyer(relances.TACHE, travail.pk)
