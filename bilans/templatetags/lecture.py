"""La lecture publique d’un instantané : `{% volets_de page as volets %}`."""

from django import template
from django.urls import reverse

from bilans import lecture_publique
from bilans.instantane import Instantane

register = template.Library()


@register.simple_tag
def volets_de(page: Instantane) -> tuple[lecture_publique.VoletPublic, ...]:
    """Les volets d’aujourd’hui : chaque action mène à sa page."""
    return lecture_publique.volets_publics(page, _adresse_de_l_action)


def _adresse_de_l_action(cle: str) -> str:
    return reverse("bilans:action_publique", args=[cle])


@register.simple_tag
def avancement_de(page: Instantane) -> str:
    return lecture_publique.phrase_d_avancement(page)


@register.simple_tag
def legende_de(page: Instantane) -> tuple[tuple[str, str], ...]:
    return lecture_publique.legende(page)
