"""Comparer contrats et départements, sans faire dire à trois fiches ce qu’elles ne disent pas.

Chaque part est écrite avec l’effectif qui la porte ; sous le seuil, le nombre seul est donné. La
part d’un département est celle de toutes ses fiches réunies, jamais une moyenne de moyennes.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from contrats.etats import StatutAction
from contrats.models.lectures_plan import SANS_PILOTE
from contrats.pilotage.comptes import Comparaison, Comparaisons
from contrats.pilotage.ensemble import Ensemble

FAITES = (StatutAction.REALISEE, StatutAction.REALISEE_PARTIELLEMENT)
CHAMPS = ("contrats", "actions", "realisees", "en_retard", "sans_pilote")
SANS_DEPARTEMENT = "Périmètre vide"


def comparaisons(ensemble: Ensemble) -> Comparaisons:
    """Une requête."""
    lus = _par_contrat(ensemble)
    contrats = tuple(
        Comparaison(code=c.cle, nom=c.nom, **lus.get(c.cle, _compte(contrats=1)))
        for c in ensemble.contrats
    )
    groupes: dict[str, list[Comparaison]] = defaultdict(list)
    noms: dict[str, str] = {}
    for contrat, comparaison in zip(ensemble.contrats, contrats, strict=True):
        groupes[contrat.departement].append(comparaison)
        noms[contrat.departement] = contrat.departement_nom or SANS_DEPARTEMENT
    return Comparaisons(
        region=_somme("", "Tous les contrats", contrats),
        departements=tuple(
            _somme(code, noms[code], groupes[code]) for code in sorted(groupes, key=_ordre)
        ),
        contrats=contrats,
    )


def _ordre(code: str) -> tuple[bool, str]:
    return not code, code


def _par_contrat(ensemble: Ensemble) -> dict[str, dict[str, int]]:
    comptees = ensemble.actions.avec_statut_affiche(ensemble.le).exclude(
        statut_affiche=StatutAction.ABANDONNEE
    )
    lus: Any = comptees.values_list("contrat").annotate(
        fiches=Count("pk"),
        faites=Count("pk", filter=Q(statut_affiche__in=FAITES)),
        retards=Count("pk", filter=Q(statut_affiche=StatutAction.EN_RETARD)),
        orphelines=Count("pk", filter=SANS_PILOTE),
    )
    return {str(pk): _compte(1, *nombres) for pk, *nombres in lus}


def _compte(
    contrats: int,
    actions: int = 0,
    realisees: int = 0,
    en_retard: int = 0,
    sans_pilote: int = 0,
) -> dict[str, int]:
    return dict(zip(CHAMPS, (contrats, actions, realisees, en_retard, sans_pilote), strict=True))


def _somme(code: str, nom: str, membres: Iterable[Comparaison]) -> Comparaison:
    listes = list(membres)
    sommes = {champ: sum(getattr(membre, champ) for membre in listes) for champ in CHAMPS}
    return Comparaison(code=code, nom=nom, **sommes)
