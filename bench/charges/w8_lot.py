"""W8 : modifier 500 fiches d’un coup (statut, échéance, un thème), aperçu gardé et écriture.

Le plancher écrit les mêmes colonnes, les mêmes changements de statut et les mêmes liens en quatre
instructions SQL ; les déclencheurs (historique, recherche) jouent des deux côtés. Le produit fait
davantage : il relit chaque fiche, garde ses valeurs d’avant et d’après pour l’aperçu et pour
l’annulation, et avance par paquets de cent. Chaque essai est défait par un ROLLBACK.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from bench.mesure import Rapport, mesurer
from bench.planchers import lot as plancher_sql
from contrats.lots import Decalage, Demande, Retouche
from contrats.models import Action, Contrat
from contrats.services import masse

FICHES = 500
STATUT, RAISON = "EN_PAUSE", "Attente de la subvention"
DEMI_ANNEE = Decalage(6, "mois")
COPIER = """
INSERT INTO contrats_action ({colonnes}, id, contrat_id, axe_id, objectif_id)
SELECT {colonnes}, gen_random_uuid(), %s, NULL, NULL
FROM contrats_action WHERE statut = 'EN_COURS' ORDER BY id LIMIT %s
"""


def defait(faire: Callable[[], Any]) -> Callable[[], None]:
    def essai() -> None:
        with transaction.atomic():
            faire()
            transaction.set_rollback(True)

    return essai


def courir(tours: int) -> list[Rapport]:
    personne, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    contrat, theme = grand_contrat(), choisir_theme()
    demande = Demande(
        valeurs={"statut": STATUT, "statut_raison": RAISON},
        decalages={"date_fin": DEMI_ANNEE},
        listes={"themes": Retouche(ajouter=frozenset({theme}))},
    )
    pks = list(contrat.actions.values_list("pk", flat=True))

    def produit() -> None:
        lot = masse.choisir(contrat=contrat, par=personne, est_tout=True)
        lot = masse.preparer(lot=lot, pks=pks, demande=demande, par=personne)
        if travail := masse.appliquer(lot=lot, par=personne):
            masse.appliquer_en_fond(travail_id=travail.pk)

    def plancher() -> None:
        with connection.cursor() as curseur:
            plancher_sql.ecrire(
                curseur, pks, personne.pk, statut=STATUT, raison=RAISON, theme=theme
            )

    verifier(produit, plancher, contrat)
    return [
        mesurer(
            "w8_lot_500_vs_sql",
            defait(produit),
            defait(plancher),
            cible=3,
            tours=min(tours, 5),
            repetitions=1,
        )
    ]


def grand_contrat() -> Contrat:
    """Un contrat de 500 fiches, copiées une fois pour toutes."""
    modele = Contrat.objects.filter(slug="volume-0").get()
    contrat, neuf = Contrat.objects.get_or_create(
        slug="mesure-lot",
        defaults={"nom": "Démonstration, lot", "region": modele.region, "ars": modele.ars,
                  "est_demonstration": True},
    )  # fmt: skip
    if neuf:
        autres = {"id", "contrat_id", "axe_id", "objectif_id"}
        colonnes = ", ".join(
            champ.column
            for champ in Action._meta.concrete_fields  # les colonnes de la table
            if not champ.generated and champ.column not in autres
        )
        with connection.cursor() as curseur:
            curseur.execute(COPIER.format(colonnes=colonnes), [contrat.pk, FICHES])
    return contrat


def choisir_theme() -> str:
    with connection.cursor() as curseur:
        curseur.execute("SELECT code FROM contrats_theme ORDER BY code LIMIT 1")
        return str(curseur.fetchone()[0])


def verifier(produit: Callable[[], Any], plancher: Callable[[], Any], contrat: Contrat) -> None:
    """Les deux laissent les mêmes fiches, les mêmes liens et les mêmes changements de statut."""
    laisses = []
    for faire in (produit, plancher):
        with transaction.atomic():
            faire()
            laisses.append(etat(contrat))
            transaction.set_rollback(True)
    if laisses[0] != laisses[1]:
        raise AssertionError(
            "Le lot du produit et celui du plancher ne laissent pas la même chose."
        )


def etat(contrat: Contrat) -> list[Any]:
    champs = ("pk", "statut", "statut_raison", "date_fin", "version", "passages__vers", "themes")
    return list(contrat.actions.order_by("pk", "themes").values_list(*champs))
