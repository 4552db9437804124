"""L’argent des contrats dont le lecteur voit les montants, par financeur et par année.

Les apports en nature et le temps de travail n’y sont pas. Quatre requêtes.
"""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from contrats.models import Financement, LigneBudget, StatutFinancement, TypeFinanceur
from contrats.models.lectures_argent import EN_ARGENT, total
from contrats.models.selections_argent import RIEN, budgets_lisibles_par
from contrats.pilotage.comptes import Argent, CompteDeBudget, CompteDeFinanceur
from contrats.pilotage.ensemble import Ensemble

PREVISIONNEL = Q(statut=StatutFinancement.PREVISIONNEL)


def argent(ensemble: Ensemble) -> Argent | None:
    """None si la personne ne lit les montants d’aucun contrat de l’ensemble."""
    lisibles: Any = budgets_lisibles_par(ensemble.utilisateur)
    nombre = lisibles.filter(pk__anyof=list(ensemble.cles)).count()
    if not nombre:
        return None
    return Argent(contrats=nombre, financeurs=par_financeur(ensemble), budgets=par_annee(ensemble))


def financements(ensemble: Ensemble) -> Any:
    """Ceux que la personne peut lire, de l’année choisie ou de toutes."""
    return _de_l_annee(Financement.objects.all(), ensemble)


def depenses(ensemble: Ensemble) -> Any:
    """Celles des fiches, en argent, que la personne peut lire, de l’année choisie ou de toutes."""
    return _de_l_annee(LigneBudget.objects.filter(EN_ARGENT), ensemble)


def par_financeur(ensemble: Ensemble) -> tuple[CompteDeFinanceur, ...]:
    """Par année, du plus récent au plus ancien, puis dans l’ordre des financeurs."""
    groupes = financements(ensemble).values_list("annee", "type_financeur", "mission_fir")
    sommes = groupes.annotate(
        total_prevu=total("montant_demande", filter=PREVISIONNEL),
        total_demande=total("montant_demande", filter=~PREVISIONNEL),
        total_accorde=total("montant_accorde"),
        total_verse=total("montant_verse"),
        nombre=Count("pk"),
    )
    lus = list(sommes)
    noms = _noms({financeur for _, financeur, *_ in lus})
    rang = {code: place for place, code in enumerate(noms)}
    lus.sort(key=lambda ligne: (-ligne[0], rang[ligne[1]], ligne[2]))
    return tuple(_compte(noms, *ligne) for ligne in lus)


def _compte(
    noms: dict[str, str],
    annee: int,
    financeur: str,
    mission: str,
    *montants: Any,
) -> CompteDeFinanceur:
    prevu, demande, accorde, verse, nombre = montants
    return CompteDeFinanceur(
        annee=annee,
        financeur=financeur,
        libelle=noms[financeur],
        mission=mission,
        prevu=prevu,
        demande=demande,
        accorde=accorde,
        verse=verse,
        financements=nombre,
    )


def _noms(codes: set[str]) -> dict[str, str]:
    """Le libellé de chacun, dans l’ordre de la liste."""
    listes: Any = TypeFinanceur.objects.filter(pk__in=codes).tries()
    return dict(listes.values_list("code", "libelle"))


def par_annee(ensemble: Ensemble) -> tuple[CompteDeBudget, ...]:
    """Ce que coûtent les fiches, du plus récent au plus ancien."""
    lignes = depenses(ensemble).values_list("annee")
    sommes = lignes.annotate(
        total_prevu=total(Coalesce("prevu", RIEN)), total_realise=total("realise")
    )
    return tuple(
        CompteDeBudget(annee=annee, prevu=Decimal(prevu), realise=Decimal(realise))
        for annee, prevu, realise in sommes.order_by("-annee")
    )


def _de_l_annee(lignes: Any, ensemble: Ensemble) -> Any:
    lues = lignes.visibles_par(ensemble.utilisateur).filter(
        action__contrat__pk__anyof=list(ensemble.cles)
    )
    annee = ensemble.annee
    return (lues if annee is None else lues.filter(annee=annee)).select_related(None).order_by()
