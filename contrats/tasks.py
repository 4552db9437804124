"""Le transport : un identifiant entre, un service est appelé."""

from uuid import UUID

from celery import shared_task

from contrats.services import import_plan

TACHE_PAR_GENRE = {import_plan.GENRE: "contrats.importer"}


@shared_task(name="contrats.importer")
def importer(travail_id: str) -> None:
    import_plan.importer_en_fond(travail_id=UUID(travail_id))
