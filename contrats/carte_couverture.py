"""La carte de couverture d’un territoire, pour une page ou pour un fichier.

France par département, région par intercommunalité ; département, intercommunalité et contrat par
commune. Une carte est gardée sous une clé qui porte l’empreinte des données : elle peut être plus
récente que son empreinte, jamais plus ancienne.
"""

from contrats.cartes.demande import CarteTerritoire, Demande, NiveauDeCarte
from contrats.cartes.fichiers import FORMES, FichierDeCarte, faire
from contrats.cartes.france import carte_de_france
from contrats.cartes.territoire import carte_du_territoire
from contrats.couverture_gardee import garder

__all__ = [
    "FORMES",
    "CarteTerritoire",
    "Demande",
    "FichierDeCarte",
    "NiveauDeCarte",
    "carte_couverture",
    "fichier_de_carte",
]


def carte_couverture(demande: Demande) -> CarteTerritoire:
    """La carte et ce qui l’entoure ; une requête si rien n’a changé."""
    dessiner = carte_de_france if demande.niveau == NiveauDeCarte.FRANCE else carte_du_territoire
    return garder(demande.marque("page"), lambda: dessiner(demande))


def fichier_de_carte(demande: Demande, forme: str) -> FichierDeCarte:
    """La carte à emporter. Lève CarteVide (SVG et PNG) si rien n’y a de contour."""
    return garder(demande.marque(forme), lambda: faire(demande, forme))
