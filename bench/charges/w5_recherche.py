"""W5 : les vingt meilleures réponses d’une recherche dans les 60 000 fiches, classées.

`w5_search_vs_count` : un mot moyen (environ 500 fiches), face au simple compte des fiches qui le
portent. `w5_worst_term_vs_typical` : le mot le plus courant face à ce mot moyen, sans plafond
l’un serait trente fois plus lent que l’autre. Les deux mesurent ce que fait la page des réponses
(filtre, plafond, classement, lecture des vingt fiches sans leurs textes), texte cherché compris.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, FloatField, Func
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers import recherche as plancher
from contrats.classement import MEILLEURES, PLAFOND_DU_CLASSEMENT, comprendre, meilleures
from contrats.models import Action
from contrats.models.selections_mots import mots_francais

# Fiches qui portent un mot moyen, entre un mot rare et un mot courant
MOYEN = 500
COLONNES = ("id", "numero", "titre", "statut_affiche")


def reponses(mot: str, le: date) -> list[Any]:
    return meilleures(comprendre(mot), le=le, colonnes=COLONNES)


def courir(tours: int) -> list[Rapport]:
    connection.ensure_connection()
    curseur = connection.connection.cursor()
    ranges = [mot for mot, _ in plancher.mots(curseur)]
    courant = ranges[0]
    comptes = {mot: plancher.compter(curseur, mot) for mot in ranges[:400]}
    moyen = min(comptes, key=lambda mot: abs(comptes[mot] - MOYEN))
    le = timezone.localdate()
    verifier(curseur, moyen, le)
    print(
        f"mot courant « {courant} » : {plancher.compter(curseur, courant)} fiches ; "
        f"mot moyen « {moyen} » : {plancher.compter(curseur, moyen)}"
    )
    return [
        mesurer(
            "w5_search_vs_count",
            lambda: reponses(moyen, le),
            lambda: plancher.compter(curseur, moyen),
            cible=6,
            tours=tours,
        ),
        mesurer(
            "w5_worst_term_vs_typical",
            lambda: reponses(courant, le),
            lambda: reponses(moyen, le),
            cible=3,
            tours=tours,
        ),
    ]


def verifier(curseur: Any, mot: str, le: date) -> None:
    """Autant de fiches que dans l’index, et les vingt que Django classerait d’abord."""
    trouvees = Action.objects.rechercher_partout(mot)
    if not MEILLEURES <= trouvees.count() == plancher.compter(curseur, mot) < PLAFOND_DU_CLASSEMENT:
        raise AssertionError(f"« {mot} » : le produit et le plancher ne trouvent pas autant.")
    rang = Func(
        F("mots__internes"), mots_francais(mot), function="ts_rank", output_field=FloatField()
    )
    attendues = trouvees.annotate(rang=rang).order_by("-rang", "ordre", "numero", "pk")
    if [f["id"] for f in reponses(mot, le)] != [a.pk for a in attendues[:MEILLEURES]]:
        raise AssertionError(f"« {mot} » : ce ne sont pas les vingt plus proches.")
