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
ATTENTES = ("recues", "propositions", "nouvelles")


class ComptesDuContrat(QuerySet[Any]):
    def comptes(self, contrat: Any) -> dict[str, int]:
        """Actions, signataires, communes d’aujourd’hui et leurs habitants ; une requête."""
        contrats: Any = self.model
        (comptes,) = _comptes(contrats).lire(contrat=contrat.pk)
        return dict(zip(COMPTES, comptes, strict=True))

    def attentes(self, contrat: Any) -> dict[str, int]:
        """Ce que d’autres envoient à ce plan ; une requête.

        `recues` : leurs fiches qu’il montre ; `propositions` : celles à décider ; `nouvelles` : les
        contributions à relire.
        """
        contrats: Any = self.model
        (comptes,) = _attentes(contrats).lire(contrat=contrat.pk)
        return dict(zip(ATTENTES, comptes, strict=True))


def _lignes_de(modele: Any, relation: str) -> Any:
    return modele._meta.get_field(relation).related_model._default_manager


@cache
def _attentes(contrats: Any) -> RequeteFigee:
    partages = _lignes_de(contrats, "partages_recus")
    contributions = _lignes_de(contrats._meta.get_field("liens_contribution").related_model,
                               "contributions")  # fmt: skip
    contrat = contrats.objects.filter(pk=Parametre("contrat")).annotate(
        recues=sous_compte(partages.acceptes()),
        propositions=sous_compte(partages.a_decider()),
        nouvelles=sous_compte(
            contributions.filter(action__corbeille_le=None).a_traiter(), lien="lien__contrat"
        ),
    )
    return figer(contrat.values_list(*ATTENTES))


@cache
def _comptes(contrats: Any) -> RequeteFigee:
    communes = _lignes_de(contrats, "perimetres").ouvertes()
    actions = _lignes_de(contrats, "actions")
    contrat = contrats.objects.filter(pk=Parametre("contrat")).annotate(
        nombre_actions=sous_compte(actions),
        nombre_restreintes=sous_compte(actions.restreintes()),
        nombre_jetees=sous_compte(actions.model.avec_corbeille.jetees()),
        nombre_signataires=sous_compte(_lignes_de(contrats, "parties").signataires()),
        nombre_communes=sous_compte(communes),
        population=sous_compte(communes, Sum("commune__population")),
    )
    return figer(contrat.values_list(*COMPTES))


def sous_compte(
    requete: QuerySet[Any], mesure: Aggregate | None = None, *, lien: str = "contrat"
) -> Func:
    """Nombre de lignes liées au contrat (ou `mesure`), sans jointure qui multiplie les autres."""
    return Coalesce(
        Subquery(
            requete.filter(**{lien: OuterRef("pk")})
            .order_by()
            .values(lien)
            .annotate(n=mesure or Count("pk"))
            .values("n")
        ),
        0,
    )
