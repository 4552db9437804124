"""Les bilans publiés que l’on peut comparer, lus dans leurs données figées."""

from collections.abc import Collection
from typing import Any

from bilans.comparaison.calcul import comparer
from bilans.comparaison.formes import ANNEES_AU_PLUS, Comparaison
from bilans.instantane import DonneesIllisibles, Instantane, relire
from bilans.models import Bilan


def bilans_comparables(contrat: Any) -> list[Bilan]:
    """Les éditions publiées du contrat, la plus récente d’abord ; sans leurs données."""
    publies = Bilan.objects.publies().filter(contrat=contrat)
    return list(publies.defer("instantane", "technique").order_by("-annee"))


def lire_comparaison(
    publies: Collection[Bilan], annees: Collection[int] = ()
) -> Comparaison | None:
    """Les années voulues ; sans choix, les plus récentes. None si aucune ne se lit. Une requête."""
    voulus = [b.pk for b in publies if not annees or b.annee in annees][:ANNEES_AU_PLUS]
    figes = Bilan.objects.filter(pk__in=voulus).values_list("instantane", flat=True)
    lus = [lu for simple in figes if (lu := _relire(simple))]
    return comparer(lus) if lus else None


def _relire(simple: Any) -> Instantane | None:
    """None pour des données d’un programme plus récent, ou abîmées : le reste se compare."""
    try:
        return relire(simple or {})
    except DonneesIllisibles:
        return None
