from bilans.models.apercu import ApercuImprime
from bilans.models.bilan import Bilan
from bilans.models.campagne import Campagne, RappelCampagne
from bilans.models.document import DROIT_DU_GENRE, DocumentBilan, GenreDocument
from bilans.models.dossier import DossierFiches
from bilans.models.habitants import Abonnement, EtatReaction, Reaction
from bilans.models.image import CharteBilan, GenreImage, ImageBilan
from bilans.models.langage import (
    BandeLisibilite,
    ExceptionSigle,
    GraviteRegle,
    MotAConnaitre,
    NatureTerme,
    PointDeControle,
    RegleLangage,
    TermeARemplacer,
)
from bilans.models.parution import AnnonceParution, EnvoiParution, EtatEnvoi, MotifEnvoi
from bilans.models.rapport_regional import RapportRegional
from bilans.models.redaction import AnnonceBilan, ChoixSigle, DecisionSigle, Devenir, LienEdito
from bilans.models.relecture import (
    AvisBilan,
    CommentaireBilan,
    EtatCommentaire,
    MoyenAvis,
    SensAvis,
)
from bilans.models.section import (
    SECTIONS_DES_ELUS,
    SECTIONS_ECRITES,
    SECTIONS_INTRODUITES,
    SECTIONS_OBLIGATOIRES,
    CodeSection,
    SectionBilan,
    Sigle,
)
from bilans.models.validation import AuNomDe, ValidationBilan, VisaBilan
from bilans.models.volet import ActionEnAvant, VoletBilan

__all__ = [
    "DROIT_DU_GENRE",
    "SECTIONS_DES_ELUS",
    "SECTIONS_ECRITES",
    "SECTIONS_INTRODUITES",
    "SECTIONS_OBLIGATOIRES",
    "Abonnement",
    "ActionEnAvant",
    "AnnonceBilan",
    "AnnonceParution",
    "ApercuImprime",
    "AuNomDe",
    "AvisBilan",
    "BandeLisibilite",
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
    "EnvoiParution",
    "EtatCommentaire",
    "EtatEnvoi",
    "EtatReaction",
    "ExceptionSigle",
    "GenreDocument",
    "GenreImage",
    "GraviteRegle",
    "ImageBilan",
    "LienEdito",
    "MotAConnaitre",
    "MotifEnvoi",
    "MoyenAvis",
    "NatureTerme",
    "PointDeControle",
    "RappelCampagne",
    "RapportRegional",
    "Reaction",
    "RegleLangage",
    "SectionBilan",
    "SensAvis",
    "Sigle",
    "TermeARemplacer",
    "ValidationBilan",
    "VisaBilan",
    "VoletBilan",
]
