"""Tué vingt fois au hasard, ou livré cinquante fois : chaque document se fait exactement une fois."""

import json
import time

TOURS, GRAINE, BUDGET = 20, 6, 120
LIVRAISONS, ENSEMBLE = 50, 5


def constats(essai, *arguments: str) -> list[dict]:
    sortie = essai.python("-m", "tests.pannes.pepiniere", *arguments)
    return [json.loads(ligne) for ligne in sortie.splitlines() if ligne.startswith("{")]


def test_un_travailleur_tue_a_vingt_moments_au_hasard_fait_chaque_document_une_fois(essai):
    debut = time.monotonic()
    lus = constats(essai, "morts", str(TOURS), str(GRAINE))
    assert len(lus) == TOURS
    for lu in lus:
        assert (lu["etat"], lu["entier"], lu["courriels"]) == ("FAIT", True, 1), lu
        assert lu["tentatives"] == (1 if lu["laisse"] in {"FAIT", "EN_FILE"} else 2), lu
    par_genre: dict[str, set[str]] = {}
    for lu in lus:
        par_genre.setdefault(lu["genre"], set()).add(lu["sha256"])
    assert all(len(empreintes) == 1 for empreintes in par_genre.values()), (
        "mêmes données, mêmes octets"
    )
    assert sum(lu["laisse"] == "EN_COURS" for lu in lus) >= TOURS // 2, "tués trop tôt ou trop tard"
    assert time.monotonic() - debut < BUDGET


def test_le_meme_message_livre_cinquante_fois_ne_fait_le_document_qu_une_fois(essai):
    lus = constats(essai, "livraisons", str(LIVRAISONS), str(ENSEMBLE))
    assert {lu["genre"] for lu in lus} == {"PDF", "DIAPORAMA"}
    for lu in lus:
        assert lu["livraisons"] == LIVRAISONS
        assert (lu["etat"], lu["tentatives"], lu["courriels"]) == ("FAIT", 1, 1), lu
        assert lu["entier"]
