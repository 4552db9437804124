"""Un vrai Chromium devant une vraie plateforme : serveur web, travailleur et battement lancés."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.appuis.jeu import ADRESSES
from tests.appuis.marques import marquer
from tests.appuis.plateforme import Plateforme, dossier_commun, plateforme
from tests.factories.acteurs import MOT_DE_PASSE
from tests.navigateur.gestes import MARQUE_AXE

# Sans fenêtre à dessiner, il va bien plus vite ; à défaut, le Chromium ordinaire
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
)
ATTENTE_MS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Par groupes : la plateforme démarre une fois par processus, pas une fois par test."""
    marquer(items, Path(__file__).parent, "navigateur", files=2)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plateforme]:
    modeles = dossier_commun(tmp_path_factory)
    with plateforme("web", "travailleur", "battement", modeles=modeles) as prete:
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
            storage_state=sessions(personnage),
            java_script_enabled=javascript,
            **lieu(site, largeur),
        )
        contextes.append(contexte)
        contexte.set_default_timeout(ATTENTE_MS)
        return aller(contexte.new_page(), chemin, fautes)

    yield nouvelle
    for contexte in contextes:
        contexte.close()
    assert not fautes, "\n".join(fautes)


@pytest.fixture(scope="session")
def fenetres(
    site: Plateforme, chromium: Browser, sessions: Callable[[str], Any]
) -> Callable[[str], BrowserContext]:
    """La fenêtre d’un personnage, gardée ouverte : les fichiers qu’elle a lus lui restent."""
    ouvertes: dict[str, BrowserContext] = {}

    def de(personnage: str) -> BrowserContext:
        if personnage not in ouvertes:
            contexte = chromium.new_context(storage_state=sessions(personnage), **lieu(site, 1280))
            contexte.set_default_timeout(ATTENTE_MS)
            ouvertes[personnage] = contexte
        return ouvertes[personnage]

    return de


@pytest.fixture
def visiter(fenetres: Callable[[str], BrowserContext]) -> Iterator[Callable[[str, str], Page]]:
    """`visiter("elue", "/espace/")` : regarder sans rien y faire ; un onglet à la fois."""
    pages: list[Page] = []
    fautes: list[str] = []

    def onglet(personnage: str, chemin: str) -> Page:
        while pages:
            pages.pop().close()
        pages.append(fenetres(personnage).new_page())
        return aller(pages[-1], chemin, fautes)

    yield onglet
    while pages:
        pages.pop().close()
    assert not fautes, "\n".join(fautes)


def lieu(site: Plateforme, largeur: int) -> dict[str, Any]:
    ecran = {"width": largeur, "height": 900}
    return {"base_url": site.adresse, "viewport": ecran, "locale": "fr-FR"}


def aller(page: Page, chemin: str, fautes: list[str]) -> Page:
    page.on("pageerror", lambda erreur: fautes.append(f"{page.url} : {erreur}"))
    page.on("console", Ecoute(fautes))
    page.goto(chemin)
    return page


class Ecoute:
    """Note les erreurs de la console, jusqu’à ce qu’axe, qui écrit des styles, entre dans la page.

    Les réponses 403, 404, 409 et 422 sont voulues : le navigateur les écrit, ce ne sont pas des fautes.
    """

    VOULUES = re.compile(r"status of (403|404|409|422)")

    def __init__(self, fautes: list[str]) -> None:
        self.fautes = fautes
        self.axe_est_la = False

    def __call__(self, message: ConsoleMessage) -> None:
        self.axe_est_la |= message.text == MARQUE_AXE
        if (
            message.type == "error"
            and not self.axe_est_la
            and not self.VOULUES.search(message.text)
        ):
            self.fautes.append(f"{message.page.url if message.page else '?'} : {message.text}")


@pytest.fixture(scope="session")
def cle(site: Plateforme) -> Callable[[str], str]:
    """`cle("SELECT id FROM …")` : l’identifiant d’un objet du jeu."""
    return lambda requete: str(site.sql(requete)[0][0])
