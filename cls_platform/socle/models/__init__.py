from cls_platform.socle.models.nomenclature import Nomenclature
from cls_platform.socle.models.travail import EtatTravail, Travail

__all__ = ["EtatTravail", "Nomenclature", "Travail"]
