"""Les cartes de couverture : ce qu’elles montrent, ce qu’elles disent, ce que l’on emporte.

On les demande par `contrats.carte_couverture`.
"""
