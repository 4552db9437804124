"""L’identité de l’opérateur telle que les gabarits l’affichent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from cls_platform.socle import theme


@dataclass(frozen=True, slots=True)
class Charte:
    """`adresse_theme` change avec l’accent ; `adresse_logo` est vide sans logo."""

    nom: str
    courriel: str
    adresse_theme: str
    adresse_logo: str


def charte() -> Charte:
    """Ne lit que les réglages : utilisable sur une page d’erreur, base de données arrêtée."""
    return Charte(
        nom=settings.CLS_NOM_OPERATEUR,
        courriel=settings.CLS_COURRIEL_CONTACT,
        adresse_theme=_adresse_du_theme(settings.CLS_ACCENT),
        adresse_logo=_adresse(settings.CLS_LOGO),
    )


@cache
def _adresse_du_theme(accent: str) -> str:
    return f"{reverse('socle:theme')}?v={theme.empreinte(accent)}"


def _adresse(logo: str) -> str:
    """Un chemin dans `static/`, ou une adresse complète du même site."""
    if not logo or logo.startswith("/"):
        return logo
    return static(logo)
