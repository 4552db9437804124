"""Les questions que posent sur le plan les filtres et l’API ; mêlées à ses QuerySets."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from cls_platform.socle import tableaux
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.etats import StatutAction
from contrats.models.contrat import Contrat

DES_ACTIONS = f"action__id__{tableaux.DansTableau.lookup_name}"


def est_suivi(utilisateur: Any, lien: str = "contrat") -> Exists | Value:
    """La personne suit le contrat de la ligne : elle en lit aussi les textes internes."""
    if not utilisateur.is_authenticated or utilisateur.est_administrateur:
        return Value(utilisateur.is_authenticated, output_field=BooleanField())
    return Exists(Contrat.objects.suivis_par(utilisateur).filter(pk=OuterRef(lien)))


class SelectionDuContrat(QuerySet[Any]):
    """Ce qui appartient à un contrat."""

    def ranges_par_contrat(self) -> Any:
        """Un ordre total, servi par l’index, stable d’une page de l’API à la suivante."""
        return self.order_by("contrat_id", "ordre", "numero", "pk")


class SelectionActions(SelectionDuContrat):
    model: Any

    def avec_pilote(self) -> Any:
        return self.filter(Q(pilote__isnull=False) | Q(pilote_personne__isnull=False))

    def avec_echeance(self) -> Any:
        return self.filter(date_fin__isnull=False)

    def hors_retard(self: Any, le: date) -> Any:
        return self.avec_statut_affiche(le).exclude(statut_affiche=StatutAction.EN_RETARD)

    def associant(self, acteur: UUID) -> Any:
        """Les actions que cette organisation pilote, ou auxquelles elle est associée."""
        liens = self.model.liens_acteurs.rel.related_model.objects
        return self.filter(
            Q(pilote=acteur) | Q(Exists(liens.filter(action=OuterRef("pk"), acteur=acteur)))
        )

    def de_population(self, code: str) -> Any:
        liens = self.model.populations.through.objects
        return self.filter(Exists(liens.filter(action=OuterRef("pk"), population=code)))

    def pour_api(self: Any, utilisateur: Any, le: date) -> Any:
        """Avec `statut_affiche`, `avancement` et `est_suivi`."""
        datees = self.avec_statut_affiche(le).avec_avancement()
        return datees.annotate(est_suivi=est_suivi(utilisateur))

    def nomenclatures_de(self, actions: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
        """(action, « themes » ou « populations », code), en une seule requête."""
        return _nomenclatures(self.model).lire(actions=list(actions))


class LienActeurQuerySet(QuerySet[Any]):
    model: Any

    def pour_api(self, actions: Iterable[UUID]) -> list[tuple[UUID, UUID, str, str]]:
        """(action, organisation, nom, rôle), en une requête."""
        return _liens_aux_acteurs(self.model).lire(actions=list(actions))


@cache
def _nomenclatures(actions: Any) -> RequeteFigee:
    themes = _liens(actions.themes.through, "theme")
    return figer(themes.union(_liens(actions.populations.through, "population"), all=True))


def _liens(table: Any, champ: str) -> QuerySet[Any, Any]:
    liens = table.objects.filter(**{DES_ACTIONS: Parametre("actions")}).order_by()
    return liens.values_list("action_id", Value(f"{champ}s"), f"{champ}_id")


@cache
def _liens_aux_acteurs(liens: Any) -> RequeteFigee:
    des_actions = liens.objects.filter(**{DES_ACTIONS: Parametre("actions")})
    ranges = des_actions.order_by("acteur__cle_tri", "acteur_id", "role")
    return figer(ranges.values_list("action_id", "acteur_id", "acteur__nom", "role"))
