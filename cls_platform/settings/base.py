"""Réglages communs. Chaque variable d'environnement est lue ici, une seule fois."""

from email.utils import quote
from pathlib import Path

from csp.constants import NONCE
from environs import Env

from cls_platform.settings import battement, openapi, postgresql
from cls_platform.socle import journaux, services_locaux

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str(
    "SECRET_KEY", default="demonstration-seulement-cette-cle-est-publique-et-refusee-en-prod"
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ADRESSE_PUBLIQUE = env.str("ADRESSE_PUBLIQUE", default="http://localhost:8000").rstrip("/")

# Identité de l'opérateur
CLS_NOM_OPERATEUR = env.str("CLS_NOM_OPERATEUR", default="Contrats locaux de santé")
CLS_ACCENT = env.str("CLS_ACCENT", default="#6b2a58")
CLS_LOGO = env.str("CLS_LOGO", default="")
CLS_COURRIEL_CONTACT = env.str("CLS_COURRIEL_CONTACT", default="contact@exemple.fr")
# Ce que la loi demande d’écrire ; vide, la page dit « non renseigné » et `manage.py check` aussi
CLS_EDITEUR_NOM = env.str("CLS_EDITEUR_NOM", default="")
CLS_EDITEUR_ADRESSE = env.str("CLS_EDITEUR_ADRESSE", default="")
CLS_EDITEUR_TELEPHONE = env.str("CLS_EDITEUR_TELEPHONE", default="")
CLS_DIRECTION_PUBLICATION = env.str("CLS_DIRECTION_PUBLICATION", default="")
CLS_HEBERGEUR_NOM = env.str("CLS_HEBERGEUR_NOM", default="")
CLS_HEBERGEUR_ADRESSE = env.str("CLS_HEBERGEUR_ADRESSE", default="")
CLS_HEBERGEUR_TELEPHONE = env.str("CLS_HEBERGEUR_TELEPHONE", default="")
CLS_DPO_CONTACT = env.str("CLS_DPO_CONTACT", default="")
# « non », « partielle » ou « totale » ; un état meilleur que « non » exige l’audit
CLS_ACCESSIBILITE_ETAT = env.str("CLS_ACCESSIBILITE_ETAT", default="non")
CLS_ACCESSIBILITE_AUDIT = env.str("CLS_ACCESSIBILITE_AUDIT", default="")
DEMO_AUTORISEE = env.bool("DEMO_AUTORISEE", default=True)
GALERIE_COMPOSANTS = env.bool("GALERIE_COMPOSANTS", default=DEBUG)
SEUIL_SECRET_STATISTIQUE = env.int("SEUIL_SECRET_STATISTIQUE", default=5)
CLS_CONTRIBUTION_JOURS = env.int("CLS_CONTRIBUTION_JOURS", default=30)
CLS_CONTRIBUTION_JOURS_MAX = env.int("CLS_CONTRIBUTION_JOURS_MAX", default=180)
CLS_CONTRIBUTION_CONSERVATION_JOURS = env.int("CLS_CONTRIBUTION_CONSERVATION_JOURS", default=365)
DEBIT_CONTRIBUTIONS = env.str("DEBIT_CONTRIBUTIONS", default="120/min")
DEBIT_EDITO_COURRIELS = env.str("DEBIT_EDITO_COURRIELS", default="20/h")
DEBIT_AVIS = env.str("DEBIT_AVIS", default="60/min")
# Mises en page qu’une personne demande en écrivant un bilan
DEBIT_APERCUS = env.str("DEBIT_APERCUS", default="40/min")
# Ce qu’une adresse peut envoyer sans compte : des réactions, des demandes d’abonnement
DEBIT_REACTIONS = env.str("DEBIT_REACTIONS", default="5/h")
DEBIT_ABONNEMENTS = env.str("DEBIT_ABONNEMENTS", default="10/h")
# Oubli du courriel d’une réaction restée sans réponse, d’un abonnement jamais confirmé
CLS_REACTIONS_COURRIEL_JOURS = env.int("CLS_REACTIONS_COURRIEL_JOURS", default=90)
CLS_ABONNEMENT_CONFIRMATION_JOURS = env.int("CLS_ABONNEMENT_CONFIRMATION_JOURS", default=7)
COQUE_DES_DONNEES = "contrats.coque_donnees.contexte_donnees"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "template_partials",
    "cls_platform",
    "cls_platform.socle",
    "acteurs",
    "contrats",
    "indicateurs",
    "bilans",
    "cls_platform.demo",
]

