"""W1 : une page de 100 actions de l’API, à travers toute la pile, face à un json_agg préparé."""

import json
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
    verifier(appeler().json()["results"], json.loads(plancher.page(curseur, REGION)))
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


def verifier(produit: list[dict[str, Any]], attendu: list[dict[str, Any]]) -> None:
    """Mêmes actions, mêmes thèmes, mêmes partenaires."""
    par_id = {ligne["id"]: ligne for ligne in produit}
    if set(par_id) != {ligne["id"] for ligne in attendu}:
        raise AssertionError("Le produit et le plancher ne donnent pas les mêmes actions.")
    for ligne in attendu:
        sienne = par_id[ligne["id"]]
        if sienne["titre"] != ligne["titre"] or sienne["themes"] != (ligne["themes"] or []):
            raise AssertionError(f"Action {ligne['id']} : contenus différents.")
        if len(sienne["acteurs"]) != len(ligne["acteurs"] or []):
            raise AssertionError(f"Action {ligne['id']} : partenaires différents.")
