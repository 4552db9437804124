"""Les fiches qu’un lot vise, et ce qu’elles portent déjà. Les filtres sont ceux de la page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from contrats.filters import FiltresDuPlan
from contrats.lots import NOMENCLATURES
from contrats.models import Contrat, Lot
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE

SANS_AXE = "sans-axe"
Presents = Mapping[str, list[tuple[str, str, int]]]


def filtres_de(parametres: QueryDict) -> str:
    """Les seuls filtres de l’adresse : ni la vue, ni le tri, ni les axes repliés."""
    gardes = QueryDict(mutable=True)
    for nom, valeurs in parametres.lists():
        if nom in FiltresDuPlan.base_filters:
            gardes.setlist(nom, [valeur for valeur in valeurs if valeur])
    return gardes.urlencode()


def filtrees(contrat: Contrat, parametres: str, utilisateur: Any, le: date) -> Any:
    """Les fiches lisibles qui passent ces filtres. Lève BadRequest."""
    lisibles = contrat.actions.lisibles_par(utilisateur)
    filtre = FiltresDuPlan(QueryDict(parametres), queryset=lisibles, le=le, par=utilisateur)
    filtre.exiger_valide()
    return filtre.qs


def fiches_du_lot(lot: Lot, utilisateur: Any, le: date) -> list[UUID]:
    """Dans l’ordre de l’arbre : toutes les filtrées, ou les cochées et celles des axes cochés."""
    lisibles: Any = lot.contrat.actions.lisibles_par(utilisateur)
    if lot.est_tout or lot.fiches.get("axes"):
        passent = dict(
            filtrees(lot.contrat, lot.parametres, utilisateur, le).values_list("pk", "axe")
        )
    if lot.est_tout:
        choisies = set(passent)
    else:
        axes = {None if axe == SANS_AXE else axe for axe in lot.fiches.get("axes", ())}
        choisies = {UUID(cle) for cle in lot.fiches.get("fiches", ())}
        if axes:
            choisies |= {pk for pk, axe in passent.items() if (str(axe) if axe else None) in axes}
    return list(lisibles.filter(pk__in=choisies).dans_l_arbre().values_list("pk", flat=True))


def presents(contrat: Contrat, pks: Iterable[UUID]) -> Presents:
    """Ce que ces fiches portent, avec le nombre de fiches : ce que l’on peut en retirer."""
    actions: Any = contrat.actions.filter(pk__in=list(pks))
    trouves: dict[str, list[tuple[str, str, int]]] = {}
    for nom in NOMENCLATURES:
        comptes = Counter((code, libelle) for _, code, libelle in actions.noms_lies(nom))
        trouves[nom] = [(code, libelle, n) for (code, libelle), n in comptes.items()]
    roles = Counter(
        (f"{CHAMP_DU_ROLE[role]}:{acteur}", f"{nom}, {role.lower()}")
        for _, role, acteur, nom in actions.roles_lies()
        if role in CHAMP_DU_ROLE
    )
    trouves["organisations"] = [(cle, libelle, n) for (cle, libelle), n in roles.items()]
    return trouves
