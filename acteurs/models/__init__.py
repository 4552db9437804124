from acteurs.models.acteur import Acteur, CompetenceArs, FamilleActeur, TypeActeur
from acteurs.models.contexte import (
    AgregationContexte,
    DonneeContexte,
    EditionDonnees,
    IndicateurContexte,
    NiveauTerritoire,
    QualiteContexte,
    SensContexte,
)
from acteurs.models.fichier_recu import FichierRecu, GenreFichier
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
from acteurs.models.zonage import EditionZonage, TypeZonage, Zone, ZoneCommune

__all__ = [
    "Acteur",
    "AffectationArs",
    "AgregationContexte",
    "Commune",
    "CompetenceArs",
    "Departement",
    "DonneeContexte",
    "EditionDonnees",
    "EditionTerritoires",
    "EditionZonage",
    "Epci",
    "Ept",
    "FamilleActeur",
    "FichierRecu",
    "GenreFichier",
    "IndicateurContexte",
    "Invitation",
    "Jeton",
    "NiveauTerritoire",
    "Portee",
    "QualiteContexte",
    "Region",
    "SensContexte",
    "Suivi",
    "TypeActeur",
    "TypeZonage",
    "Utilisateur",
    "Zone",
    "ZoneCommune",
    "historise",
]
