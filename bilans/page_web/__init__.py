"""Un bilan publié, prêt pour une page : les mêmes parties que le PDF, dans l’ordre choisi.

Rien n’y est abrégé : ce que le papier renvoie « en ligne » est ici. Aucune base de données.
"""

from bilans.page_web.parties import Partie, entrees, parties
from bilans.page_web.photos import LARGEURS, Adresser, PhotoWeb, photo

__all__ = ["LARGEURS", "Adresser", "Partie", "PhotoWeb", "entrees", "parties", "photo"]
