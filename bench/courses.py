"""Court les charges demandées, écrit le tableau et le JSON."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from bench.charges import (
    w1_actions,
    w2_couverture,
    w3_bilan,
    w4_plan,
    w4_tableau,
    w5_recherche,
    w6_export,
    w7_plan,
    w7_territoires,
    w8_lot,
    w9_frappe,
    w10_carte,
    w11_region,
    w12_grille,
    w13_planche,
    w14_technique,
    w15_langage,
)
from bench.environnement import decrire
from bench.mesure import Rapport
from cls_platform import gunicorn

CHARGES: dict[str, Callable[[int], list[Rapport]]] = {
    "w1": w1_actions.courir,
    "w2": w2_couverture.courir,
    "w3": w3_bilan.courir,
    "w4": w4_plan.courir,
    "w4tableau": w4_tableau.courir,
    "w5": w5_recherche.courir,
    "w6": w6_export.courir,
    "w7": w7_territoires.courir,
    "w7plan": w7_plan.courir,
    "w8": w8_lot.courir,
    "w9": w9_frappe.courir,
    "w10": w10_carte.courir,
    "w11region": w11_region.courir,
    "w12": w12_grille.courir,
    "w13": w13_planche.courir,
    "w14": w14_technique.courir,
    "w15": w15_langage.courir,
}
TABLES = ("acteurs_commune", "contrats_contrat", "contrats_action", "indicateurs_mesure")


def courir(options: argparse.Namespace) -> int:
    """Rend 1 si un rapport stable manque sa cible ; une mesure trop agitée ne conclut pas."""
    choisies = [c for c in options.only.split(",") if c] or list(CHARGES)
    rapports: list[Rapport] = []
    comme_le_serveur()
    for nom in choisies:
        sys.stderr.write(f"{nom}…\n")
        rapports += CHARGES[nom](options.tours)
    ecrire_tableau(rapports)
    garder(Path(options.json), rapports)
    return int(any(r.est_stable and not r.tient for r in rapports))


def comme_le_serveur() -> None:
    """Les vues sont chargées et le ramasse-miettes réglé comme dans un processus de gunicorn."""
    get_resolver().url_patterns  # noqa: B018  (charge les adresses avant la première requête)
    gunicorn.post_fork(None, None)


def ecrire_tableau(rapports: list[Rapport]) -> None:
    print(f"{'rapport':<28}{'valeur':>8}{'cible':>8}{'IQR':>7}{'produit':>12}{'plancher':>12}")
    for r in rapports:
        verdict = "agitée" if not r.est_stable else ("tient" if r.tient else "MANQUE")
        print(
            f"{r.nom:<28}{r.rapport:>8.2f}{r.cible:>8.2f}{r.iqr:>7.0%}"
            f"{r.produit_ms:>9.1f} ms{r.plancher_ms:>9.1f} ms  {verdict}"
        )


def garder(chemin: Path, rapports: list[Rapport]) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    contenu: dict[str, Any] = {
        "le": timezone.now().isoformat(),
        "environnement": decrire(connection),
        "lignes": {table: compter(table) for table in TABLES},
        "rapports": [r.__dict__ | {"tient": r.tient, "stable": r.est_stable} for r in rapports],
    }
    chemin.write_text(json.dumps(contenu, ensure_ascii=False, indent=2) + "\n")
    print(f"Gardé dans {chemin}.")


def compter(table: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return int(curseur.fetchone()[0])
