"""L'application Celery : transport des travaux longs, dont la vérité est en base (`Travail`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cls_platform.settings.base")

app = Celery("cls_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Sans cela, « l'application courante » de Celery ne serait la nôtre que dans ce fil d'exécution.
app.set_default()
