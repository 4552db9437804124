"""Un vrai Chromium devant une vraie plateforme : serveur web, travailleur et battement lancés."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.appuis.jeu import ADRESSES
from tests.appuis.plateforme import Plateforme, plateforme
from tests.factories.acteurs import MOT_DE_PASSE

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ATTENTE_MS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tous ces tests se suivent dans un même processus : la plateforme n’y démarre qu’une fois."""
    ici = Path(__file__).parent
    for item in items:
        if ici in item.path.parents:
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.xdist_group("navigateur"))


@pytest.fixture(scope="session")
def site() -> Iterator[Plateforme]:
    with plateforme("web", "travailleur", "battement") as prete:
        yield prete


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield navigateur
        navigateur.close()


@pytest.fixture(scope="session")
def sessions(site: Plateforme, chromium: Browser) -> Callable[[str], Any]:
    """La session d’un personnage, ouverte une seule fois par le formulaire de connexion."""
    ouvertes: dict[str, Any] = {"anonyme": None}

    def de(personnage: str) -> Any:
        if personnage not in ouvertes:
            contexte = chromium.new_context()
            connecter(contexte.new_page(), site, personnage)
            ouvertes[personnage] = contexte.storage_state()
            contexte.close()
        return ouvertes[personnage]

    return de


def connecter(page: Page, site: Plateforme, personnage: str) -> None:
    page.goto(f"{site.adresse}/compte/login/")
    page.get_by_role("textbox", name="Courriel").fill(ADRESSES[personnage])
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{site.adresse}/espace/")


@pytest.fixture
def ouvrir(
    site: Plateforme, chromium: Browser, sessions: Callable[[str], Any]
) -> Iterator[Callable[..., Page]]:
    """`ouvrir("coordinatrice", "/espace/", largeur=360, javascript=False)` → une page neuve.

    Une erreur de script ou un fichier refusé pendant la visite fait échouer le test à la fin.
    """
    contextes: list[Any] = []
    fautes: list[str] = []

    def nouvelle(
        personnage: str = "anonyme",
        chemin: str = "/",
        *,
        largeur: int = 1280,
        javascript: bool = True,
    ) -> Page:
        contexte = chromium.new_context(
            base_url=site.adresse,
            storage_state=sessions(personnage),
            viewport={"width": largeur, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
        )
        contextes.append(contexte)
        contexte.set_default_timeout(ATTENTE_MS)
        page = contexte.new_page()
        page.on("pageerror", lambda erreur: fautes.append(f"{page.url} : {erreur}"))
        page.on("console", lambda message: noter(message, page, fautes))
        page.goto(chemin)
        return page

    yield nouvelle
    for contexte in contextes:
        contexte.close()
    assert not fautes, "\n".join(fautes)


def noter(message: Any, page: Page, fautes: list[str]) -> None:
    """Les réponses 409 et 422 sont voulues : le navigateur les écrit, elles ne sont pas des fautes."""
    voulues = ("status of 409", "status of 422", "status of 404", "status of 403")
    if message.type == "error" and not any(v in message.text for v in voulues):
        fautes.append(f"{page.url} : {message.text}")


@pytest.fixture(scope="session")
def cle(site: Plateforme) -> Callable[[str], str]:
    """`cle("SELECT id FROM …")` : l’identifiant d’un objet du jeu."""
    return lambda requete: str(site.sql(requete)[0][0])