MIDDLEWARE = [
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cls_platform.socle.middleware.limite_d_envoi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cls_platform.socle.middleware.ConnexionExigee",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cls_platform.socle.middleware.erreurs_metier",
]

ROOT_URLCONF = "cls_platform.urls"
WSGI_APPLICATION = "cls_platform.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cls_platform.socle.contexte.operateur",
            ],
            # `{% url %}` d’une adresse déjà cherchée ne coûte presque rien
            "builtins": ["cls_platform.socle.templatetags.adresses"],
        },
    }
]

# Base de données : la même partout ; embarquée quand DATABASE_URL est absente
DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", default=services_locaux.adresse_postgresql()),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).update(postgresql.CONNEXION)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache et courtier
REDIS_URL = env.str("REDIS_URL", default=services_locaux.adresse_valkey())
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 1,
        },
        "KEY_PREFIX": "cls",
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = services_locaux.adresse_courtier(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE = battement.TACHES
# Le 5 du mois, un courriel à qui doit une valeur en retard
CLS_RELANCE_MENSUELLE = env.bool("CLS_RELANCE_MENSUELLE", default=True)
BAIL_TRAVAIL_SECONDES = env.int("BAIL_TRAVAIL_SECONDES", default=150)
TENTATIVES_TRAVAIL_MAX = 5

# Comptes
AUTH_USER_MODEL = "acteurs.Utilisateur"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "contrats:espace"
ACCOUNT_ADAPTER = "acteurs.comptes.AdaptateurComptes"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "bilans:accueil"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = CLS_NOM_OPERATEUR
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
if email_url := env.str("EMAIL_URL", default=""):
    vars().update(env.dj_email_url("EMAIL_URL"))
# Une adresse seule s’écrit au nom de l’opérateur : « Nom <adresse> »
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ne-pas-repondre@exemple.fr")
if "<" not in DEFAULT_FROM_EMAIL:
    DEFAULT_FROM_EMAIL = f'"{quote(CLS_NOM_OPERATEUR)}" <{DEFAULT_FROM_EMAIL}>'
EMAIL_TIMEOUT = 10
EMAIL_USE_LOCALTIME = True

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "acteurs.api.authentification.AuthentificationParJeton",
        "acteurs.api.authentification.AuthentificationParSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["acteurs.api.permissions.LectureOuvertePorteeExigee"],
    "DEFAULT_FILTER_BACKENDS": ["cls_platform.socle.api.filtres.FiltreStrict"],
    "DEFAULT_PAGINATION_CLASS": "cls_platform.socle.api.pagination.PaginationParPage",
    "DEFAULT_RENDERER_CLASSES": ["cls_platform.socle.api.rendu.RenduJson"],
    "DEFAULT_PARSER_CLASSES": ["cls_platform.socle.api.corps.CorpsJson"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["cls_platform.socle.api.debit.DebitParAppelant"],
    "DEFAULT_THROTTLE_RATES": {"api": env.str("DEBIT_API", default="600/min")},
    "EXCEPTION_HANDLER": "cls_platform.socle.api.problemes.en_probleme",
    "URL_FORMAT_OVERRIDE": None,
    # Sans mandataire déclaré, X-Forwarded-For ne désigne personne : chacun pourrait en changer
    "NUM_PROXIES": env.int("NOMBRE_MANDATAIRES", default=0),
}
SPECTACULAR_SETTINGS = openapi.REGLAGES

# Langue et heure
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Fichiers
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Noms datés par leur contenu ; la compression, longue, est réservée à la production.
    "staticfiles": {"BACKEND": "cls_platform.socle.statiques.StockageDate"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Au-delà, l’envoi est refusé sans être lu ; chaque formulaire dit sa propre limite, plus basse
ENVOI_MAX = env.int("ENVOI_MAX", default=64_000_000)

# Sécurité
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cls_platform.socle.views.erreurs.jeton_csrf_invalide"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
REFUSES = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
PERMISSIONS_POLICY: dict[str, list[str]] = {nom: [] for nom in REFUSES}

# Journaux et erreurs
LOGGING = journaux.configurer(env.str("NIVEAU_JOURNAL", default="WARNING"))
SENTRY_DSN = env.str("SENTRY_DSN", default="")
