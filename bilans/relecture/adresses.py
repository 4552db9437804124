"""Où se lit, et où se corrige, chaque partie d’un bilan."""

from django.urls import reverse

from bilans.models import Bilan, CodeSection
from bilans.relecture.ancres import BILAN, Ancre, Genre


def ou_lire(bilan: Bilan, ancre: Ancre = BILAN) -> str:
    """La partie dans la page « Relire »."""
    return f"{reverse('bilans:relire', args=[bilan.pk])}#{ancre.identifiant}"


def ou_corriger(bilan: Bilan, ancre: Ancre = BILAN) -> str:
    """La partie là où elle s’écrit ; une action, sur sa fiche."""
    match ancre.genre:
        case Genre.SECTION if ancre.cle in CodeSection:
            return reverse("bilans:ecrire_section", args=[bilan.pk, ancre.cle])
        case Genre.VOLET:
            return reverse("bilans:ecrire_section", args=[bilan.pk, f"volet-{ancre.cle}"])
        case Genre.ACTION:
            return reverse("contrats:action", args=[ancre.cle])
    return reverse("bilans:bilan", args=[bilan.pk])
