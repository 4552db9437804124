"""W12 : la grille de 40 indicateurs sur 6 ans, servie ; puis 240 valeurs collées d’un coup.

Le plancher de la page écrit le même tableau à l’octet près, le rail, les onglets et le retard, en SQL
direct et en chaînes, sans les droits, les avertissements, les parts ni les valeurs calculées. Celui du collage fait un verrou, une lecture
et une écriture ; le produit lit chaque texte, compare les versions, et dit ce qu’il a pris.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.charges.w8_lot import defait
from bench.mesure import Rapport, mesurer
from bench.planchers import grille as plancher
from contrats.models import Contrat
from indicateurs.grille.cles import Cle, Demande
from indicateurs.models import Indicateur, Mesure
from indicateurs.services.cases import saisir_cases

INDICATEURS, ANNEES = 40, 6
CASE = re.compile(r'<input id="s-[^"]+" class="case-valeur"')
BLANCS = re.compile(r"(?<=>)\s+|\s+(?=<)")
JETON = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def courir(tours: int) -> list[Rapport]:
    personne, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    derniere = timezone.localdate().year
    annees = list(range(derniere - ANNEES + 1, derniere + 1))
    contrat = contrat_de_la_grille(annees)
    client = Client(headers={"host": "localhost"})
    client.force_login(personne)
    adresse = f"{reverse('indicateurs:grille', args=[contrat.pk])}?de={annees[0]}&a={derniere}"
    session = client.session.session_key

    def appeler() -> str:
        reponse = client.get(adresse)
        if reponse.status_code != 200:
            raise AssertionError(f"La grille répond {reponse.status_code}.")
        return reponse.content.decode()

    connection.ensure_connection()
    curseur = connection.connection.cursor()

    def direct() -> str:
        return plancher.page(curseur, contrat.pk, session, personne.pk, annees)

    if formulaire(appeler()) != formulaire(direct()):
        raise AssertionError("Les deux grilles ne s’écrivent pas pareil.")
    servie = mesurer("w12_grille_vs_fstring", appeler, direct, cible=3.5, tours=tours)
    return [servie, collage(contrat, personne, annees, min(tours, 5))]


def formulaire(html: str) -> str:
    """Tout le formulaire, les blancs entre les balises et le jeton mis à part."""
    if (nombre := len(CASE.findall(html))) != INDICATEURS * ANNEES:
        raise AssertionError(f"{nombre} cases au lieu de {INDICATEURS * ANNEES}.")
    formulaire = html[html.index('<form id="saisie"') : html.index("</table>")]
    return JETON.sub("", BLANCS.sub("", formulaire))


def collage(contrat: Contrat, personne: Any, annees: list[int], tours: int) -> Rapport:
    cles = [(pk, a) for pk in contrat.indicateurs.values_list("pk", flat=True) for a in annees]
    textes = {cle: f"{rang + 1000},5" for rang, cle in enumerate(cles)}
    demandes = [Demande(Cle(*cle), 1, texte) for cle, texte in textes.items()]
    nombres = {cle: texte.replace(",", ".") for cle, texte in textes.items()}

    def produit() -> None:
        saisir_cases(contrat=contrat, demandes=demandes, par=personne)

    def direct() -> None:
        with connection.cursor() as curseur:
            plancher.ecrire(curseur, contrat.pk, nombres, personne.pk)

    verifier(produit, direct, contrat)
    return mesurer(
        "w12_collage_240_vs_sql", defait(produit), defait(direct), cible=3, tours=tours,
        repetitions=2,
    )  # fmt: skip


def verifier(produit: Callable[[], Any], direct: Callable[[], Any], contrat: Contrat) -> None:
    """Les deux laissent les mêmes valeurs, à la même version."""
    laisses = []
    for faire in (produit, direct):
        with transaction.atomic():
            faire()
            mesures = Mesure.objects.filter(indicateur__contrat=contrat).order_by("pk")
            laisses.append(list(mesures.values_list("pk", "valeur", "version", "modifie_par")))
            transaction.set_rollback(True)
    if laisses[0] != laisses[1] or any(version != 2 for _, _, version, _ in laisses[0]):
        raise AssertionError("Le collage et le plancher ne laissent pas la même chose.")


def contrat_de_la_grille(annees: list[int]) -> Contrat:
    """Un contrat de 40 indicateurs et 240 valeurs, écrit une fois pour toutes."""
    modele = Contrat.objects.filter(slug="volume-0").get()
    contrat, neuf = Contrat.objects.get_or_create(
        slug="mesure-grille",
        defaults={"nom": "Démonstration, grille", "region": modele.region, "ars": modele.ars,
                  "date_debut": date(annees[1], 1, 1), "est_demonstration": True},
    )  # fmt: skip
    if neuf:
        lignes = [
            Indicateur(contrat=contrat, libelle=f"Indicateur d’essai {n}", ordre=n,
                       cible=Decimal(900), annee_cible=annees[-1] + 2)
            for n in range(INDICATEURS)
        ]  # fmt: skip
        Indicateur.objects.bulk_create(lignes)
        Mesure.objects.bulk_create(
            Mesure(indicateur=i, periode_debut=date(a, 1, 1), periode_fin=date(a, 12, 31),
                   valeur=Decimal(500 + 10 * i.ordre + rang))
            for i in lignes for rang, a in enumerate(annees)
        )  # fmt: skip
    return contrat
