"""W5 : les vingt meilleures réponses d’une recherche dans les 60 000 fiches, classées.

`w5_search_vs_count` : un mot moyen (environ 500 fiches), face au simple compte des fiches qui le
portent. `w5_worst_term_vs_typical` : le mot le plus courant face à ce mot moyen, sans plafond
l’un serait trente fois plus lent que l’autre. Les deux mesurent la requête du produit telle que
la page des réponses la fait (filtre, plafond, classement), texte cherché compris.
"""

from typing import Any

from django.db import connection
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers import recherche as plancher
from contrats.models import Action
from contrats.models.selections_mots import MEILLEURES

# Fiches qui portent un mot moyen, entre un mot rare et un mot courant
MOYEN = 500


def meilleures(mot: str) -> list[Any]:
    trouvees = Action.objects.rechercher_partout(mot).meilleures(mot)
    datees = trouvees.avec_statut_affiche(timezone.localdate())
    return list(datees.values_list("pk", "numero", "titre", "statut_affiche")[:MEILLEURES])


def courir(tours: int) -> list[Rapport]:
    connection.ensure_connection()
    curseur = connection.connection.cursor()
    ranges = [mot for mot, _ in plancher.mots(curseur)]
    courant = ranges[0]
    comptes = {mot: plancher.compter(curseur, mot) for mot in ranges[:400]}
    moyen = min(comptes, key=lambda mot: abs(comptes[mot] - MOYEN))
    verifier(curseur, moyen)
    print(
        f"mot courant « {courant} » : {plancher.compter(curseur, courant)} fiches ; "
        f"mot moyen « {moyen} » : {plancher.compter(curseur, moyen)}"
    )
    return [
        mesurer(
            "w5_search_vs_count",
            lambda: meilleures(moyen),
            lambda: plancher.compter(curseur, moyen),
            cible=6,
            tours=tours,
        ),
        mesurer(
            "w5_worst_term_vs_typical",
            lambda: meilleures(courant),
            lambda: meilleures(moyen),
            cible=3,
            tours=tours,
        ),
    ]


def verifier(curseur: Any, mot: str) -> None:
    """Le filtre trouve autant de fiches que l’index ; vingt sont rendues, chacune porte le mot."""
    trouvees = Action.objects.rechercher_partout(mot)
    if trouvees.count() != plancher.compter(curseur, mot):
        raise AssertionError(f"« {mot} » : le produit et le plancher ne trouvent pas autant.")
    rendues = {ligne[0] for ligne in meilleures(mot)}
    if len(rendues) != MEILLEURES or trouvees.filter(pk__in=rendues).count() != MEILLEURES:
        raise AssertionError(f"« {mot} » : {len(rendues)} réponses, ou des réponses sans le mot.")
