"""Les filtres des contrats et des actions, communs aux pages et à l’API.

La vue passe son QuerySet, déjà restreint par `visibles_par` ou `suivis_par`. Le jour est lu
une fois par jeu (`filtre.le`) : `statut` et `en_retard` portent sur le statut affiché ce jour-là.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import django_filters

from acteurs.filters import COMMUNE, SIREN
from acteurs.models import Departement, Region
from cls_platform.socle.filtrage import ChoixMultiples, Code, JeuDeFiltres, OuiNon, Parmi, Recherche
from contrats.etats import Phase, StatutAction
from contrats.filtres_argent import FiltresDArgent
from contrats.filtres_fiche import FiltresDeLaFiche
from contrats.models import (
    Action,
    Axe,
    Contrat,
    EtatPartage,
    NiveauObjectif,
    Objectif,
    PartageAction,
    Population,
    Theme,
)
from contrats.models.selections import GroupePhases
from contrats.services.bibliotheque import TEXTES

MOIS_MAXIMUM = 120


class ContratFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom du contrat ou d’une de ses communes.")
    region = Parmi(queryset=Region.objects.tries(), label="Région", empty_label="Toutes")
    departement = Parmi(
        queryset=Departement.objects.tries(),
        method="filtrer_departement",
        label="Département d’une de ses communes",
    )
    epci = Code(
        method="filtrer_epci",
        label="SIREN de l’intercommunalité d’une de ses communes",
        **SIREN,
    )
    commune = Code(method="filtrer_commune", label="Code Insee d’une de ses communes", **COMMUNE)
    phase = ChoixMultiples(choices=Phase.choices, label="Phase")
    groupe = django_filters.ChoiceFilter(
        choices=GroupePhases.choices,
        method="filtrer_groupe",
        label="Situation",
        empty_label="Toutes",
    )
    theme = Parmi(
        queryset=Theme.objects.actives().tries(),
        method="filtrer_theme",
        label="Thème d’une de ses actions",
    )
    en_vigueur_le = django_filters.DateFilter(
        method="filtrer_en_vigueur", label="Signé et en vigueur à cette date"
    )
    fin_avant = django_filters.DateFilter(
        field_name="date_fin", lookup_expr="lte", label="Se termine au plus tard le"
    )

    class Meta:
        model = Contrat
        fields: list[str] = []

    def filtrer_departement(self, queryset: Any, name: str, value: Departement) -> Any:
        return queryset.couvrant(self.le, commune__departement=value)

    def filtrer_epci(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.couvrant(self.le, commune__epci=value)

    def filtrer_commune(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.couvrant(self.le, commune=value)

    def filtrer_groupe(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.du_groupe(value)

    def filtrer_theme(self, queryset: Any, name: str, value: Theme) -> Any:
        return queryset.de_theme(value.pk, visibles_par=self.utilisateur)

    def filtrer_en_vigueur(self, queryset: Any, name: str, value: date) -> Any:
        return queryset.en_vigueur(value)


class AxeFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")

    class Meta:
        model = Axe
        fields: list[str] = []


class ObjectifFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")
    axe = django_filters.UUIDFilter(label="Axe")
    parent = django_filters.UUIDFilter(label="Objectif parent")
    niveau = django_filters.ChoiceFilter(choices=NiveauObjectif.choices, label="Niveau")

    class Meta:
        model = Objectif
        fields: list[str] = []


class ActionFilterSet(FiltresDeLaFiche, FiltresDArgent):
    contrat = django_filters.UUIDFilter(label="Contrat")
    axe = django_filters.UUIDFilter(label="Axe")
    objectif = django_filters.UUIDFilter(label="Objectif")
    region = Parmi(queryset=Region.objects.tries(), label="Région", empty_label="Toutes")
    statut = ChoixMultiples(
        choices=StatutAction.choices, method="filtrer_statut", label="Statut affiché"
    )
    pilote = django_filters.UUIDFilter(label="Organisation pilote")
    acteur = django_filters.UUIDFilter(
        method="filtrer_acteur", label="Organisation pilote ou associée"
    )
    theme = Parmi(
        queryset=Theme.objects.actives().tries(),
        method="filtrer_theme",
        label="Thème",
        empty_label="Tous",
    )
    population = Parmi(
        queryset=Population.objects.actives().tries(), method="filtrer_population", label="Public"
    )
    sans_pilote = OuiNon(method="filtrer_sans_pilote", label="Sans pilote")
    sans_echeance = OuiNon(method="filtrer_sans_echeance", label="Sans échéance")
    en_retard = OuiNon(method="filtrer_en_retard", label="En retard")
    a_risque = OuiNon(method="filtrer_a_risque", label="À risque")
    incompletes = OuiNon(method="filtrer_incompletes", label="Complète à moins de 50 %")
    sans_nouvelles = django_filters.NumberFilter(
        method="filtrer_sans_nouvelles",
        min_value=1,
        max_value=MOIS_MAXIMUM,
        label="Commencée, et sans rien d’écrit depuis ce nombre de mois",
    )
    echeance_avant = django_filters.DateFilter(
        field_name="date_fin", lookup_expr="lte", label="Échéance au plus tard le"
    )
    echeance_apres = django_filters.DateFilter(
        field_name="date_fin", lookup_expr="gte", label="Échéance au plus tôt le"
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def filtrer_statut(self, queryset: Any, name: str, value: list[str]) -> Any:
        return queryset.de_statut(value, le=self.le)

    def filtrer_acteur(self, queryset: Any, name: str, value: UUID) -> Any:
        return queryset.associant(value)

    def filtrer_theme(self, queryset: Any, name: str, value: Theme) -> Any:
        return queryset.de_theme(value.pk)

    def filtrer_population(self, queryset: Any, name: str, value: Population) -> Any:
        return queryset.de_population(value.pk)

    def filtrer_sans_pilote(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.sans_pilote() if value else queryset.avec_pilote()

    def filtrer_sans_echeance(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.sans_echeance() if value else queryset.avec_echeance()

    def filtrer_en_retard(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.en_retard(self.le) if value else queryset.hors_retard(self.le)

    def filtrer_incompletes(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.incompletes() if value else queryset.assez_completes()

    def filtrer_a_risque(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.a_risque(self.le) if value else queryset.hors_risque(self.le)

    def filtrer_sans_nouvelles(self, queryset: Any, name: str, value: Decimal) -> Any:
        return queryset.sans_nouvelles(self.le, mois=int(value))


class FiltresDuPlan(ActionFilterSet):
    """Ceux d’un plan que la personne suit : la recherche y lit aussi les textes de travail."""

    def filtrer_recherche(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.rechercher_partout(value)


class FiltresDesPartagees(FiltresDuPlan):
    """Ceux du plan, sur les fiches qu’il reçoit : leur place est celle qu’il leur donne."""

    axe = django_filters.UUIDFilter(field_name="recu__axe", label="Axe")
    objectif = django_filters.UUIDFilter(field_name="recu__objectif", label="Objectif")
    sans_axe = OuiNon(field_name="recu__axe", lookup_expr="isnull", label="Sans axe")


class FiltresDeBibliotheque(JeuDeFiltres):
    """Ce que tout lecteur de la bibliothèque peut chercher."""

    recherche = Recherche(
        method="filtrer_recherche",
        help_text="Mots du titre, du constat, des objectifs, de la description, des résultats "
        "attendus et de l’évaluation.",
    )
    theme = Parmi(queryset=Theme.objects.actives().tries(), method="filtrer_theme", label="Thème")
    population = Parmi(
        queryset=Population.objects.actives().tries(), method="filtrer_population", label="Public"
    )
    region = Parmi(queryset=Region.objects.tries(), label="Région")

    class Meta:
        model = Action
        fields: list[str] = []

    def filtrer_recherche(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.rechercher_dans(value, TEXTES)

    def filtrer_theme(self, queryset: Any, name: str, value: Theme) -> Any:
        return queryset.de_theme(value.pk)

    def filtrer_population(self, queryset: Any, name: str, value: Population) -> Any:
        return queryset.de_population(value.pk)


class PartageFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat qui reçoit la fiche")
    action = django_filters.UUIDFilter(label="Fiche partagée")
    etat = django_filters.ChoiceFilter(choices=EtatPartage.choices, label="État")

    class Meta:
        model = PartageAction
        fields: list[str] = []
