"""Le langage clair : facilité de lecture, sigles, phrases, mots et tournures. Des fonctions pures.

Tout est un signal donné à qui écrit. Le résultat ne s’appelle jamais « facile à lire et à
comprendre » : ce label demande la relecture de personnes en situation de handicap intellectuel.
"""

from bilans.langage.alertes import Alerte
from bilans.langage.analyse import Analyse, relire
from bilans.langage.decoupe import mots
from bilans.langage.lecture import Lecture
from bilans.langage.lexique import Decision, Definition, Lexique, ranger
from bilans.langage.lisibilite import (
    Mesure,
    ensemble,
    kandel_moles,
    mesurer,
    phrases_ecrites,
    phrases_longues,
)
from bilans.langage.propositions import Proposition
from bilans.langage.reglement import (
    AVERTISSEMENT,
    ERREUR,
    INFO,
    Bande,
    Regle,
    Reglement,
    Terme,
    en_fins,
    en_mots,
)
from bilans.langage.sigles import (
    EtatSigle,
    SigleLu,
    Sigles,
    expliquer,
    relever,
    reperer,
)
from bilans.langage.surlignage import Segment, segments
from bilans.langage.termes import employes

__all__ = [
    "AVERTISSEMENT",
    "ERREUR",
    "INFO",
    "Alerte",
    "Analyse",
    "Bande",
    "Decision",
    "Definition",
    "EtatSigle",
    "Lecture",
    "Lexique",
    "Mesure",
    "Proposition",
    "Regle",
    "Reglement",
    "Segment",
    "SigleLu",
    "Sigles",
    "Terme",
    "employes",
    "en_fins",
    "en_mots",
    "ensemble",
    "expliquer",
    "kandel_moles",
    "mesurer",
    "mots",
    "phrases_ecrites",
    "phrases_longues",
    "ranger",
    "relever",
    "relire",
    "reperer",
    "segments",
]
