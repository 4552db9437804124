"""W4 : le plan en tableau, filtré et trié (80 fiches, plusieurs filtres, neuf colonnes).

Le plancher ne valide pas les filtres et ne calcule ni les partages reçus, ni les nouvelles des
partenaires : le produit fait davantage.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.charges.w4_plan import mots, verifier
from bench.mesure import Rapport, mesurer
from bench.planchers import tableau as plancher
from contrats.models import Contrat

FILTRES = urlencode(
    {
        "vue": "tableau",
        "statut": plancher.STATUTS,
        "echeance_apres": plancher.DEPUIS.isoformat(),
        "sans_indicateur": "true",
        "colonnes": plancher.CHOISIES,
        "tri": "-echeance",
    },
    doseq=True,
)


def courir(tours: int) -> list[Rapport]:
    contrat = Contrat.objects.get(slug="volume-5")
    utilisateur, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(utilisateur)
    adresse = f"{reverse('contrats:plan', args=[contrat.pk])}?{FILTRES}"
    session, le = client.session.session_key, timezone.localdate()

    def appeler() -> Any:
        reponse = client.get(adresse)
        if reponse.status_code != 200:
            raise AssertionError(f"Le plan en tableau répond {reponse.status_code}.")
        return reponse

    connection.ensure_connection()
    curseur = connection.connection.cursor()

    def direct() -> str:
        return plancher.page(curseur, contrat.pk, session, utilisateur.pk, le)

    verifier(mots(appeler().content.decode()), mots(direct()))
    return [mesurer("w4_tableau_vs_fstring", appeler, direct, cible=3.5, tours=tours)]
