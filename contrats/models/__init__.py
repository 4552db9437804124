from contrats.models.action import Action, ActionActeur, Jalon, RoleActeur
from contrats.models.champ_libre import ChampLibre, GenreChamp, ValeurLibre
from contrats.models.contrat import Contrat, Initiative, PassageDate, PassagePhase
from contrats.models.fiche_complete import (
    NiveauParticipation,
    NiveauPrevention,
    OrigineAction,
    Priorite,
)
from contrats.models.financement import (
    Financement,
    LigneBudget,
    MissionFir,
    StatutFinancement,
    UniteBudget,
)
from contrats.models.import_plan import CorrespondanceColonne, EtatImport, ImportPlan
from contrats.models.nomenclatures import (
    AxeOttawa,
    Determinant,
    Dispositif,
    NatureDepense,
    ObjectifRegional,
    Population,
    SousTheme,
    Theme,
    TypeAction,
    TypeFinanceur,
)
from contrats.models.participation import Participation
from contrats.models.perimetre import Perimetre
from contrats.models.plan import Axe, NiveauObjectif, Objectif
from contrats.models.recherche import ActeurCherche, RechercheAction, UtilisateurCherche
from contrats.models.signature import ROLES_SIGNATAIRES, Partie, RolePartie
from contrats.models.suivi_action import DocumentAction, NoteSuivi, PassageStatut
from contrats.models.vue_enregistree import VueEnregistree

__all__ = [
    "ROLES_SIGNATAIRES",
    "ActeurCherche",
    "Action",
    "ActionActeur",
    "Axe",
    "AxeOttawa",
    "ChampLibre",
    "Contrat",
    "CorrespondanceColonne",
    "Determinant",
    "Dispositif",
    "DocumentAction",
    "EtatImport",
    "Financement",
    "GenreChamp",
    "ImportPlan",
    "Initiative",
    "Jalon",
    "LigneBudget",
    "MissionFir",
    "NatureDepense",
    "NiveauObjectif",
    "NiveauParticipation",
    "NiveauPrevention",
    "NoteSuivi",
    "Objectif",
    "ObjectifRegional",
    "OrigineAction",
    "Participation",
    "Partie",
    "PassageDate",
    "PassagePhase",
    "PassageStatut",
    "Perimetre",
    "Population",
    "Priorite",
    "RechercheAction",
    "RoleActeur",
    "RolePartie",
    "SousTheme",
    "StatutFinancement",
    "Theme",
    "TypeAction",
    "TypeFinanceur",
    "UniteBudget",
    "UtilisateurCherche",
    "ValeurLibre",
    "VueEnregistree",
]
