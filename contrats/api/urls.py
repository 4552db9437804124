"""Les ressources que cette application donne au routeur de l’API."""

from contrats.api import argent, bibliotheque, contributions, lots, partages, viewsets

RESSOURCES = (
    ("contrats", viewsets.ContratViewSet),
    ("axes", viewsets.AxeViewSet),
    ("objectifs", viewsets.ObjectifViewSet),
    ("actions", viewsets.ActionViewSet),
    ("lignes_budget", argent.LigneBudgetViewSet),
    ("financements", argent.FinancementViewSet),
    ("lots", lots.LotViewSet),
    ("partages", partages.PartageViewSet),
    ("bibliotheque", bibliotheque.BibliothequeViewSet),
    ("contributions", contributions.ContributionViewSet),
)
