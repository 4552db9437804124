"""W3 : le PDF d’un bilan complet, face à Typst et à un rendu naïf du même document ; à deux ; sa mémoire.

Chaque mesure prend un autre contrat : ni Typst ni WeasyPrint ne retrouve ce qu’il vient de composer.
"""

import gc
import io
import os
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pikepdf
import pymupdf
from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string

from bench.bilan_de_reference import images, instantanes
from bench.mesure import Rapport, mesurer
from bench.planchers import bilan as naif
from bench.planchers import bilan_typst
from bilans import pdf
from bilans.instantane import Instantane
from bilans.mise_en_page import contexte
from bilans.mise_en_page.couverture import fonds
from bilans.mise_en_page.images_sures import adresser, images_sures

DIFFERENTS, A_DEUX, ESSAIS = 12, 8, 3
# Flex, colonnes et grilles ne coupent pas les pages aux mêmes endroits
ECART_DE_PAGES = 3
# Un mot coupé en bout de ligne, un titre abrégé dans le sommaire
MOTS_EN_MOINS, MOT = 0.02, re.compile(r"[^\W\d_]{4,}")
COMPARES = ("/Figure", "/Table", "/TR")
T = TypeVar("T")


def rendre(document: Instantane) -> pdf.ResultatPdf:
    return pdf.rendre(document, images(DIFFERENTS))


def en_typst(simple: Mapping[str, Any]) -> bytes:
    return bilan_typst.rendre(simple, images(DIFFERENTS))


@contextmanager
def sur_un_coeur() -> Iterator[None]:
    """Typst compose sur tous les cœurs libres, WeasyPrint sur un seul ; la cible est par cœur.

    Tenu à un cœur, Typst prend son temps de calcul, pas plus : 104 ms au lieu de 82, pour 113 ms de
    calcul sur deux cœurs.
    """
    permis = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(permis)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, permis)


def a_la_suite(faire: Callable[[T], object], documents: Iterable[T]) -> Callable[[], object]:
    """Un appel, un document ; le suivant au prochain appel."""
    suite: Iterator[T] = cycle(documents)
    return lambda: faire(next(suite))


def preparer_naif(document: Instantane) -> Callable[[], bytes]:
    sures = images_sures(document, images(DIFFERENTS))
    vues = contexte(document, adresser(sures))
    html = naif.balisage_idiomatique(render_to_string("bilans/pdf/bilan.html", vues))
    static = Path(settings.BASE_DIR) / "static"
    fichiers = {nom: (static / "vendor" / "polices" / nom).read_bytes() for nom in pdf.POLICES}
    fichiers |= {**fonds(document), **sures}
    feuille = (static / "css" / "pdf.css").read_text()
    return lambda: naif.rendre_naivement(html, feuille, fichiers)


def balises(octets: bytes) -> Counter[str]:
    """Images, tableaux et lignes de l’arbre des balises : le contenu, vu d’un lecteur d’écran."""
    with pikepdf.open(io.BytesIO(octets)) as document:
        return Counter(
            genre for genre in _genres(document.Root.StructTreeRoot) if genre in COMPARES
        )


def _genres(racine: Any) -> Iterator[str]:
    pile = [racine]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, pikepdf.Dictionary):
            yield str(noeud.get("/S", ""))
            enfants = noeud.get("/K", [])
            pile.extend(enfants if isinstance(enfants, pikepdf.Array) else [enfants])


def mots(octets: bytes) -> Counter[str]:
    """Les mots d’au moins quatre lettres qu’un lecteur trouve dans le document."""
    with pymupdf.open(stream=octets) as document:
        return Counter(MOT.findall(" ".join(page.get_text() for page in document).lower()))


