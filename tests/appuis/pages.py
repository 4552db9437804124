"""Lire une page comme un navigateur la lirait."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client


def soupe(reponse: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(reponse.content, "html.parser")


def lire(client: Client, adresse: str, *, code: int = 200, **parametres: Any) -> BeautifulSoup:
    """La page à cette adresse ; `parametres` s’ajoutent à l’adresse."""
    reponse = client.get(adresse, parametres)
    assert reponse.status_code == code
    return soupe(reponse)
