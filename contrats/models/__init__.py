from contrats.models.action import Action, ActionActeur, Jalon, RoleActeur
from contrats.models.avenant import Avenant, EtatAvenant, TypeAvenant
from contrats.models.bibliotheque import (
    FicheAuPanier,
    FicheOfferte,
    Inspiration,
    PartageBibliotheque,
)
from contrats.models.champ_libre import ChampLibre, GenreChamp, ValeurLibre
from contrats.models.contrat import Contrat, Initiative, PassageDate, PassagePhase
from contrats.models.contribution import (
    Contribution,
    Decision,
    ElementPropose,
    EtatContribution,
    GenreElement,
    fiches_par_partenaire,
)
from contrats.models.decision import DecisionReunion, StatutDecision
from contrats.models.doctrine import Doctrine, Maillage
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
from contrats.models.gouvernance import (
    EtatPresence,
    EtatReunion,
    Instance,
    NiveauInstance,
    Presence,
    Reunion,
    TypeInstance,
)
from contrats.models.histoire_liens import ChangementLien
from contrats.models.import_plan import CorrespondanceColonne, EtatImport, ImportPlan
from contrats.models.lien_contribution import CleContribution, Demande, LienContribution
from contrats.models.lot import DELAI_D_ANNULATION, EtatLigne, EtatLot, LigneDeLot, Lot
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
from contrats.models.partage import EtatPartage, PartageAction
from contrats.models.participation import Participation
from contrats.models.perimetre import Perimetre
from contrats.models.plan import Axe, NiveauObjectif, Objectif
from contrats.models.recherche import ActeurCherche, RechercheAction, UtilisateurCherche
from contrats.models.revision_couverture import (
    CommuneComptee,
    CommuneDeZoneComptee,
    EditionComptee,
    RevisionCouverture,
    ZoneComptee,
)
from contrats.models.signature import ROLES_SIGNATAIRES, Partie, RolePartie
from contrats.models.suivi_action import DocumentAction, NoteSuivi, PassageStatut
from contrats.models.suivi_territoire import GenreNote, NoteTerritoire, SuiviTerritoire
from contrats.models.vue_enregistree import VueEnregistree

__all__ = [
    "DELAI_D_ANNULATION",
    "ROLES_SIGNATAIRES",
    "ActeurCherche",
    "Action",
    "ActionActeur",
    "Avenant",
    "Axe",
    "AxeOttawa",
    "ChampLibre",
    "ChangementLien",
    "CleContribution",
    "CommuneComptee",
    "CommuneDeZoneComptee",
    "Contrat",
    "Contribution",
    "CorrespondanceColonne",
    "Decision",
    "DecisionReunion",
    "Demande",
    "Determinant",
    "Dispositif",
    "Doctrine",
    "DocumentAction",
    "EditionComptee",
    "ElementPropose",
    "EtatAvenant",
    "EtatContribution",
    "EtatImport",
    "EtatLigne",
    "EtatLot",
    "EtatPartage",
    "EtatPresence",
    "EtatReunion",
    "FicheAuPanier",
    "FicheOfferte",
    "Financement",
    "GenreChamp",
    "GenreElement",
    "GenreNote",
    "ImportPlan",
    "Initiative",
    "Inspiration",
    "Instance",
    "Jalon",
    "LienContribution",
    "LigneBudget",
    "LigneDeLot",
    "Lot",
    "Maillage",
    "MissionFir",
    "NatureDepense",
    "NiveauInstance",
    "NiveauObjectif",
    "NiveauParticipation",
    "NiveauPrevention",
    "NoteSuivi",
    "NoteTerritoire",
    "Objectif",
    "ObjectifRegional",
    "OrigineAction",
    "PartageAction",
    "PartageBibliotheque",
    "Participation",
    "Partie",
    "PassageDate",
    "PassagePhase",
    "PassageStatut",
    "Perimetre",
    "Population",
    "Presence",
    "Priorite",
    "RechercheAction",
    "Reunion",
    "RevisionCouverture",
    "RoleActeur",
    "RolePartie",
    "SousTheme",
    "StatutDecision",
    "StatutFinancement",
    "SuiviTerritoire",
    "Theme",
    "TypeAction",
    "TypeAvenant",
    "TypeFinanceur",
    "TypeInstance",
    "UniteBudget",
    "UtilisateurCherche",
    "ValeurLibre",
    "VueEnregistree",
    "ZoneComptee",
    "fiches_par_partenaire",
]
