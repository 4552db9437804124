"""Les doctrines des régions, en lecture : ce qu’elles visent et où elles en sont."""

from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from acteurs.models import Region
from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.filtrage import JeuDeFiltres, Parmi
from contrats.models import Doctrine
from contrats.presentation.doctrine import progression_gardee

PLAN = PlanDeLecture(
    colonnes=colonnes_simples(
        "id",
        "region",
        "depuis",
        "maillage",
        "type_zonage",
        "edition",
        "classes",
        "codes_epci",
        "codes_communes",
        "cible_taux",
        "cible_date",
        "texte",
        "version",
        "modifie_le",
    )
)


class DoctrineFilterSet(JeuDeFiltres):
    region = Parmi(queryset=Region.objects.tries(), label="Région")
    en_vigueur_le = django_filters.DateFilter(
        method="filtrer_en_vigueur", label="Celle de ce jour-là, dans chaque région"
    )

    class Meta:
        model = Doctrine
        fields: list[str] = []

    def filtrer_en_vigueur(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.en_vigueur_le(value)


class DoctrineSerializer(Serialiseur):
    """Les territoires visés, la part des habitants à couvrir (de 0 à 1), la date."""

    class Meta:
        model = Doctrine
        fields = tuple(PLAN.colonnes)


class BlancSerializer(serializers.Serializer):
    """Une intercommunalité visée, et ce qui n’y a pas de contrat signé."""

    epci = serializers.CharField(source="siren", allow_blank=True)
    nom = serializers.CharField()
    communes = serializers.IntegerField()
    population = serializers.IntegerField()
    en_projet = serializers.IntegerField(help_text="Habitants d’un contrat en préparation.")


class EcheanceSerializer(serializers.Serializer):
    """Ce qui reste couvert à partir de ce jour, si rien n’est renouvelé."""

    le = serializers.DateField()
    population_couverte = serializers.IntegerField()
    taux = serializers.FloatField(min_value=0, max_value=1)
    finissent = serializers.ListField(child=serializers.CharField())


class ProgressionSerializer(serializers.Serializer):
    """L’avancement aujourd’hui. Populations en habitants, taux de 0 à 1."""

    le = serializers.DateField()
    communes = serializers.IntegerField()
    communes_couvertes = serializers.IntegerField()
    population = serializers.IntegerField()
    population_couverte = serializers.IntegerField()
    population_avec_projets = serializers.IntegerField()
    taux = serializers.FloatField(min_value=0, max_value=1)
    taux_avec_projets = serializers.FloatField(min_value=0, max_value=1)
    manquants = serializers.IntegerField(help_text="Habitants qui manquent pour la cible.")
    blancs = BlancSerializer(many=True)
    echeances = EcheanceSerializer(many=True)


class DoctrineDetailSerializer(DoctrineSerializer):
    """La doctrine et son avancement aujourd’hui."""

    progression = serializers.SerializerMethodField()

    class Meta(DoctrineSerializer.Meta):
        fields = (*DoctrineSerializer.Meta.fields, "progression")

    @extend_schema_field(ProgressionSerializer)
    def get_progression(self, doctrine: Doctrine) -> Any:
        return ProgressionSerializer(progression_gardee(doctrine, timezone.localdate())).data


class DoctrineViewSet(Ressource):
    """Les doctrines des agences, pour qui a un compte ; sans compte, aucune."""

    serializer_class = DoctrineSerializer
    serializer_detail = DoctrineDetailSerializer
    filterset_class = DoctrineFilterSet
    plan = PLAN

    def get_queryset(self) -> Any:
        return Doctrine.objects.visibles_par(self.request.user).rangees()
