"""Reconnaître le jeton d’un appel de l’API et noter qu’il a servi."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from acteurs.models import Jeton
from acteurs.models.jeton import empreinte

# Un outil qui appelle dix fois par seconde n’écrit qu’une ligne par minute
PRECISION_DERNIER_USAGE = timedelta(minutes=1)


def jeton_valide(secret: str) -> Jeton | None:
    """Le jeton de ce secret, ou None s’il est inconnu, expiré, révoqué, ou son compte fermé."""
    valides = Jeton.objects.valides().select_related("utilisateur")
    return valides.filter(empreinte=empreinte(secret)).first()


def noter_usage(jeton: Jeton) -> None:
    """Date le dernier usage, à la minute près."""
    maintenant = timezone.now()
    seuil = maintenant - PRECISION_DERNIER_USAGE
    if jeton.dernier_usage_le is not None and jeton.dernier_usage_le > seuil:
        return
    perime = Q(dernier_usage_le=None) | Q(dernier_usage_le__lte=seuil)
    Jeton.objects.filter(perime, pk=jeton.pk).update(dernier_usage_le=maintenant)
