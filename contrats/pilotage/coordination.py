"""Le temps de coordination de chaque contrat, et d’où il vient ; deux requêtes.

D’abord l’indicateur « ETP de coordination » (P08) : sa dernière valeur, à l’année voulue au plus
tard. À défaut, le temps de travail inscrit cette année-là au budget des fiches du thème
« Gouvernance, coordination et observation », réalisé ou, sinon, prévu. Sans l’un ni l’autre, le
contrat n’a rien dit : il ne compte pas pour zéro.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models.functions import Coalesce

from contrats.models import LigneBudget, UniteBudget
from contrats.models.lectures_argent import total
from contrats.models.selections_argent import RIEN
from contrats.pilotage.apports import temps_mesures
from contrats.pilotage.comptes import Coordination, EtpDeContrat
from contrats.pilotage.ensemble import Ensemble

INDICATEUR, BUDGET = "INDICATEUR", "BUDGET"
THEME = "gouvernance"


def coordination(ensemble: Ensemble) -> Coordination:
    """De l’année choisie, ou de l’année en cours."""
    annee = ensemble.annee or ensemble.le.year
    mesures = temps_mesures(ensemble.cles, annee)
    budgets = _budgets(ensemble, annee)
    return Coordination(
        annee=annee,
        contrats=tuple(
            _etp(contrat.cle, contrat.nom, annee, mesures.get(pk), budgets.get(pk))
            for contrat, pk in zip(ensemble.contrats, ensemble.cles, strict=True)
        ),
    )


def _etp(
    cle: str, nom: str, annee: int, mesure: tuple[Decimal, int] | None, budget: Decimal | None
) -> EtpDeContrat:
    if mesure is not None:
        valeur, son_annee = mesure
        return EtpDeContrat(contrat=cle, nom=nom, etp=valeur, annee=son_annee, source=INDICATEUR)
    if budget:
        return EtpDeContrat(contrat=cle, nom=nom, etp=budget, annee=annee, source=BUDGET)
    return EtpDeContrat(contrat=cle, nom=nom, etp=None, annee=None, source="")


def _budgets(ensemble: Ensemble, annee: int) -> dict[UUID, Decimal]:
    """Le temps inscrit aux budgets que la personne lit ; mises à disposition comprises."""
    lignes: Any = LigneBudget.objects.visibles_par(ensemble.utilisateur)
    siennes = lignes.filter(
        annee=annee,
        unite=UniteBudget.ETP,
        action__in=ensemble.actions.de_theme(THEME).values("pk"),
    )
    sommes = siennes.select_related(None).order_by().values_list("action__contrat")
    return dict(sommes.annotate(temps=total(Coalesce("realise", "prevu", RIEN))))
