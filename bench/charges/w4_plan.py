"""W4 : la page du plan (60 fiches), à travers toute la pile, face à du SQL et des chaînes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.mesure import Rapport, mesurer
from bench.planchers import plan as plancher
from contrats.models import Contrat


def courir(tours: int) -> list[Rapport]:
    contrat = Contrat.objects.filter(slug__startswith="volume-").order_by("pk").first()
    utilisateur, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(utilisateur)
    adresse = reverse("contrats:plan", args=[contrat.pk])

    def appeler() -> Any:
        reponse = client.get(adresse)
        if reponse.status_code != 200:
            raise AssertionError(f"La page du plan répond {reponse.status_code}.")
        return reponse

    def direct() -> str:
        with connection.cursor() as curseur:
            return plancher.page(curseur, contrat.pk)

    html, attendu = appeler().content.decode(), direct()
    for pk in contrat.actions.values_list("pk", flat=True):
        if str(pk) not in html or str(pk) not in attendu:
            raise AssertionError(f"L’action {pk} manque sur une des deux pages.")
    return [mesurer("w4_page_vs_fstring", appeler, direct, cible=3.5, tours=tours)]
