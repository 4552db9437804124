"""Les mots que lit un habitant à la place des codes : `{{ contrat.phase|phase_publique }}`."""

from django import template
from django.utils import timezone

from contrats.etats import PHASE_PUBLIQUE, STATUT_PUBLIC
from contrats.models import Contrat
from contrats.parcours import annee_en_cours

register = template.Library()


@register.filter
def phase_publique(phase: str) -> str:
    return PHASE_PUBLIQUE[phase]


@register.filter
def statut_public(statut: str) -> str:
    return STATUT_PUBLIC[statut]


@register.filter
def ou_en_est(contrat: Contrat) -> str:
    """« En action, année 3 sur 5 » tant que le contrat court ; la phase seule sinon."""
    phase = PHASE_PUBLIQUE[contrat.phase]
    annee = annee_en_cours(contrat, timezone.localdate())
    return f"{phase}, {annee}" if annee and contrat.est_signe else phase
