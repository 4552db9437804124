"""Chaque panne a sa plateforme : la sienne seule tombe, et l’on y revient à l’état sain."""

from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from bs4 import BeautifulSoup

from tests.appuis.jeu import ADRESSES
from tests.appuis.marques import marquer
from tests.appuis.plateforme import Plateforme, dossier_commun, plateforme
from tests.factories.acteurs import MOT_DE_PASSE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    marquer(items, Path(__file__).parent, "pannes")


@pytest.fixture(scope="session")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plateforme]:
    """Serveur web en marche ; chaque test lance et tue le reste. Bail court : 4 s."""
    modeles = dossier_commun(tmp_path_factory)
    with plateforme("web", modeles=modeles, BAIL_TRAVAIL_SECONDES="4") as prete:
        yield prete


class Visite:
    """Une coordinatrice connectée, sans navigateur : des formulaires remplis comme elle le ferait."""

    def __init__(self, site: Plateforme) -> None:
        self.site = site
        self.ouvreur = build_opener(HTTPCookieProcessor(CookieJar()))
        self.envoyer(
            "/compte/login/", {"login": ADRESSES["coordinatrice"], "password": MOT_DE_PASSE}
        )

    def lire(self, chemin: str) -> tuple[int, str]:
        return self._demander(Request(self.site.adresse + chemin))

    def envoyer(self, chemin: str, valeurs: dict, formulaire: str = "") -> tuple[int, str]:
        """Lit le formulaire (à `formulaire` si ce n’est pas la même page) puis l’envoie rempli."""
        _, page = self.lire(formulaire or chemin)
        jeton = BeautifulSoup(page, "html.parser").find("input", {"name": "csrfmiddlewaretoken"})
        assert jeton, page[:500]
        corps = urlencode({"csrfmiddlewaretoken": jeton["value"], **valeurs}).encode()
        entetes = {"Referer": self.site.adresse + chemin}
        return self._demander(Request(self.site.adresse + chemin, corps, entetes))

    def _demander(self, requete: Request) -> tuple[int, str]:
        try:
            with self.ouvreur.open(requete, timeout=20) as reponse:
                return reponse.status, reponse.read().decode()
        except HTTPError as erreur:
            with erreur:
                return erreur.code, erreur.read().decode()


@pytest.fixture
def coordinatrice(essai: Plateforme) -> Visite:
    return Visite(essai)
