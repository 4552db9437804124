"""Tous les blocs d’un ensemble, dans l’ordre de la page."""

from contrats.pilotage.argent import argent
from contrats.pilotage.comparaisons import comparaisons
from contrats.pilotage.comptes import Pilotage
from contrats.pilotage.coordination import coordination
from contrats.pilotage.ensemble import Ensemble
from contrats.pilotage.rattachements import par_objectif, par_population, par_theme
from contrats.pilotage.signataires import signataires
from contrats.pilotage.statuts import par_retard, par_statut


def pilotage(ensemble: Ensemble, *, avec_montants: bool = True) -> Pilotage:
    """Dix-sept requêtes au plus ; `avec_montants` à faux : sans le bloc de l’argent."""
    statuts = par_statut(ensemble)
    return Pilotage(
        le=ensemble.le,
        contrats=ensemble.contrats,
        actions=sum(compte.actions for compte in statuts),
        themes=par_theme(ensemble),
        populations=par_population(ensemble),
        objectifs=par_objectif(ensemble),
        statuts=statuts,
        retards=par_retard(ensemble),
        argent=argent(ensemble) if avec_montants else None,
        signataires=signataires(ensemble),
        coordination=coordination(ensemble),
        comparaisons=comparaisons(ensemble),
    )
