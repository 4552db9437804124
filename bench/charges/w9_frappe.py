"""W9 : de la touche à « Enregistré », en HTTP, sur un vrai serveur (gunicorn, un processus).

Un champ de la page du plan est envoyé comme htmx l’envoie ; la réponse dit « Enregistré ». Le
rapport est celui des millisecondes à la cible de 300 ms ; on écrit aussi le rapport à la page
vide du serveur, qui dit ce que coûte le seul aller-retour.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from bench.mesure import Rapport, mesurer
from contrats.models import Action

CIBLE_MS = 300
ATTENTE_S = 30


def courir(tours: int) -> list[Rapport]:
    personne, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    client = Client()
    client.force_login(personne)
    action = Action.objects.filter(contrat__slug="volume-5").order_by("pk")[0]
    titre = action.titre
    with serveur() as port:
        envoyer = frappe(port, action, client.session.session_key)
        rapport = mesurer(
            "w9_frappe_vs_vide",
            envoyer,
            lambda: demander(port, "GET", reverse("socle:vivant")),
            cible=60,
            tours=tours,
        )
        durees = [chronometrer(envoyer) for _ in range(40)]
    Action.objects.filter(pk=action.pk).update(titre=titre)
    p95 = statistics.quantiles(durees, n=20)[-1]
    milieu = statistics.median(durees)
    print(f"« Enregistré » : {milieu:.0f} ms (médiane), {p95:.0f} ms (95e centile).")
    return [rapport, Rapport("w9_enregistre_vs_300ms", p95 / CIBLE_MS, 0.0, p95, CIBLE_MS, 1.0)]


def frappe(port: int, action: Action, session: str) -> Callable[[], None]:
    requete = RequestFactory().get("/")
    jeton = get_token(requete)
    plan = reverse("contrats:plan", args=[action.contrat_id])
    entetes = {
        "Cookie": f"sessionid={session}; csrftoken={requete.META['CSRF_COOKIE']}",
        "X-CSRFToken": jeton,
        "HX-Request": "true",
        "HX-Current-URL": f"http://localhost:{port}{plan}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    adresse = reverse("contrats:action_champ", args=[action.pk, "titre"])
    etat = {"version": action.version, "rang": 0}

    def envoyer() -> None:
        etat["rang"] += 1
        corps = urlencode({"titre": f"Titre {etat['rang']}", "version": etat["version"]})
        reponse = demander(port, "POST", adresse, corps, entetes)
        if "Enregistré" not in reponse:
            raise AssertionError(reponse[:500])
        etat["version"] += 1

    return envoyer


def demander(
    port: int, methode: str, adresse: str, corps: str = "", entetes: dict[str, str] | None = None
) -> str:
    liaison = http.client.HTTPConnection("localhost", port, timeout=ATTENTE_S)
    liaison.request(methode, adresse, corps or None, entetes or {})
    reponse = liaison.getresponse()
    texte = reponse.read().decode()
    liaison.close()
    if reponse.status != 200:
        raise AssertionError(f"{adresse} répond {reponse.status} : {texte[:300]}")
    return texte


def chronometrer(faire: Callable[[], Any]) -> float:
    debut = time.perf_counter()
    faire()
    return (time.perf_counter() - debut) * 1000


@contextmanager
def serveur() -> Any:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    commande = [
        sys.executable, "-m", "gunicorn", "--config", "python:cls_platform.gunicorn",
        "--bind", f"127.0.0.1:{port}", "--workers", "1", "cls_platform.wsgi",
    ]  # fmt: skip
    processus = subprocess.Popen(  # noqa: S603  (le Python d’ici)
        commande, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        attendre(port)
        yield port
    finally:
        processus.terminate()
        processus.wait(ATTENTE_S)


def attendre(port: int) -> None:
    for _ in range(ATTENTE_S * 10):
        try:
            demander(port, "GET", reverse("socle:vivant"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Le serveur de mesure ne répond pas.")
