from bilans.models.bilan import Bilan
from bilans.models.campagne import Campagne, RappelCampagne
from bilans.models.document import DocumentBilan, GenreDocument
from bilans.models.dossier import DossierFiches
from bilans.models.habitants import Abonnement, EtatReaction, Reaction
from bilans.models.image import CharteBilan, GenreImage, ImageBilan
from bilans.models.rapport_regional import RapportRegional
from bilans.models.redaction import AnnonceBilan, ChoixSigle, DecisionSigle, Devenir, LienEdito
from bilans.models.relecture import (
    AuNomDe,
    AvisBilan,
    CommentaireBilan,
    EtatCommentaire,
    SensAvis,
    ValidationBilan,
    VisaBilan,
)
from bilans.models.section import (
    SECTIONS_ECRITES,
    SECTIONS_INTRODUITES,
    SECTIONS_OBLIGATOIRES,
    CodeSection,
    SectionBilan,
    Sigle,
)
from bilans.models.volet import ActionEnAvant, VoletBilan

__all__ = [
    "SECTIONS_ECRITES",
    "SECTIONS_INTRODUITES",
    "SECTIONS_OBLIGATOIRES",
    "Abonnement",
    "ActionEnAvant",
    "AnnonceBilan",
    "AuNomDe",
    "AvisBilan",
    "Bilan",
    "Campagne",
    "CharteBilan",
    "ChoixSigle",
    "CodeSection",
    "CommentaireBilan",
    "DecisionSigle",
    "Devenir",
    "DocumentBilan",
    "DossierFiches",
    "EtatCommentaire",
    "EtatReaction",
    "GenreDocument",
    "GenreImage",
    "ImageBilan",
    "LienEdito",
    "RappelCampagne",
    "RapportRegional",
    "Reaction",
    "SectionBilan",
    "SensAvis",
    "Sigle",
    "ValidationBilan",
    "VisaBilan",
    "VoletBilan",
]
