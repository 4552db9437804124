"""Réglages des tests : vrais PostgreSQL et Valkey, mots de passe rapides, courriels en mémoire.

`CLS_SUFFIXE_TEST` donne à chaque personne sa base, sa file et son cache : plusieurs suites tournent
en même temps sur les mêmes services.
"""

import os
from pathlib import Path

from cls_platform.settings.base import *  # noqa: F403  (un réglage de test complète ceux de base)
from cls_platform.settings.base import BASE_DIR, CACHES, DATABASES, INSTALLED_APPS, STORAGES

SUFFIXE = os.environ.get("CLS_SUFFIXE_TEST", "")
PROCESSUS = os.environ.get("PYTEST_XDIST_WORKER", "")
ESPACE_DE_TEST = "-".join(filter(None, ["test", SUFFIXE, PROCESSUS]))

DATABASES["default"]["TEST"] = {"NAME": "_".join(filter(None, ["test_cls", SUFFIXE]))}
CACHES["default"]["KEY_PREFIX"] = f"cls-{ESPACE_DE_TEST}"
CELERY_TASK_DEFAULT_QUEUE = f"cls-{ESPACE_DE_TEST}"

INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations", "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ADRESSE_PUBLIQUE = "https://cls.exemple.fr"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
GALERIE_COMPOSANTS = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or BASE_DIR / "media" / ESPACE_DE_TEST)
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth accepte False
