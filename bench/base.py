"""La base de mesure : à part, chargée une fois, la même graine à chaque fois."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import psycopg
from django.apps import apps
from django.core.management import call_command

from cls_platform.demo.management.commands.demarrer_demo import INUTILES
from cls_platform.demo.volume_textes import FORME
from cls_platform.socle import services_locaux

NOM = "cls_bench"


@contextmanager
def services() -> Iterator[None]:
    """Les services donnés par l’environnement, ou les services embarqués le temps des mesures."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with services_locaux.bail():
        yield


def adresse(base: str) -> str:
    """L’adresse du serveur de travail, pour une autre base."""
    actuelle = os.environ.get("DATABASE_URL") or services_locaux.adresse_postgresql()
    avant, _, options = actuelle.partition("?")
    racine = avant.rsplit("/", 1)[0]
    return f"{racine}/{base}" + (f"?{options}" if options else "")


def preparer(*, contrats: int, refaire: bool) -> None:
    """Crée et charge la base si besoin, puis la donne à Django."""
    with psycopg.connect(adresse("postgres"), autocommit=True) as connexion:
        if refaire:
            connexion.execute(f"DROP DATABASE IF EXISTS {NOM} WITH (FORCE)")
        elif _forme(connexion) not in {None, str(FORME)}:
            connexion.execute(f"DROP DATABASE {NOM} WITH (FORCE)")
        existe = connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NOM]).fetchone()
        if not existe:
            connexion.execute(f"CREATE DATABASE {NOM} TEMPLATE template0 ENCODING 'UTF8'")
    os.environ["DATABASE_URL"] = adresse(NOM)
    django.setup()
    _preparer_les_pages()
    call_command("migrate", verbosity=0)
    if apps.get_model("contrats", "Contrat").objects.count() >= contrats:
        return
    sys.stderr.write("Chargement de la base de mesure (une seule fois)…\n")
    call_command("charger_nomenclatures", verbosity=0)
    call_command("charger_territoires", verbosity=0)
    call_command("charger_volume", contrats=contrats)
    with psycopg.connect(adresse(NOM), autocommit=True) as connexion:
        connexion.execute(f"COMMENT ON DATABASE {NOM} IS '{FORME}'")
        connexion.execute("VACUUM ANALYZE")


def _preparer_les_pages() -> None:
    """Sans les fichiers du site et leurs noms datés, une page entière répond 500."""
    call_command("construire_vendor", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=INUTILES)


def _forme(connexion: Any) -> str | None:
    """La forme du volume qu’elle contient ; None quand la base n’existe pas."""
    ligne = connexion.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
        " WHERE datname = %s",
        [NOM],
    ).fetchone()
    return ligne and ligne[0]
