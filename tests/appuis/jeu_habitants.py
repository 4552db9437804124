"""Ce que des habitants ont écrit au contrat du jeu."""

from contrats.models import Contrat
from tests.factories.habitants import ReactionFactory


def faire_reagir(contrat: Contrat) -> None:
    """Une réaction à lire, une autre publiée et répondue, sous une action et sous le bilan."""
    pilotee = contrat.actions.get(numero="2.1")
    publie = contrat.bilans.get(annee=2024)
    ReactionFactory(contrat=contrat, action=pilotee, texte="Et le soir, qui répond ?")
    ReactionFactory(contrat=contrat, action=pilotee, repondue=True)
    ReactionFactory(contrat=contrat, bilan=publie, repondue=True)
