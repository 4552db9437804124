from acteurs.models.acteur import Acteur, CompetenceArs, FamilleActeur, TypeActeur
from acteurs.models.jeton import Jeton, Portee
from acteurs.models.suivi import Suivi, historise
from acteurs.models.territoire import (
    Commune,
    Departement,
    EditionTerritoires,
    Epci,
    Ept,
    Region,
)
from acteurs.models.utilisateur import AffectationArs, Invitation, Utilisateur

__all__ = [
    "Acteur",
    "AffectationArs",
    "Commune",
    "CompetenceArs",
    "Departement",
    "EditionTerritoires",
    "Epci",
    "Ept",
    "FamilleActeur",
    "Invitation",
    "Jeton",
    "Portee",
    "Region",
    "Suivi",
    "TypeActeur",
    "Utilisateur",
    "historise",
]