def verifier(document: Instantane) -> None:
    """Mêmes octets deux fois ; mêmes images, tableaux et mots, autant de pages à trois près."""
    premier = rendre(document)
    if premier.octets != rendre(document).octets:
        raise AssertionError("Le même instantané n’a pas donné les mêmes octets.")
    rendus = {
        "naïf": preparer_naif(document)(),
        "Typst": en_typst(document.vers_simple()),
    }
    for nom, octets in rendus.items():
        if balises(octets) != balises(premier.octets):
            raise AssertionError(f"{nom} : {balises(octets)}, produit : {balises(premier.octets)}")
        attendus = mots(premier.octets)
        manquent = attendus - mots(octets)
        if manquent.total() > MOTS_EN_MOINS * attendus.total():
            raise AssertionError(f"{nom} : il manque {dict(manquent)}")
        with pikepdf.open(io.BytesIO(octets)) as autre:
            if abs(len(autre.pages) - premier.pages) > ECART_DE_PAGES:
                raise AssertionError(f"{nom} : {len(autre.pages)} pages, produit : {premier.pages}")


def _rendre_tous(documents: list[Instantane], depart: Any, rang: int, processus: int) -> None:
    """Un travailleur : il s’échauffe, attend les autres, puis rend sa part."""
    rendre(documents[rang])
    depart.wait()
    for document in documents[rang::processus]:
        rendre(document)


def debit(documents: list[Instantane], processus: int) -> float:
    """Documents par seconde, une fois les processus prêts."""
    fourche = get_context("fork")
    depart = fourche.Barrier(processus + 1)
    travailleurs = [
        fourche.Process(target=_rendre_tous, args=(documents, depart, rang, processus))
        for rang in range(processus)
    ]
    for travailleur in travailleurs:
        travailleur.start()
    depart.wait()
    debut = time.perf_counter()
    for travailleur in travailleurs:
        travailleur.join()
    return len(documents) / (time.perf_counter() - debut)


def a_deux(documents: list[Instantane]) -> Rapport:
    """Comme le travailleur : ce qui est chargé avant la division n’est plus parcouru."""
    connections.close_all()
    gc.collect()
    gc.freeze()
    gains = [debit(documents, 2) / debit(documents, 1) for _ in range(ESSAIS)]
    gc.unfreeze()
    milieu = statistics.median(gains)
    etendue = (max(gains) - min(gains)) / milieu / 2
    return Rapport("w3_scaling_2_workers", milieu, etendue, 0, 0, cible=1.85, sens="min")


def memoire(documents: list[Instantane]) -> Rapport:
    """Un travailleur qui rend douze documents garde-t-il plus que celui qui en rend deux ?"""
    hauts = [_haut(documents[:combien]) for combien in (2, len(documents))]
    rapport = hauts[1] / hauts[0]
    return Rapport("w3_memoire_12_bilans", rapport, 0.0, hauts[1], hauts[0], cible=1.25)


def _haut(documents: list[Instantane]) -> float:
    """Le plus haut de la mémoire résidente (Mo) d’un processus qui rend ces documents."""
    fourche = get_context("fork")
    recevoir, dire = fourche.Pipe(duplex=False)

    def faire() -> None:
        for document in documents:
            rendre(document)
        dire.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    travailleur = fourche.Process(target=faire)
    travailleur.start()
    haut = float(recevoir.recv())
    travailleur.join()
    return haut


def courir(tours: int) -> list[Rapport]:
    documents = instantanes(DIFFERENTS)
    rendre(documents[0])
    # Avant Typst, dont les fils d’exécution ne survivent pas à une division du processus.
    rapports = [memoire(documents)]
    rapports += [a_deux(documents[:A_DEUX])] if (os.cpu_count() or 1) >= 2 else []
    verifier(documents[0])
    produit = [a_la_suite(rendre, documents) for _ in range(2)]
    naifs = [preparer_naif(document) for document in documents]
    simples = [document.vers_simple() for document in documents]
    reglages = {"tours": min(tours, 5), "repetitions": 1}
    rapports.append(
        mesurer(
            "w3_bilan_vs_naive_weasy",
            produit[0],
            a_la_suite(lambda rendre_: rendre_(), naifs),
            cible=0.80,
            **reglages,
        )
    )
    with sur_un_coeur():
        typst = a_la_suite(en_typst, simples)
        rapports.append(mesurer("w3_bilan_vs_typst", produit[1], typst, cible=8.5, **reglages))
    return rapports
