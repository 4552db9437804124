"""Les filtres des territoires et des acteurs, communs aux pages et à l’API."""

from typing import Any

import django_filters

from acteurs.models import Acteur, Commune, Departement, Epci, Region, TypeActeur
from acteurs.models.acteur import FamilleActeur
from acteurs.models.territoire import NatureEpci
from cls_platform.socle.filtrage import Code, JeuDeFiltres, OuiNon, Parmi, Recherche

COMMUNE = {"motif": "[0-9][0-9AB][0-9]{3}", "exemple": "29232 ou 2A004"}
SIREN = {"motif": "[0-9]{9}", "exemple": "200068120"}


class TerritoireFilterSet(JeuDeFiltres):
    """Sans `avec_closes=true`, seuls les territoires d’aujourd’hui."""

    recherche = Recherche(help_text="Mots du nom, code postal ou ancien nom.")
    avec_closes = OuiNon(method="filtrer_closes", label="Avec les territoires qui n’existent plus")

    def filter_queryset(self, queryset: Any) -> Any:
        requete = super().filter_queryset(queryset)
        return requete if self.form.cleaned_data.get("avec_closes") else requete.actuelles()

    def filtrer_closes(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset


class RegionFilterSet(TerritoireFilterSet):
    class Meta:
        model = Region
        fields: list[str] = []


class DepartementFilterSet(TerritoireFilterSet):
    region = Parmi(queryset=Region.objects.tries(), label="Région")

    class Meta:
        model = Departement
        fields: list[str] = []


class EpciFilterSet(TerritoireFilterSet):
    nature = django_filters.ChoiceFilter(choices=NatureEpci.choices, label="Nature")
    departement = Parmi(
        queryset=Departement.objects.tries(),
        method="filtrer_departement",
        label="Département d’une de ses communes",
    )
    region = Parmi(
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
    departement = Parmi(queryset=Departement.objects.tries(), label="Département")
    region = Parmi(queryset=Region.objects.tries(), label="Région")
    epci = Code(field_name="epci", label="SIREN de l’intercommunalité", **SIREN)
    code_postal = Code(
        field_name="codes_postaux",
        method="filtrer_liste",
        label="Code postal",
        motif="[0-9]{5}",
        exemple="29000",
    )
    ancien_code = Code(
        field_name="autres_codes",
        method="filtrer_liste",
        label="Code Insee d’une ancienne commune ou d’un arrondissement",
        **COMMUNE,
    )

    class Meta:
        model = Commune
        fields: list[str] = []

    def filtrer_liste(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(**{f"{name}__contains": [value]})


class ActeurFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom ou du sigle.")
    type = Parmi(queryset=TypeActeur.objects.tries(), label="Type")
    famille = django_filters.ChoiceFilter(
        field_name="type__famille", choices=FamilleActeur.choices, label="Famille"
    )
    region = Parmi(queryset=Region.objects.tries(), label="Région")
    departement = Parmi(queryset=Departement.objects.tries(), label="Département")
    epci = Code(field_name="epci", label="SIREN de l’intercommunalité", **SIREN)
    commune = Code(field_name="commune", label="Code Insee de la commune", **COMMUNE)
    siren = Code(label="SIREN", **SIREN)
    finess = Code(label="FINESS", motif="[0-9][0-9AB][0-9]{7}", exemple="290000017")

    class Meta:
        model = Acteur
        fields: list[str] = []
