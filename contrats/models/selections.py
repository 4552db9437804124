"""Les questions que posent les filtres et l’API : mêlées aux QuerySets des contrats et du plan."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, TextChoices, Value

from contrats.etats import PHASES_EN_PROJET, PHASES_SIGNEES, PHASES_TERMINEES, StatutAction


class GroupePhases(TextChoices):
    """Où en est un contrat, en trois mots."""

    SIGNE = "signe", "Signé"
    EN_PROJET = "en_projet", "En projet"
    TERMINE = "termine", "Terminé"


PHASES_DU_GROUPE = {
    GroupePhases.SIGNE: PHASES_SIGNEES,
    GroupePhases.EN_PROJET: PHASES_EN_PROJET,
    GroupePhases.TERMINE: PHASES_TERMINEES,
}


class SelectionContrats(QuerySet[Any]):
    def couvrant(self, le: date, **commune: Any) -> QuerySet[Any]:
        """Les contrats dont une commune, dans le périmètre ce jour-là, répond à `commune`."""
        presentes = self.model.perimetres.rel.related_model.objects.au(le)
        return self.filter(Exists(presentes.filter(contrat=OuterRef("pk"), **commune)))

    def du_groupe(self, groupe: str) -> QuerySet[Any]:
        return self.filter(phase__in=PHASES_DU_GROUPE[GroupePhases(groupe)])

    def de_theme(self, code: str) -> QuerySet[Any]:
        """Les contrats dont une action au moins porte ce thème."""
        actions = self.model.actions.rel.related_model.objects.de_theme(code)
        return self.filter(Exists(actions.filter(contrat=OuterRef("pk"))))


class SelectionDuContrat(QuerySet[Any]):
    """Ce qui appartient à un contrat."""

    def ranges_par_contrat(self) -> QuerySet[Any]:
        """Un ordre total, servi par l’index, stable d’une page de l’API à la suivante."""
        return self.order_by("contrat_id", "ordre", "numero", "pk")

    def avec_est_suivi(self, utilisateur: Any) -> QuerySet[Any]:
        """`est_suivi` : la personne suit le contrat, donc lit aussi ses textes internes."""
        return self.annotate(est_suivi=est_suivi(utilisateur, self.model))


def est_suivi(utilisateur: Any, modele: Any, lien: str = "contrat") -> Exists | Value:
    if not utilisateur.is_authenticated or utilisateur.est_administrateur:
        return Value(utilisateur.is_authenticated, output_field=BooleanField())
    contrats = modele._meta.get_field(lien.split("__")[0]).related_model  # noqa: SLF001
    for suite in lien.split("__")[1:]:
        contrats = contrats._meta.get_field(suite).related_model  # noqa: SLF001
    return Exists(contrats.objects.suivis_par(utilisateur).filter(pk=OuterRef(lien)))


class SelectionActions(SelectionDuContrat):
    def avec_pilote(self) -> QuerySet[Any]:
        return self.filter(Q(pilote__isnull=False) | Q(pilote_personne__isnull=False))

    def hors_retard(self, le: date) -> QuerySet[Any]:
        return self.avec_statut_affiche(le).exclude(statut_affiche=StatutAction.EN_RETARD)

    def avec_echeance(self) -> QuerySet[Any]:
        return self.filter(date_fin__isnull=False)

    def associant(self, acteur: UUID) -> QuerySet[Any]:
        """Les actions que cette organisation pilote, ou auxquelles elle est associée."""
        liens = self.model.liens_acteurs.rel.related_model.objects
        return self.filter(
            Q(pilote=acteur) | Q(Exists(liens.filter(action=OuterRef("pk"), acteur=acteur)))
        )

    def de_population(self, code: str) -> QuerySet[Any]:
        liens = self.model.populations.through.objects
        return self.filter(Exists(liens.filter(action=OuterRef("pk"), population=code)))

    def pour_api(self, utilisateur: Any, le: date) -> QuerySet[Any]:
        return self.avec_statut_affiche(le).avec_avancement().avec_est_suivi(utilisateur)

    def nomenclatures_de(self, actions: Iterable[UUID]) -> QuerySet[Any]:
        """(action, liste, code) des thèmes et des publics, en une seule requête."""
        return _liens(self.model.themes.through, "theme", actions).union(
            _liens(self.model.populations.through, "population", actions), all=True
        )


def _liens(table: Any, champ: str, actions: Iterable[UUID]) -> QuerySet[Any]:
    liens = table.objects.filter(action__anyof=actions).order_by()
    return liens.values_list("action_id", Value(f"{champ}s"), f"{champ}_id")
