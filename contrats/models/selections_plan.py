"""Les questions que posent sur le plan les filtres et l’API ; mêlées à ses QuerySets."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Self
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from cls_platform.socle import tableaux
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.etats import MOIS_SANS_NOUVELLES, StatutAction
from contrats.models.contrat import Contrat
from contrats.models.etat_action import (
    a_une_etape_depassee,
    debut_des_nouvelles,
    est_sans_nouvelles,
)

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


COLONNES_DE_LA_FICHE = (
    "action_id", "action__numero", "action__titre", "action__axe_id", "action__est_publique",
    "action__est_restreinte",
)  # fmt: skip


class DUneActionQuerySet(QuerySet[Any]):
    """Ce qui appartient à une action se lit avec elle, dans l’espace de travail seulement."""

    def suivis_par(self, utilisateur: Any) -> Self:
        actions: Any = self.model._meta.get_field("action").related_model
        gardees = self.filter(action__in=actions.objects.suivis_par(utilisateur))
        return gardees.select_related("action__contrat")

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(action__contrat=contrat)

    def recentes(self) -> Self:
        """Les notes, de la plus récente à la plus ancienne."""
        return self.select_related("modifie_par").order_by("-date_note", "-cree_le", "pk")

    def de_l_annee(self, contrat: Contrat, annee: int) -> Any:
        """Les notes de cette année sur le contrat, fiche par fiche, puis dans le temps."""
        notes = self.filter(action__contrat=contrat, action__corbeille_le=None, annee=annee)
        rangees = notes.order_by("action__ordre", "action__numero", "action", "date_note", "pk")
        return rangees.values(
            *COLONNES_DE_LA_FICHE, "date_note", "fait", "freins", "leviers", "suites",
            "participants",
        )  # fmt: skip

    def dates_de_l_annee(self, contrat: Contrat, annee: int) -> Any:
        """Les changements de statut de cette année sur le contrat, dans le temps."""
        passages = self.filter(action__contrat=contrat, action__corbeille_le=None, le__year=annee)
        rangees = passages.order_by("le", "pk")
        return rangees.values(*COLONNES_DE_LA_FICHE, "le", "de", "vers", "raison")

    def derniers(self) -> Self:
        """Les changements de statut, du plus récent au plus ancien."""
        return self.select_related("par").order_by("-le", "pk")


class JalonQuerySet(DUneActionQuerySet):
    def libelles_de(self, actions: Iterable[UUID]) -> Any:
        """(action, étape) de ces fiches, dans l’ordre ; sans celles que l’on a abandonnées."""
        gardees = self.filter(action__in=list(actions), est_abandonne=False)
        return gardees.dans_l_ordre().values_list("action_id", "libelle")

    def attendus_en(self, contrat: Contrat, annee: int) -> Any:
        """(échéance, étape, action) des étapes à faire, dans les fiches que chacun peut lire."""
        lisibles = self.filter(
            action__contrat=contrat, action__corbeille_le=None,
            action__est_publique=True, action__est_restreinte=False,
        )  # fmt: skip
        attendus = lisibles.filter(echeance__year=annee, fait_le=None, est_abandonne=False)
        return attendus.order_by("echeance", "pk").values_list("echeance", "libelle", "action_id")

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "echeance", "pk")


class SelectionActions(SelectionDuContrat):
    model: Any

    def avec_pilote(self) -> Any:
        connu = Q(pilote__isnull=False) | Q(pilote_personne__isnull=False)
        return self.filter(connu | ~Q(pilote_nom=""))

    def avec_echeance(self) -> Any:
        return self.filter(date_fin__isnull=False)

    def hors_retard(self: Any, le: date) -> Any:
        return self.avec_statut_affiche(le).exclude(statut_affiche=StatutAction.EN_RETARD)

    def avec_risques(self, le: date) -> Any:
        """Annote `est_a_risque`, et ses deux causes : `etape_depassee`, `sans_nouvelles`."""
        return self.annotate(
            etape_depassee=self._etape_depassee(le),
            sans_nouvelles=self._sans_nouvelles(le, MOIS_SANS_NOUVELLES),
        ).annotate(
            est_a_risque=ExpressionWrapper(
                Q(etape_depassee=True) | Q(sans_nouvelles=True), output_field=BooleanField()
            )
        )

    def a_risque(self, le: date) -> Any:
        sans_nouvelles = self._sans_nouvelles(le, MOIS_SANS_NOUVELLES)
        return self.filter(self._etape_depassee(le) | sans_nouvelles)

    def hors_risque(self, le: date) -> Any:
        sans_nouvelles = self._sans_nouvelles(le, MOIS_SANS_NOUVELLES)
        return self.exclude(self._etape_depassee(le) | sans_nouvelles)

    def sans_nouvelles(self, le: date, *, mois: int = MOIS_SANS_NOUVELLES) -> Any:
        """Commencées, pas finies, et rien d’écrit depuis `mois` mois."""
        return self.filter(self._sans_nouvelles(le, mois))

    def _etape_depassee(self, le: date) -> Q:
        return a_une_etape_depassee(self._lies("jalons"), le)

    def _sans_nouvelles(self, le: date, mois: int) -> Q:
        """Dans une requête à figer, le jour est un paramètre, et « depuis » un autre."""
        est_a_figer = isinstance(le, Parametre)
        depuis: Any = Parametre("depuis") if est_a_figer else debut_des_nouvelles(le, mois)
        return est_sans_nouvelles(self._lies("jalons"), self._lies("notes"), depuis)

    def _lies(self, lien: str) -> Any:
        return self.model._meta.get_field(lien).related_model._default_manager.order_by()

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
        return datees.avec_suivi(utilisateur)

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
