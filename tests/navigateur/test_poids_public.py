"""La première vue d’une page publique : 120 Ko et quinze requêtes au plus, tout compris.

Ce que le navigateur demande vraiment, sans rien en réserve. Les textes pèsent ce qu’ils pèsent
comprimés, comme le serveur de production les envoie ; polices et images, leur taille.
"""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser, Response

from tests.navigateur.conftest import lieu

OCTETS, REQUETES = 120 * 1024, 15
PAGES = (
    "/",
    "/mon-contrat/?ou=35150",
    "/contrats/",
    "/contrats/essai-cornouaille/",
    "/actions/",
    "/bilans/",
    "/bilans/essai-cornouaille/2024/",
    "/reunions/",
    "/donnees-ouvertes/",
    "/mots/",
)
TEXTES = ("text/", "application/json", "image/svg", "javascript")


@pytest.mark.parametrize("largeur", [360, 1280])
@pytest.mark.parametrize("chemin", PAGES)
def test_la_premiere_vue_est_legere(
    site: Any, chromium: Browser, chemin: str, largeur: int
) -> None:
    contexte = chromium.new_context(**lieu(site, largeur))
    page = contexte.new_page()
    recues: list[Response] = []
    page.on("response", lambda reponse: recues.append(reponse))  # noqa: PLW0108  (une méthode native ne s’accroche pas)
    page.goto(chemin, wait_until="networkidle")
    poids = {r.url.removeprefix(site.adresse): pese(r) for r in recues}
    contexte.close()
    assert len(recues) <= REQUETES, sorted(poids)
    assert sum(poids.values()) <= OCTETS, sorted(poids.items(), key=lambda p: -p[1])


def pese(reponse: Response) -> int:
    corps = reponse.body()
    nature = reponse.headers.get("content-type", "")
    est_texte = any(debut in nature for debut in TEXTES)
    return len(gzip.compress(corps, 6)) if est_texte else len(corps)
