"""Ce qui change les chiffres sans rien dire du produit : machine, Python, PostgreSQL."""

import os
import platform
import sys
import sysconfig
from importlib.metadata import version
from typing import Any

PAQUETS = ("Django", "djangorestframework", "psycopg", "weasyprint", "orjson")
REGLAGES = ("shared_buffers", "work_mem", "jit", "fsync", "server_version")


def decrire(connexion: Any) -> dict[str, Any]:
    drapeaux = sysconfig.get_config_var("CONFIG_ARGS") or ""
    with connexion.cursor() as curseur:
        reglages = {}
        for nom in REGLAGES:
            curseur.execute(f"SHOW {nom}")
            reglages[nom] = curseur.fetchone()[0]
    return {
        "python": sys.version.split()[0],
        "python_pgo": "--enable-optimizations" in drapeaux,
        "python_lto": "--with-lto" in drapeaux,
        "machine": platform.platform(),
        "coeurs": os.cpu_count(),
        "paquets": {nom: version(nom) for nom in PAQUETS},
        "postgresql": reglages,
    }
