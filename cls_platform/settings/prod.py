"""Réglages de production : tout secret est exigé, rien d'embarqué, rien de démonstration."""

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured

from cls_platform.settings.base import *  # noqa: F403  (la production durcit les réglages de base)
from cls_platform.settings.base import DATABASES, SENTRY_DSN, STORAGES, env

for variable in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "ADRESSE_PUBLIQUE"):
    if not env.str(variable, default=""):
        raise ImproperlyConfigured(
            f"La variable {variable} manque. Renseignez-la : voir .env.example."
        )

DEBUG = False
DEMO_AUTORISEE = env.bool("DEMO_AUTORISEE", default=False)
GALERIE_COMPOSANTS = False
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "cls_platform.socle.statiques.StockageDateComprime"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)

if SENTRY_DSN:
    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False, traces_sample_rate=0.0)
