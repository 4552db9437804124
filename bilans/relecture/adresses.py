"""Où se lit, et où se corrige, chaque partie d’un bilan."""

from django.urls import reverse

from bilans.models import Bilan
from bilans.relecture.ancres import BILAN, Ancre


def ou_lire(bilan: Bilan, ancre: Ancre = BILAN) -> str:
    """La partie dans la page « Relire »."""
    return f"{reverse('bilans:relire', args=[bilan.pk])}#{ancre.identifiant}"


def ou_corriger(bilan: Bilan, ancre: Ancre = BILAN) -> str:
    """La partie là où elle s’écrit."""
    page = reverse("bilans:bilan", args=[bilan.pk])
    return page if ancre == BILAN else f"{page}#section-{ancre.cle.lower()}"
