"""Point d'entrée WSGI."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cls_platform.settings.base")

application = get_wsgi_application()
# Les adresses, donc toutes les vues, sont chargées avant que gunicorn ne se duplique.
get_resolver().url_patterns  # noqa: B018  (charge les adresses avant la première requête)
