"""La lecture publique d’un instantané : `{% volets_de page as volets %}`."""

from django import template

from bilans import lecture_publique
from bilans.instantane import Instantane, Texte

register = template.Library()


@register.simple_tag
def volets_de(page: Instantane) -> tuple[lecture_publique.VoletPublic, ...]:
    return lecture_publique.volets_publics(page)


@register.simple_tag
def avancement_de(page: Instantane) -> str:
    return lecture_publique.phrase_d_avancement(page)


@register.simple_tag
def legende_de(page: Instantane) -> tuple[tuple[str, str], ...]:
    return lecture_publique.legende(page)


@register.simple_tag
def lettre_de(texte: Texte | None) -> lecture_publique.LettrePublique | None:
    return lecture_publique.lettre(texte)
