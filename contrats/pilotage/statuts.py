"""Où en sont les fiches, et depuis quand elles sont en retard."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Count

from contrats.etats import StatutAction
from contrats.models.etat_action import seuil_des_nouvelles
from contrats.pilotage.comptes import CompteDeRetard, CompteDeStatut
from contrats.pilotage.ensemble import Ensemble

UN_JOUR = timedelta(days=1)
# Bornes en mois : moins de trois, de trois à six, de six à douze, plus d’un an
TRANCHES = (("MOINS_DE_3_MOIS", 3), ("DE_3_A_6_MOIS", 6), ("DE_6_A_12_MOIS", 12))
PLUS_D_UN_AN, SANS_ECHEANCE = "PLUS_D_UN_AN", "SANS_ECHEANCE"


def par_statut(ensemble: Ensemble) -> tuple[CompteDeStatut, ...]:
    """Tous les statuts, dans l’ordre de la liste ; une requête."""
    lus = (
        ensemble.actions.avec_statut_affiche(ensemble.le)
        .values_list("statut_affiche")
        .annotate(actions_liees=Count("pk"), contrats_lies=Count("contrat", distinct=True))
    )
    comptes = {statut: (actions, contrats) for statut, actions, contrats in lus}
    return tuple(
        CompteDeStatut(statut=statut.value, actions=actions, contrats=contrats)
        for statut in StatutAction
        for actions, contrats in (comptes.get(statut.value, (0, 0)),)
    )


def par_retard(ensemble: Ensemble) -> tuple[CompteDeRetard, ...]:
    """Les fiches en retard, par ancienneté de l’échéance ; une requête."""
    en_retard = ensemble.actions.en_retard(ensemble.le).values_list("date_fin", "contrat")
    lues = list(en_retard)
    return tuple(
        _compter(code, du, au, [c for fin, c in lues if _est_dans(fin, du, au, ensemble.le)])
        for code, du, au in tranches(ensemble.le)
    )


def tranches(le: date) -> Iterator[tuple[str, date | None, date | None]]:
    """(code, premier jour, dernier jour) de l’échéance."""
    au = le - UN_JOUR
    for code, mois in TRANCHES:
        du = seuil_des_nouvelles(le, mois)
        yield code, du, au
        au = du - UN_JOUR
    yield PLUS_D_UN_AN, None, au
    yield SANS_ECHEANCE, None, None


def _est_dans(fin: date | None, du: date | None, au: date | None, le: date) -> bool:
    if au is None:
        return fin is None or fin >= le
    return fin is not None and (du is None or fin >= du) and fin <= au


def _compter(
    code: str, du: date | None, au: date | None, contrats: Iterable[object]
) -> CompteDeRetard:
    trouves = list(contrats)
    return CompteDeRetard(code=code, du=du, au=au, actions=len(trouves), contrats=len(set(trouves)))
