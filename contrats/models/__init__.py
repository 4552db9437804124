from contrats.models.action import Action, ActionActeur, Jalon, RoleActeur
from contrats.models.contrat import Contrat, Initiative, PassageDate, PassagePhase
from contrats.models.nomenclatures import Population, SousTheme, Theme
from contrats.models.participation import Participation
from contrats.models.perimetre import Perimetre
from contrats.models.plan import Axe, NiveauObjectif, Objectif
from contrats.models.signature import ROLES_SIGNATAIRES, Partie, RolePartie

__all__ = [
    "ROLES_SIGNATAIRES",
    "Action",
    "ActionActeur",
    "Axe",
    "Contrat",
    "Initiative",
    "Jalon",
    "NiveauObjectif",
    "Objectif",
    "Participation",
    "Partie",
    "PassageDate",
    "PassagePhase",
    "Perimetre",
    "Population",
    "RoleActeur",
    "RolePartie",
    "SousTheme",
    "Theme",
]
