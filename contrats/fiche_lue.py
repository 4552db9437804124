"""Une fiche lue hors de son contrat : partagée avec un autre, ou offerte à la bibliothèque.

Seuls les champs nommés ici sortent ; rien d’autre du contrat qui la tient.
"""

from collections.abc import Collection
from datetime import date

from contrats import fiche
from contrats.champs_fiche import CHAMPS_EN_PLACE
from contrats.fiche import FicheLue, PanneauAffiche
from contrats.services.bibliotheque import LISTES, TEXTES

# La place, l’origine et la publication parlent du plan du contrat, pas de l’action
DU_CONTRAT = frozenset({"place", "origine", "est_publique", "est_restreinte", "statut", "titre"})
PARTAGES = frozenset(CHAMPS_EN_PLACE) - DU_CONTRAT
DE_BIBLIOTHEQUE = frozenset({*TEXTES, *LISTES}) - {"titre"}


def panneaux_lus(action: FicheLue, noms: Collection[str], le: date) -> list[PanneauAffiche]:
    """Les champs remplis de cette liste, section par section ; aucun ne se modifie."""
    lus = []
    for panneau in fiche.panneaux(action, frozenset(), le):
        gardes = [(d, c) for d, c in panneau.montres if d.nom in noms and c.valeur]
        if gardes:
            lus.append(PanneauAffiche(panneau.cle, panneau.titre, gardes, []))
    return lus
