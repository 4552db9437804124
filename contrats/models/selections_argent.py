"""Les questions d’argent que posent les filtres sur les fiches ; mêlées à ActionQuerySet."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from acteurs.droits import Droit, Role, roles_avec
from contrats.models.contrat import Contrat, affectations_sur, participations_de

EXACT = DecimalField(max_digits=20, decimal_places=2)
RIEN = Value(Decimal(0), output_field=EXACT)


def budgets_lisibles_par(utilisateur: Any) -> QuerySet[Contrat]:
    """Les contrats dont la personne lit les montants : un rôle ayant Droit.VOIR_BUDGET."""
    if not utilisateur.is_authenticated:
        return Contrat.objects.none()
    if utilisateur.est_administrateur:
        return Contrat.objects.all()
    roles = roles_avec(Droit.VOIR_BUDGET)
    permis = Q(Exists(participations_de(utilisateur).filter(role__in=roles)))
    if Role.REFERENT_ARS in roles:
        permis |= Q(Exists(affectations_sur(utilisateur)))
    return Contrat.objects.filter(permis)


class SelectionArgent(QuerySet[Any]):
    def au_budget_lisible_par(self, utilisateur: Any) -> Any:
        return self.filter(contrat__in=budgets_lisibles_par(utilisateur))

    def a_un_budget(self) -> Q:
        return self._a_des("lignes_budget")

    def sans_budget(self) -> Any:
        return self.exclude(self.a_un_budget())

    def avec_budget(self) -> Any:
        return self.filter(self.a_un_budget())

    def sans_financement(self) -> Any:
        """Aucun financement, ou seulement des refus."""
        return self.exclude(self._est_financee())

    def avec_financement(self) -> Any:
        return self.filter(self._est_financee())

    def en_ecart(self) -> Any:
        """Une année au moins où le coût et les ressources diffèrent."""
        return self.filter(self._est_en_ecart())

    def sans_ecart(self) -> Any:
        return self.exclude(self._est_en_ecart())

    def _a_des(self, lien: str) -> Q:
        return Q(Exists(self._de(lien).filter(action=OuterRef("pk"))))

    def _est_financee(self) -> Q:
        return Q(Exists(self._de("financements").retenus().filter(action=OuterRef("pk"))))

    def _est_en_ecart(self) -> Q:
        couts, ressources = self._de("lignes_budget"), self._de("financements")
        seules = _sans_pareil(couts.couts(), ressources.ressources())
        autres = _sans_pareil(ressources.ressources(), couts.couts())
        return Q(Exists(seules)) | Q(Exists(autres))

    def _de(self, lien: str) -> Any:
        return self.model._meta.get_field(lien).related_model._default_manager.order_by()


def _sans_pareil(sommes: QuerySet[Any], autres: QuerySet[Any]) -> QuerySet[Any]:
    """Les années de l’action dont la somme n’est pas celle de l’autre côté (zéro s’il est vide)."""
    memes = autres.filter(action=OuterRef("action_id"), annee=OuterRef("annee")).values("somme")
    face = Coalesce(Subquery(memes), RIEN, output_field=EXACT)
    de_l_action = sommes.filter(action=OuterRef("pk"))
    return de_l_action.annotate(face=face).exclude(somme=face)
