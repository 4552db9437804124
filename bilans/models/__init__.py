from bilans.models.bilan import Bilan
from bilans.models.dossier import DossierFiches
from bilans.models.rapport_regional import RapportRegional
from bilans.models.section import CodeSection, SectionBilan, Sigle

__all__ = ["Bilan", "CodeSection", "DossierFiches", "RapportRegional", "SectionBilan", "Sigle"]
