"""W14 : le bilan technique d’une soixantaine de pages, face à un rendu naïf des mêmes données.

La mémoire est le pic d’un processus neuf qui rend le document une fois, en mébioctets.
"""

import resource
from multiprocessing import get_context
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
    fourche = get_context("spawn")
    tuyau, autre = fourche.Pipe(duplex=False)
    fils = fourche.Process(target=_pic, args=(autre,))
    fils.start()
    pic = tuyau.recv()
    fils.join()
    return Rapport(
        "w14_technique_memoire_vs_400mo", pic / MEMOIRE_MAXIMUM, 0.0, pic, MEMOIRE_MAXIMUM, 1.0
    )


def _pic(tuyau: Any) -> None:
    import django  # noqa: PLC0415  (un processus neuf)

    django.setup()
    rendre_technique(
        exemples.instantane(), techniques.technique(axes=AXES, par_axe=PAR_AXE), avec_montants=True
    )
    tuyau.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
