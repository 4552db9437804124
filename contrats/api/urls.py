"""Les ressources que cette application donne au routeur de l’API."""

from contrats.api import (
    a_faire,
    argent,
    avenants,
    bibliotheque,
    contributions,
    couverture,
    doctrine,
    gouvernance,
    lots,
    partages,
    pilotage,
    viewsets,
)

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
    ("avenants", avenants.AvenantViewSet),
    ("doctrines", doctrine.DoctrineViewSet),
    ("instances", gouvernance.InstanceViewSet),
    ("reunions", gouvernance.ReunionViewSet),
    ("decisions", gouvernance.DecisionViewSet),
)
# Calculées pour qui demande : ni objet en base, ni identifiant
REPONSES = (
    ("couverture", couverture.CouvertureViewSet),
    ("a-faire", a_faire.AFaireViewSet),
    ("pilotage", pilotage.PilotageViewSet),
)
