"""W3 : le PDF d’un bilan, face à Typst et à un rendu naïf du même document ; à deux en parallèle."""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers.bilan import rendre_naivement, rendre_typst
from bilans import pdf, rapport
from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import ondes, ondes_du_portrait
from bilans.models import Bilan
from contrats.models import Contrat

DOCUMENTS = 6


def instantane() -> Instantane:
    contrat = Contrat.objects.filter(slug__startswith="volume-").order_by("pk").first()
    bilan = Bilan(contrat=contrat, annee=2025)
    return rapport.construire(bilan, arrete_le=timezone.localdate())


def preparer_naif(document: Instantane) -> Callable[[], int]:
    """Le même HTML et la même feuille, donnés au rendu naïf."""
    html = render_to_string("bilans/pdf/bilan.html", contexte(document))
    static = Path(settings.BASE_DIR) / "static"
    fichiers = {nom: (static / "vendor" / "polices" / nom).read_bytes() for nom in pdf.POLICES}
    fichiers |= {"ondes.svg": ondes(document), "portrait.svg": ondes_du_portrait(document)}
    feuille = (static / "css" / "pdf.css").read_text()
    return lambda: rendre_naivement(html, feuille, fichiers)


def rendre(document: Instantane) -> int:
    return pdf.rendre(document).pages


def debit(document: Instantane, processus: int) -> float:
    """Documents par seconde, une fois les processus prêts."""
    with ProcessPoolExecutor(processus, mp_context=get_context("fork")) as groupe:
        list(groupe.map(rendre, [document] * processus))
        debut = time.perf_counter()
        list(groupe.map(rendre, [document] * DOCUMENTS))
        return DOCUMENTS / (time.perf_counter() - debut)


def courir(tours: int) -> list[Rapport]:
    document = instantane()
    premier, second = pdf.rendre(document), pdf.rendre(document)
    if premier.octets != second.octets:
        raise AssertionError("Le même instantané n’a pas donné les mêmes octets.")
    simple = document.vers_simple()
    naif = preparer_naif(document)
    if naif() != premier.pages:
        raise AssertionError("Le rendu naïf n’a pas le même nombre de pages.")
    rapports = [
        mesurer(
            "w3_bilan_vs_naive_weasy",
            lambda: pdf.rendre(document),
            naif,
            cible=0.80,
            tours=min(tours, 5),
            repetitions=1,
        ),
        mesurer(
            "w3_bilan_vs_typst",
            lambda: pdf.rendre(document),
            lambda: rendre_typst(simple),
            cible=8.5,
            tours=min(tours, 5),
            repetitions=1,
        ),
    ]
    connections.close_all()
    if (os.cpu_count() or 1) >= 2:
        gains = [debit(document, 2) / debit(document, 1) for _ in range(3)]
        milieu = statistics.median(gains)
        rapports.append(
            Rapport("w3_scaling_2_workers", milieu, (max(gains) - min(gains)) / milieu / 2,
                    0, 0, 1.85, sens="min")
        )  # fmt: skip
    return rapports
