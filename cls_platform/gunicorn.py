"""Réglages de gunicorn : un processus synchrone par cœur, le code partagé entre eux.

PORT, WEB_CONCURRENCY et FORWARDED_ALLOW_IPS sont lues par gunicorn lui-même. Mesures et choix :
docs/exploitation.md.
"""

import gc
import os

workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "sync"
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
# Le battement des processus ne doit pas dépendre de la vitesse d'un disque.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  (répertoire en mémoire de Linux)


def post_fork(_server: object, _worker: object) -> None:
    """Ce qui vient du parent ne sera jamais libéré : le ramasse-miettes n'a plus à le parcourir.

    Il passe aussi moins souvent : une page de cent lignes le réveillait une vingtaine de fois, pour
    15 % de sa durée.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
