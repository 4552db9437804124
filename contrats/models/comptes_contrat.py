"""Ce que l’on compte sous un contrat ; mêlé à ContratQuerySet."""

from functools import cache
from typing import Any

from django.db.models import Aggregate, Count, Func, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer

# « nombre_actions » compte aussi les restreintes : qui ne les lit pas ne doit pas lire ce nombre
COMPTES = (
    "nombre_actions",
    "nombre_restreintes",
    "nombre_jetees",
    "nombre_signataires",
    "nombre_communes",
    "population",
)


class ComptesDuContrat(QuerySet[Any]):
    def comptes(self, contrat: Any) -> dict[str, int]:
        """Actions, signataires, communes d’aujourd’hui et leurs habitants ; une requête."""
        contrats: Any = self.model
        (comptes,) = _comptes(contrats).lire(contrat=contrat.pk)
        return dict(zip(COMPTES, comptes, strict=True))


@cache
def _comptes(contrats: Any) -> RequeteFigee:
    def lignes_de(relation: str) -> Any:
        return contrats._meta.get_field(relation).related_model._default_manager

    communes, actions = lignes_de("perimetres").ouvertes(), lignes_de("actions")
    contrat = contrats.objects.filter(pk=Parametre("contrat")).annotate(
        nombre_actions=sous_compte(actions),
        nombre_restreintes=sous_compte(actions.restreintes()),
        nombre_jetees=sous_compte(actions.model.avec_corbeille.jetees()),
        nombre_signataires=sous_compte(lignes_de("parties").signataires()),
        nombre_communes=sous_compte(communes),
        population=sous_compte(communes, Sum("commune__population")),
    )
    return figer(contrat.values_list(*COMPTES))


def sous_compte(requete: QuerySet[Any], mesure: Aggregate | None = None) -> Func:
    """Nombre de lignes liées au contrat (ou `mesure`), sans jointure qui multiplie les autres."""
    return Coalesce(
        Subquery(
            requete.filter(contrat=OuterRef("pk"))
            .order_by()
            .values("contrat")
            .annotate(n=mesure or Count("pk"))
            .values("n")
        ),
        0,
    )
