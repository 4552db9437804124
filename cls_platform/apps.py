"""L'assemblage : charge l'application Celery dans tout processus Django qui pourrait l'employer."""

from django.apps import AppConfig

from cls_platform.celery import app


class AssemblageConfig(AppConfig):
    name = "cls_platform"
    verbose_name = "Assemblage"
    celery = app
