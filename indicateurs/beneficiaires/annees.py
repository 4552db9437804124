"""De quelles années on compte les bénéficiaires. Aucune base de données."""

from collections.abc import Sequence
from datetime import date

from contrats.models import Contrat

ANNEES_PROPOSEES = 6


def annees_du_contrat(contrat: Contrat, le: date) -> list[int]:
    """De la première à la dernière année commencée du contrat, six au plus."""
    derniere = min(le.year, contrat.date_fin.year) if contrat.date_fin else le.year
    derniere = max(derniere, contrat.date_debut.year) if contrat.date_debut else derniere
    derniere = min(derniere, le.year)
    premiere = contrat.date_debut.year if contrat.date_debut else derniere - 2
    return list(range(max(min(premiere, derniere), derniere - ANNEES_PROPOSEES + 1), derniere + 1))


def annee_demandee(demande: str, annees: Sequence[int], defaut: int | None = None) -> int:
    """Celle de l’adresse si on la propose ; sinon `defaut`, sinon la dernière."""
    voulue = int(demande) if demande.isdecimal() and len(demande) == 4 else 0
    if voulue in annees:
        return voulue
    return defaut if defaut is not None and defaut in annees else annees[-1]


def hors_du_contrat(contrat: Contrat, annee: int) -> bool:
    debut, fin = contrat.date_debut, contrat.date_fin
    return bool((debut and annee < debut.year) or (fin and annee > fin.year))
