"""W14 : le bilan technique d’une soixantaine de pages, face à un rendu naïf des mêmes données.

La mémoire est le pic d’un processus neuf qui rend le document une fois, en mébioctets.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from bench.mesure import Rapport, mesurer
from bench.planchers import technique as naif
from bilans import pdf
from bilans.technique.page import rendre_technique
from tests.bilans import exemples
from tests.bilans.technique import exemples as techniques

PAGES_MINIMUM, MEMOIRE_MAXIMUM = 55, 400.0
AXES, PAR_AXE = 5, 9
SCRIPT = (
    "import django; django.setup(); from bench.charges import w14_technique as w; print(w.pic())"
)


def courir(tours: int) -> list[Rapport]:
    instantane, technique = exemples.instantane(), techniques.technique(axes=AXES, par_axe=PAR_AXE)
    static = Path(settings.BASE_DIR) / "static"
    fichiers = {nom: (static / "vendor" / "polices" / nom).read_bytes() for nom in pdf.POLICES}
    feuille = (static / "css" / "pdf.css").read_text()

    def produit() -> Any:
        return rendre_technique(instantane, technique, avec_montants=True)

    premier = produit()
    if premier.pages < PAGES_MINIMUM or premier.octets != produit().octets:
        raise AssertionError(f"{premier.pages} pages, ou deux rendus différents.")
    return [
        mesurer(
            "w14_technique_vs_naive_weasy", produit,
            lambda: naif.rendre(technique, feuille, fichiers), cible=0.8, tours=min(tours, 5),
            repetitions=1,
        ),
        _memoire(),
    ]  # fmt: skip


def _memoire() -> Rapport:
    commande = [sys.executable, "-c", SCRIPT]
    lu = subprocess.run(commande, check=True, capture_output=True, text=True)  # noqa: S603  (notre code)
    pic = float(lu.stdout.split()[-1])
    return Rapport("w14_technique_memoire", pic / MEMOIRE_MAXIMUM, 0.0, pic, MEMOIRE_MAXIMUM, 1.0)


def pic() -> float:
    """Le plus que ce processus ait tenu, en Mio, une fois le document rendu.

    Lu dans /proc : `getrusage` compte aussi ce que tenait le processus dont celui-ci est né.
    """
    technique = techniques.technique(axes=AXES, par_axe=PAR_AXE)
    rendre_technique(exemples.instantane(), technique, avec_montants=True)
    etat = Path("/proc/self/status").read_text(encoding="ascii")
    return int(etat.partition("VmHWM:")[2].split()[0]) / 1024
