"""Ce que chaque connexion demande à PostgreSQL, embarqué ou non."""

from typing import Any

CONNEXION: dict[str, Any] = {
    "connect_timeout": 3,
    "server_side_binding": True,
    # La planification coûte souvent plus que la lecture : une requête répétée est préparée.
    "prepare_threshold": 2,
    # Sans « ignore », chaque déclencheur lève et avale une erreur par ligne ; PostgreSQL relit
    # alors toutes les clés à vérifier de la transaction : un grand import triple de durée.
    "options": "-c statement_timeout=30000 -c lock_timeout=5000 -c timezone=UTC"
    " -c pgtrigger.ignore={}",
}
