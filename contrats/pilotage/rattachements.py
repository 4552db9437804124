"""Les fiches par thème, par public, par objectif du projet régional de santé.

Toute la liste est rendue, zéros compris : un vide se voit. Deux requêtes par liste.
"""

from typing import Any

from django.db.models import Count, Q

from contrats.etats import StatutAction
from contrats.models import ObjectifRegional, Population, Theme
from contrats.pilotage.comptes import CompteDActions
from contrats.pilotage.ensemble import Ensemble

AUCUN = {
    "themes": "Sans thème",
    "populations": "Sans public",
    "objectifs_regionaux": "Sans objectif régional",
}


def par_theme(ensemble: Ensemble) -> tuple[CompteDActions, ...]:
    return _par(ensemble, "themes", Theme.objects.all())


def par_population(ensemble: Ensemble) -> tuple[CompteDActions, ...]:
    return _par(ensemble, "populations", Population.objects.all())


def par_objectif(ensemble: Ensemble) -> tuple[CompteDActions, ...]:
    """Vide si la région n’a pas d’objectif enregistré."""
    siens: Any = ObjectifRegional.objects.filter(region=ensemble.region)
    comptes = _par(ensemble, "objectifs_regionaux", siens)
    return comptes if any(compte.code for compte in comptes) else ()


def _par(ensemble: Ensemble, relation: str, liste: Any) -> tuple[CompteDActions, ...]:
    """Les valeurs proposées et celles qui servent encore, puis les fiches qui n’en ont aucune."""
    lus = _compter(ensemble, relation)
    noms = liste.tries().values_list("code", "libelle", "est_actif")
    rangs = [(code, libelle) for code, libelle, est_actif in noms if est_actif or code in lus]
    return tuple(
        CompteDActions(
            code=code or "",
            libelle=libelle,
            actions=actions,
            contrats=contrats,
            en_retard=en_retard,
        )
        for code, libelle in [*rangs, (None, AUCUN[relation])]
        for actions, contrats, en_retard in (lus.get(code, (0, 0, 0)),)
    )


def _compter(ensemble: Ensemble, relation: str) -> dict[str | None, tuple[int, int, int]]:
    groupes = ensemble.actions.avec_statut_affiche(ensemble.le).values_list(relation)
    comptes = groupes.annotate(
        actions_liees=Count("pk", distinct=True),
        contrats_lies=Count("contrat", distinct=True),
        retards=Count("pk", distinct=True, filter=Q(statut_affiche=StatutAction.EN_RETARD)),
    )
    return {code: tuple(nombres) for code, *nombres in comptes}
