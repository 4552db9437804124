"""Où, sur le site public, se lit une réaction : sous l’action, le bilan ou le contrat."""

from django.urls import reverse

from bilans.models import Reaction

ANCRE = "#reactions"


def adresse_de_la_reaction(reaction: Reaction) -> str:
    if reaction.action_id:
        return reverse("bilans:action_publique", args=[reaction.action_id]) + ANCRE
    if reaction.bilan:
        cles = [reaction.contrat.slug, reaction.bilan.annee]
        return reverse("bilans:bilan_public", args=cles) + ANCRE
    return reverse("bilans:contrat", args=[reaction.contrat.slug]) + ANCRE
