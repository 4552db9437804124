"""W4 : la page du plan (80 fiches), à travers toute la pile, face à du SQL et des chaînes.

Le plancher ne calcule ni la complétude ni les partages reçus : le produit fait davantage.
"""

import re
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers import plan as plancher
from contrats.models import Contrat

BALISE = re.compile(r"<[^>]*>")
DEBUT, FIN = "Chercher dans les fiches</label>", "</table>"


def courir(tours: int) -> list[Rapport]:
    contrat = Contrat.objects.get(slug="volume-5")
    utilisateur, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(utilisateur)
    adresse, le = reverse("contrats:plan", args=[contrat.pk]), timezone.localdate()
    session = client.session.session_key

    def appeler() -> Any:
        reponse = client.get(adresse)
        if reponse.status_code != 200:
            raise AssertionError(f"La page du plan répond {reponse.status_code}.")
        return reponse

    connection.ensure_connection()
    curseur = connection.connection.cursor()

    def direct() -> str:
        return plancher.page(curseur, contrat.pk, session, utilisateur.pk, le)

    verifier(mots(appeler().content.decode()), mots(direct()))
    return [mesurer("w4_page_vs_fstring", appeler, direct, cible=3.5, tours=tours)]


def mots(html: str) -> list[str]:
    """Ce qui se lit, des filtres à la fin du tableau, mot à mot."""
    plan = html[html.index(DEBUT) : html.index(FIN)]
    return unescape(BALISE.sub(" ", plan)).split()


def verifier(produit: list[str], attendu: list[str]) -> None:
    """Les deux pages disent la même chose, dans le même ordre."""
    for rang, (sien, voulu) in enumerate(zip(produit, attendu, strict=False)):
        if sien != voulu:
            ici = slice(max(rang - 5, 0), rang + 5)
            raise AssertionError(f"Mot {rang} : {produit[ici]} au lieu de {attendu[ici]}.")
    if len(produit) != len(attendu):
        raise AssertionError(f"{len(produit)} mots d’un côté, {len(attendu)} de l’autre.")
