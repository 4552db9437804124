"""Qui finance quoi, l’année du bilan : les fiches que tout le monde peut lire, rien d’autre.

Deux requêtes ; sommes exactes, en `Decimal`, sans arrondi.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bilans.instantane import Argent, Flux, Somme
from bilans.rapport.plan import PlanLu, nom_sans_axe
from cls_platform.socle.typographie import date_longue
from contrats.models import Contrat, Financement, LigneBudget, UniteBudget

ZERO = Decimal(0)


def lire_argent(contrat: Contrat, annee: int, plan: PlanLu, le: Any) -> Argent | None:
    """None quand l’année n’a ni financement acquis, ni dépense, ni temps de travail."""
    noms = {axe["id"]: axe["titre_public"] or axe["titre"] for axe in plan.axes}
    cases: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    acquis = Financement.objects.du_contrat(contrat).montrables().en(annee).acquis()
    for axe, payeur, somme in acquis:
        cases[payeur, noms.get(axe) or nom_sans_axe(plan)] += somme
    depenses = _depenses(contrat, annee)
    if not any(cases.values()) and not any(depenses.values()):
        return None
    payeurs = _sommes((payeur, montant) for (payeur, _), montant in cases.items())
    usages = _sommes((usage, montant) for (_, usage), montant in cases.items())
    return Argent(
        annee=annee,
        total=sum(cases.values(), ZERO),
        payeurs=payeurs,
        usages=usages,
        flux=tuple(
            Flux(payeur=p.nom, usage=u.nom, montant=cases.get((p.nom, u.nom), ZERO))
            for p in payeurs
            for u in usages
        ),
        source=f"suivi du contrat, au {date_longue(le)}",
        **depenses,
    )


def _sommes(parts: Iterable[tuple[str, Decimal]]) -> tuple[Somme, ...]:
    """Du plus grand au plus petit, puis dans l’ordre des noms ; sans les zéros."""
    sommes: dict[str, Decimal] = defaultdict(Decimal)
    for nom, montant in parts:
        sommes[nom] += montant
    ranges = sorted(sommes.items(), key=lambda somme: (-somme[1], somme[0]))
    return tuple(Somme(nom=nom, montant=montant) for nom, montant in ranges if montant)


def _depenses(contrat: Contrat, annee: int) -> dict[str, Decimal | None]:
    lignes = LigneBudget.objects.du_contrat(contrat).montrables().en(annee).par_sorte()
    prevu = realise = nature = etp = None
    for unite, est_valorisation, total_prevu, total_realise, connu in lignes:
        if unite == UniteBudget.ETP:
            etp = connu if etp is None else etp + (connu or ZERO)
        elif est_valorisation:
            nature = connu
        else:
            prevu, realise = total_prevu, total_realise
    return {
        "cout_prevu": prevu, "cout_realise": realise, "apports_en_nature": nature, "etp": etp,
    }  # fmt: skip
