"""Le transport : un identifiant entre, un service est appelé."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from bilans.services import dossier, rappels, rapport_regional, rendu
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import a_renvoyer
from contrats.tasks import TACHE_PAR_GENRE as TACHES_DES_CONTRATS
from indicateurs.tasks import TACHE_PAR_GENRE as TACHES_DES_INDICATEURS

TACHE_PAR_GENRE = {
    rendu.GENRE: "bilans.rendre",
    dossier.GENRE: "bilans.rendre_dossier",
    rapport_regional.GENRE: "bilans.faire_rapport",
    rapport_regional.GENRE_ANNONCE: rapport_regional.TACHE_ANNONCE,
    rappels.GENRE: rappels.TACHE,
    **TACHES_DES_CONTRATS,
    **TACHES_DES_INDICATEURS,
}


@shared_task(name="bilans.rendre")
def rendre(travail_id: str) -> None:
    rendu.rendre_bilan(travail_id=UUID(travail_id))


@shared_task(name="bilans.rendre_dossier")
def rendre_dossier(travail_id: str) -> None:
    dossier.rendre_dossier(travail_id=UUID(travail_id))


@shared_task(name="bilans.faire_rapport")
def faire_rapport(travail_id: str) -> None:
    rapport_regional.faire_rapport(travail_id=UUID(travail_id))


@shared_task(name="bilans.annoncer_rapport")
def annoncer_rapport(travail_id: str) -> None:
    rapport_regional.annoncer_rapport(travail_id=UUID(travail_id))


@shared_task(name="bilans.envoyer_rappels")
def envoyer_rappels(travail_id: str) -> None:
    rappels.envoyer_les_rappels(travail_id=UUID(travail_id))


@shared_task(name="bilans.rappeler_campagnes")
def rappeler_campagnes() -> None:
    for travail in rappels.rappeler_les_campagnes(le=timezone.localdate()):
        envoyer(rappels.TACHE, travail.pk)


@shared_task(name="bilans.effacer_dossiers")
def effacer_dossiers() -> None:
    dossier.effacer_les_expires()


@shared_task(name="bilans.reprendre_travaux")
def reprendre_travaux() -> None:
    """Remet en file ce qui attend et ce dont le processus est mort."""
    for travail_id, genre in a_renvoyer():
        envoyer(TACHE_PAR_GENRE[genre], travail_id)
