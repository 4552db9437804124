"""W11 : 500 000 valeurs réunies en direct, comme si tous les contrats étaient d’une seule région.

Le plancher ne vérifie ni les recouvrements de périodes, ni ne réunit numérateurs, dénominateurs et
effectifs : le produit fait davantage.
"""

from django.db import connection
from django.utils import timezone

from bench.mesure import Rapport, mesurer
from bench.planchers import region as plancher
from contrats.models import Contrat
from indicateurs.models import IndicateurModele
from indicateurs.region.lecture import region


def courir(tours: int) -> list[Rapport]:
    contrats = list(Contrat.objects.filter(slug__startswith="volume-"))
    modeles = list(IndicateurModele.objects.all())
    cles, le = [contrat.pk for contrat in contrats], timezone.localdate()

    def lire() -> dict[tuple[str, int], plancher.Ligne]:
        return {
            (suivi.modele.pk, annee): (lu.contrats, lu.valeurs, lu.valeur, lu.minimum, lu.maximum)
            for suivi in region(contrats, modeles, le=le)
            for annee, lu in suivi.annees.items()
        }  # type: ignore[return-value]  # chaque année du volume a une valeur

    def direct() -> dict[tuple[str, int], plancher.Ligne]:
        with connection.cursor() as curseur:
            return plancher.region(curseur, cles)

    with connection.cursor() as curseur:
        attendu = plancher.region_naive(curseur, cles)
    if not lire() == direct() == attendu:
        raise AssertionError("Le produit, le plancher et le contrôle ne réunissent pas pareil.")
    return [mesurer("w11_region_vs_sql", lire, direct, cible=1.8, tours=tours, repetitions=2)]
