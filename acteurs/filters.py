"""Les filtres des territoires et des acteurs, communs aux pages et à l’API."""

from typing import Any

import django_filters

from acteurs.models import Acteur, Commune, Departement, Epci, Region, TypeActeur
from acteurs.models.acteur import FamilleActeur
from acteurs.models.territoire import NatureEpci
from cls_platform.socle.filtrage import JeuDeFiltres, OuiNon, Recherche


class TerritoireFilterSet(JeuDeFiltres):
    """Sans `avec_closes=true`, seuls les territoires d’aujourd’hui."""

    recherche = Recherche(help_text="Mots du nom, code postal ou ancien nom.")
    avec_closes = OuiNon(method="filtrer_closes", label="Avec les territoires qui n’existent plus")

    def filter_queryset(self, queryset: Any) -> Any:
        requete = super().filter_queryset(queryset)
        return requete if self.form.cleaned_data["avec_closes"] else requete.actuelles()

    def filtrer_closes(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset


class RegionFilterSet(TerritoireFilterSet):
    class Meta:
        model = Region
        fields: list[str] = []


class DepartementFilterSet(TerritoireFilterSet):
    region = django_filters.ModelChoiceFilter(queryset=Region.objects.tries(), label="Région")

    class Meta:
        model = Departement
        fields: list[str] = []


class EpciFilterSet(TerritoireFilterSet):
    nature = django_filters.ChoiceFilter(choices=NatureEpci.choices, label="Nature")
    departement = django_filters.ModelChoiceFilter(
        queryset=Departement.objects.tries(),
        method="filtrer_departement",
        label="Département d’une de ses communes",
    )
    region = django_filters.ModelChoiceFilter(
        queryset=Region.objects.tries(),
        method="filtrer_region",
        label="Région d’une de ses communes",
    )

    class Meta:
        model = Epci
        fields: list[str] = []

    def filtrer_departement(self, queryset: Any, name: str, value: Departement) -> Any:
        return queryset.filter(pk__in=Commune.objects.filter(departement=value).values("epci"))

    def filtrer_region(self, queryset: Any, name: str, value: Region) -> Any:
        return queryset.filter(pk__in=Commune.objects.filter(region=value).values("epci"))


class CommuneFilterSet(TerritoireFilterSet):
    departement = django_filters.ModelChoiceFilter(
        queryset=Departement.objects.tries(), label="Département"
    )
    region = django_filters.ModelChoiceFilter(queryset=Region.objects.tries(), label="Région")
    epci = django_filters.CharFilter(
        field_name="epci", max_length=9, label="SIREN de l’intercommunalité"
    )
    code_postal = django_filters.CharFilter(
        field_name="codes_postaux", lookup_expr="contains", max_length=5, label="Code postal"
    )
    ancien_code = django_filters.CharFilter(
        field_name="autres_codes",
        lookup_expr="contains",
        max_length=5,
        label="Code Insee d’une ancienne commune ou d’un arrondissement",
    )

    class Meta:
        model = Commune
        fields: list[str] = []


class ActeurFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom ou du sigle.")
    type = django_filters.ModelChoiceFilter(queryset=TypeActeur.objects.tries(), label="Type")
    famille = django_filters.ChoiceFilter(
        field_name="type__famille", choices=FamilleActeur.choices, label="Famille"
    )
    region = django_filters.ModelChoiceFilter(queryset=Region.objects.tries(), label="Région")
    departement = django_filters.ModelChoiceFilter(
        queryset=Departement.objects.tries(), label="Département"
    )
    epci = django_filters.CharFilter(
        field_name="epci", max_length=9, label="SIREN de l’intercommunalité"
    )
    commune = django_filters.CharFilter(
        field_name="commune", max_length=5, label="Code Insee de la commune"
    )
    siren = django_filters.CharFilter(max_length=9, label="SIREN")
    finess = django_filters.CharFilter(max_length=9, label="FINESS")

    class Meta:
        model = Acteur
        fields: list[str] = []
