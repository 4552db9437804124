"""Les rangs du plan en base : lus d’un coup, écrits d’un coup."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Value, When

from contrats.models import Action, Axe, Contrat, Objectif
from contrats.ordre_du_plan import Charpente, Noeud, rangs
from contrats.services.declencheurs import sans_declencheurs

MODELES: dict[str, Any] = {"axe": Axe, "objectif": Objectif, "action": Action}
HISTORIQUE = ("update_update",)


def charpente_de(contrat: Contrat) -> Charpente:
    """Le plan entier, à plat et dans l’ordre ; trois requêtes."""
    communs = ("numero", "titre", "ordre")
    axes = contrat.axes.dans_l_ordre().values_list("pk", *communs)
    objectifs = contrat.objectifs.dans_l_ordre().values_list("pk", "axe", "parent", *communs)
    actions = contrat.actions.dans_l_ordre().values_list("pk", "axe", "objectif", *communs)
    return Charpente(
        axes=[Noeud(pk, None, None, *suite) for pk, *suite in axes],
        objectifs=[Noeud(*ligne) for ligne in objectifs],
        actions=[Noeud(*ligne) for ligne in actions],
    )


def ecrire_rangs(*, charpente: Charpente, par: Any, sauf: UUID | None = None) -> None:
    """Écrit les rangs qui changent, hors historique : `par` n’a pas modifié les voisins."""
    with sans_declencheurs(dict.fromkeys(MODELES.values(), HISTORIQUE)):
        for genre, attendus in rangs(charpente).items():
            actuels = {n.id: n.ordre for n in getattr(charpente, f"{genre}s")}
            changes = {
                pk: rang for pk, rang in attendus.items() if pk != sauf and actuels[pk] != rang
            }
            if changes:
                _ecrire(MODELES[genre], changes)


def _ecrire(modele: Any, changes: dict[UUID, int]) -> None:
    cas = Case(*(When(pk=pk, then=Value(rang)) for pk, rang in changes.items()))
    modele.objects.filter(pk__in=changes).update(ordre=cas)


def versions_de(contrat: Contrat) -> dict[UUID, int]:
    """La version de chaque axe, objectif et fiche ; trois requêtes."""
    elements = (contrat.axes, contrat.objectifs, contrat.actions)
    return {pk: v for liste in elements for pk, v in liste.values_list("pk", "version")}
