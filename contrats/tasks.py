"""Le transport : un identifiant entre, un service est appelé."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from contrats.services import (
    annonce_partage,
    copie_plan,
    corbeille,
    envoi_contribution,
    import_plan,
    liens_contribution,
    masse,
)

TACHE_PAR_GENRE = {
    annonce_partage.GENRE: annonce_partage.TACHE,
    copie_plan.GENRE: "contrats.copier",
    import_plan.GENRE: "contrats.importer",
    liens_contribution.GENRE: "contrats.envoyer_lien",
    **masse.TACHES,
}


@shared_task(name="contrats.copier")
def copier(travail_id: str) -> None:
    copie_plan.copier_en_fond(travail_id=UUID(travail_id))


@shared_task(name="contrats.importer")
def importer(travail_id: str) -> None:
    import_plan.importer_en_fond(travail_id=UUID(travail_id))


@shared_task(name="contrats.envoyer_lien")
def envoyer_lien(travail_id: str) -> None:
    envoi_contribution.envoyer_lien(travail_id=UUID(travail_id))


@shared_task(name="contrats.annoncer_partage")
def annoncer_partage(travail_id: str) -> None:
    annonce_partage.annoncer(travail_id=UUID(travail_id))


@shared_task(name="contrats.effacer_les_noms")
def effacer_les_noms() -> None:
    envoi_contribution.effacer_les_noms()


@shared_task(name="contrats.modifier_lot")
def modifier_lot(travail_id: str) -> None:
    masse.appliquer_en_fond(travail_id=UUID(travail_id))


@shared_task(name="contrats.annuler_lot")
def annuler_lot(travail_id: str) -> None:
    masse.annuler_en_fond(travail_id=UUID(travail_id))


@shared_task(name="contrats.vider_corbeille")
def vider_corbeille() -> None:
    corbeille.vider_la_corbeille(le=timezone.now(), par=None)
