"""La saisie : la grille, le classeur, un par un, une valeur et ses périodes.

Qui saisit « ses » valeurs sans piloter d’action ouvre les pages de saisie : elles disent qu’il n’y
a rien à saisir. Un envoi sans case n’écrit rien et rend la grille.
"""

from tests.droits.lignes import PILOTAGE, SUIVENT, VIDE, lignes

SAISISSENT = PILOTAGE | {"partenaire"}
AN = {"annee": 2025}

SAISIE = [
    *lignes(
        "contrat",
        ("indicateurs:grille", "GET", SUIVENT, 200),
        ("indicateurs:grille", "POST", SAISISSENT, 200),
        ("indicateurs:sur_place", "GET", SAISISSENT, 200),
        ("indicateurs:sur_place", "POST", PILOTAGE, 422),
        ("indicateurs:classeur", "GET", SUIVENT, 200),
        ("indicateurs:classeur_importer", "GET", SAISISSENT, 200),
        ("indicateurs:classeur_importer", "POST", SAISISSENT, 422),
    ),
    *lignes(
        "indicateur",
        ("indicateurs:valeur", "GET", PILOTAGE, 200, VIDE, AN),
        ("indicateurs:valeur", "POST", PILOTAGE, 422, VIDE, AN),
        ("indicateurs:valeur_ajouter", "GET", PILOTAGE, 200),
        ("indicateurs:valeur_ajouter", "POST", PILOTAGE, 422),
    ),
    *lignes(
        "mesure",
        ("indicateurs:mesure", "GET", PILOTAGE, 200),
        ("indicateurs:mesure", "POST", PILOTAGE, 422),
    ),
]
