"""W1 : une page de 100 actions de l’API, à travers toute la pile, face à un json_agg préparé."""

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.mesure import Rapport, mesurer
from bench.planchers import actions as plancher

REGION = "76"
ADRESSE = f"/api/v1/actions/?region={REGION}&statut=REALISEE&page_size="
REQUETES_MAXIMUM = 8


def courir(tours: int) -> list[Rapport]:
    client = Client(headers={"host": "localhost"})

    def appeler(taille: int = 100) -> Any:
        reponse = client.get(f"{ADRESSE}{taille}")
        if reponse.status_code != 200:
            raise AssertionError(reponse.content.decode()[:300])
        return reponse

    connection.ensure_connection()
    curseur = connection.connection.cursor()
    verifier(appeler().json(), json.loads(plancher.page(curseur, REGION)))
    comptes = [compter(appeler, taille) for taille in (10, 50, 100)]
    if len(set(comptes)) > 1 or comptes[0] > REQUETES_MAXIMUM:
        raise AssertionError(f"Requêtes pour 10, 50 et 100 actions : {comptes}.")
    return [
        mesurer(
            "w1_list_vs_sqljson",
            appeler,
            lambda: plancher.page(curseur, REGION),
            cible=2.5,
            tours=tours,
        )
    ]


def compter(appeler: Any, taille: int) -> int:
    with CaptureQueriesContext(connection) as requetes:
        appeler(taille)
    return len(requetes)


def verifier(produit: dict[str, Any], attendu: dict[str, Any]) -> None:
    """Le même nombre, les mêmes actions, dans le même ordre, clé par clé."""
    if produit["count"] != attendu["count"]:
        raise AssertionError(
            f"{produit['count']} actions d’un côté, {attendu['count']} de l’autre."
        )
    for sienne, ligne in zip(produit["results"], attendu["results"], strict=True):
        for page in (sienne, ligne):
            page["modifie_le"] = datetime.fromisoformat(page["modifie_le"])
        if sienne != ligne:
            raise AssertionError(f"Action {ligne['id']} :\n{sienne}\n{ligne}")
