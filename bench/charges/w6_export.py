"""W6 : les 60 000 fiches emportées en CSV, en XLSX et en ODS, face à un COPY des mêmes colonnes.

Vingt-quatre colonnes, textes longs, listes liées et montants compris. La mémoire se mesure dans
des processus neufs : l’export du dixième des contrats, puis de tous.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers import export as plancher
from contrats.models import Action
from contrats.tableur.liste import Liste

COLONNES_COMPAREES = ("Identifiant", "Titre", "Partenaires", "Coût (€)", "Avancement (%)")
RANGS_DU_PLANCHER = (0, 6, 13, 22, 11)
MEMOIRE = """
import resource, sys, django
django.setup()
from bench.charges.w6_export import emporter
emporter(sys.argv[1], int(sys.argv[2])).close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def emporter(extension: str, sur_dix: int = 10) -> Any:
    """`sur_dix` : les fiches de ce nombre de dixièmes des contrats."""
    personne = get_user_model().objects.filter(est_administrateur=True).first()
    actions = Action.objects.visibles_par(personne)
    if sur_dix < 10:
        actions = actions.filter(contrat__slug__regex=rf"^volume-\d*[0-{sur_dix - 1}]$")
    return Liste(actions, utilisateur=personne, le=timezone.localdate()).en(extension)


def courir(tours: int) -> list[Rapport]:
    get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    connection.ensure_connection()
    curseur = connection.connection.cursor()
    with tempfile.TemporaryDirectory() as dossier:
        rapports = contre_copy(curseur, Path(dossier) / "plancher.csv", tours)
    return [*rapports, *(memoire(extension) for extension in ("csv", "xlsx", "ods"))]


def contre_copy(curseur: Any, sortie: Path, tours: int) -> list[Rapport]:
    def copier() -> None:
        plancher.copier(curseur, sortie)

    copier()
    verifier(sortie)
    return [
        mesurer(
            f"w6_{extension}_vs_copy",
            lambda extension=extension: emporter(extension).close(),
            copier,
            cible=cible,
            tours=min(tours, 5),
            repetitions=1,
        )
        for extension, cible in (("csv", 1.5), ("xlsx", 3.5), ("ods", 4.5))
    ]


def verifier(plancher_csv: Path) -> None:
    """Les mêmes fiches, dans le même ordre, avec les mêmes listes et les mêmes sommes."""
    with emporter("csv") as fichier, plancher_csv.open(newline="") as attendu:
        texte = io.TextIOWrapper(fichier, "utf-8-sig", newline="")
        lignes = csv.DictReader(texte, delimiter=";")
        for sienne, voulue in zip(lignes, csv.reader(attendu, delimiter=";"), strict=True):
            lu = [sienne[nom] for nom in COLONNES_COMPAREES]
            dit = [voulue[rang].replace(".", ",") if rang == 22 else voulue[rang]
                   for rang in RANGS_DU_PLANCHER]  # fmt: skip
            if lu != dit:
                raise AssertionError(f"Export : {lu}\nau lieu de {dit}.")


def memoire(extension: str) -> Rapport:
    """Le pic de mémoire d’un processus neuf, à 60 000 fiches et à 6 000."""
    tout, dixieme = (_pic(extension, sur_dix) for sur_dix in (10, 1))
    return Rapport(f"w6_{extension}_peak_rss_growth", tout / dixieme, 0.0, tout, dixieme, 1.1)


def _pic(extension: str, sur_dix: int) -> float:
    """En mégaoctets."""
    lance = subprocess.run(  # noqa: S603  (le Python d’ici)
        [sys.executable, "-c", MEMOIRE, extension, str(sur_dix)],
        env=os.environ,
        capture_output=True,
        check=True,
    )
    return int(lance.stdout) / 1024
