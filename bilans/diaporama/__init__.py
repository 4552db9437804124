"""Le diaporama d’un bilan, à reprendre dans un logiciel de présentation. Vingt diapos au plus.

`contenu` choisit ce que dit chaque diapo, `masques` habille, `ecriture` pose, `fige` rend le
fichier identique d’un jour à l’autre. Aucune base.
"""

from bilans.diaporama.ecriture import Diaporama, rendre_diaporama

__all__ = ["Diaporama", "rendre_diaporama"]
