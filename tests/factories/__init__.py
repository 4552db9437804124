"""Des jeux d’essai lisibles : noms clairement fictifs, dates fixes, territoires réels."""

from tests.factories.a_faire import DoctrineFactory, NoteTerritoireFactory, SuiviTerritoireFactory
from tests.factories.acteurs import (
    ActeurFactory,
    AffectationArsFactory,
    InvitationFactory,
    JetonFactory,
    UtilisateurFactory,
)
from tests.factories.argent import FinancementFactory, LigneBudgetFactory
from tests.factories.avenants import AvenantFactory
from tests.factories.beneficiaires import BeneficiairesFactory
from tests.factories.bilans import (
    BilanFactory,
    DossierFichesFactory,
    SectionBilanFactory,
    TravailFactory,
)
from tests.factories.campagnes import CampagneFactory, RappelCampagneFactory
from tests.factories.contrats import (
    ContratFactory,
    ParticipationFactory,
    PartieFactory,
    PassagePhaseFactory,
    PerimetreFactory,
)
from tests.factories.contributions import (
    ContributionFactory,
    ElementProposeFactory,
    LienContributionFactory,
)
from tests.factories.donnees import (
    EditionDonneesFactory,
    EditionZonageFactory,
    FichierRecuFactory,
)
from tests.factories.ecriture import (
    ActionEnAvantFactory,
    ImageBilanFactory,
    LienEditoFactory,
    VoletBilanFactory,
)
from tests.factories.evaluation import (
    BesoinFactory,
    EffetFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    QuestionEvaluativeFactory,
    RecommandationFactory,
)
from tests.factories.fiche import ChampLibreFactory, DocumentActionFactory
from tests.factories.gouvernance import (
    DecisionFactory,
    InstanceFactory,
    PresenceFactory,
    ReunionFactory,
)
from tests.factories.indicateurs import (
    IndicateurFactory,
    MesureFactory,
    RecitFactory,
    VentilationFactory,
)
from tests.factories.langage import DecisionSigleFactory
from tests.factories.lots import LotFactory
from tests.factories.partage import (
    FicheAuPanierFactory,
    FicheOfferteFactory,
    PartageActionFactory,
)
from tests.factories.plan import (
    ActionActeurFactory,
    ActionFactory,
    AxeFactory,
    JalonFactory,
    NoteSuiviFactory,
    ObjectifFactory,
)
from tests.factories.rapports import RapportRegionalFactory
from tests.factories.relecture import (
    AvisBilanFactory,
    CommentaireBilanFactory,
    ValidationBilanFactory,
    VisaBilanFactory,
)
from tests.factories.tableur import ImportPlanFactory
from tests.factories.territoires import (
    CommuneFactory,
    DepartementFactory,
    EpciFactory,
    RegionFactory,
)

__all__ = [
    "ActeurFactory",
    "ActionActeurFactory",
    "ActionEnAvantFactory",
    "ActionFactory",
    "AffectationArsFactory",
    "AvenantFactory",
    "AvisBilanFactory",
    "AxeFactory",
    "BeneficiairesFactory",
    "BesoinFactory",
    "BilanFactory",
    "CampagneFactory",
    "ChampLibreFactory",
    "CommentaireBilanFactory",
    "CommuneFactory",
    "ContratFactory",
    "ContributionFactory",
    "DecisionFactory",
    "DecisionSigleFactory",
    "DepartementFactory",
    "DoctrineFactory",
    "DocumentActionFactory",
    "DossierFichesFactory",
    "EditionDonneesFactory",
    "EditionZonageFactory",
    "EffetFactory",
    "ElementProposeFactory",
    "EpciFactory",
    "EtapeEvaluationFactory",
    "EvaluationFactory",
    "FicheAuPanierFactory",
    "FicheOfferteFactory",
    "FichierRecuFactory",
    "FinancementFactory",
    "ImageBilanFactory",
    "ImportPlanFactory",
    "IndicateurFactory",
    "InstanceFactory",
    "InvitationFactory",
    "JalonFactory",
    "JetonFactory",
    "LienContributionFactory",
    "LienEditoFactory",
    "LigneBudgetFactory",
    "LotFactory",
    "MesureFactory",
    "NoteSuiviFactory",
    "NoteTerritoireFactory",
    "ObjectifFactory",
    "PartageActionFactory",
    "ParticipationFactory",
    "PartieFactory",
    "PassagePhaseFactory",
    "PerimetreFactory",
    "PresenceFactory",
    "QuestionEvaluativeFactory",
    "RappelCampagneFactory",
    "RapportRegionalFactory",
    "RecitFactory",
    "RecommandationFactory",
    "RegionFactory",
    "ReunionFactory",
    "SectionBilanFactory",
    "SuiviTerritoireFactory",
    "TravailFactory",
    "UtilisateurFactory",
    "ValidationBilanFactory",
    "VentilationFactory",
    "VisaBilanFactory",
    "VoletBilanFactory",
]
