"""La matière : ce que le contrat sait déjà, proposé à côté de chaque partie que l’on écrit.

Elle reste interne. Rien n’en passe dans le bilan sans que quelqu’un le reprenne.
"""

from bilans.rapport.matiere.assemblage import matiere
from bilans.rapport.matiere.formes import Lot, Matiere, TexteDAvant, Trouvaille

__all__ = ["Lot", "Matiere", "TexteDAvant", "Trouvaille", "matiere"]
