"""Des jeux d’essai lisibles : noms clairement fictifs, dates fixes, territoires réels."""

from tests.factories.acteurs import (
    ActeurFactory,
    AffectationArsFactory,
    InvitationFactory,
    JetonFactory,
    UtilisateurFactory,
)
from tests.factories.bilans import BilanFactory, SectionBilanFactory, TravailFactory
from tests.factories.contrats import (
    ContratFactory,
    ParticipationFactory,
    PartieFactory,
    PassagePhaseFactory,
    PerimetreFactory,
)
from tests.factories.indicateurs import IndicateurFactory, MesureFactory
from tests.factories.plan import (
    ActionActeurFactory,
    ActionFactory,
    AxeFactory,
    JalonFactory,
    ObjectifFactory,
)
from tests.factories.territoires import (
    CommuneFactory,
    DepartementFactory,
    EpciFactory,
    RegionFactory,
)

__all__ = [
    "ActeurFactory",
    "ActionActeurFactory",
    "ActionFactory",
    "AffectationArsFactory",
    "AxeFactory",
    "BilanFactory",
    "CommuneFactory",
    "ContratFactory",
    "DepartementFactory",
    "EpciFactory",
    "IndicateurFactory",
    "InvitationFactory",
    "JalonFactory",
    "JetonFactory",
    "MesureFactory",
    "ObjectifFactory",
    "ParticipationFactory",
    "PartieFactory",
    "PassagePhaseFactory",
    "PerimetreFactory",
    "RegionFactory",
    "SectionBilanFactory",
    "TravailFactory",
    "UtilisateurFactory",
]
