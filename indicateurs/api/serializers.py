from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from indicateurs.api.lecture import (
    INDICATEURS,
    MASQUE,
    MESURES,
    PART,
    mesures_tues,
    parts_des_mesures,
)
from indicateurs.models import (
    NIVEAUX_DE_MESURE,
    CibleIntermediaire,
    Dimension,
    Indicateur,
    Mesure,
    Qualite,
)


class CibleSerializer(Serialiseur):
    """La valeur attendue une année avant l’échéance."""

    class Meta:
        model = CibleIntermediaire
        fields = ("annee", "valeur")


class IndicateurSerializer(Serialiseur):
    """Ce que l’on mesure dans un contrat. `unite` accompagne toujours une valeur."""

    actions = serializers.SerializerMethodField(help_text="Les actions liées que vous pouvez voir.")
    cibles_intermediaires = serializers.SerializerMethodField()

    class Meta:
        model = Indicateur
        fields = (
            *(nom for nom in INDICATEURS.colonnes if nom != "est_suivi"),
            "actions",
            "cibles_intermediaires",
        )
        extra_kwargs = {
            "responsable": {"allow_null": True, "help_text": "Nul hors de l’équipe du contrat."}
        }

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            ligne["responsable"] = None
        return ligne

    def get_actions(self, indicateur: Indicateur) -> list[UUID]:
        utilisateur = self.context["request"].user
        liens = Indicateur.objects.actions_visibles_de([indicateur.pk], utilisateur)
        return [action for _, action in liens]

    @extend_schema_field(CibleSerializer(many=True))
    def get_cibles_intermediaires(self, indicateur: Indicateur) -> list[dict[str, Any]]:
        cibles = Indicateur.objects.cibles_de([indicateur.pk])
        return [{"annee": annee, "valeur": str(valeur)} for _, annee, valeur in cibles]


class PartSerializer(serializers.Serializer):
    """La part d’une valeur qui revient à une modalité : femmes, 75 ans et plus…"""

    modalite = serializers.CharField()
    dimension = serializers.ChoiceField(Dimension.choices)
    valeur = serializers.DecimalField(14, 4, allow_null=True)
    numerateur = serializers.DecimalField(14, 4, allow_null=True)
    denominateur = serializers.DecimalField(14, 4, allow_null=True)
    qualite = serializers.ChoiceField(Qualite.choices)


class MesureSerializer(Serialiseur):
    """Une valeur datée, dans l’unité de son indicateur ; nulle si elle est secrète ou indisponible.

    Les nombres sont des chaînes décimales : aucune valeur ne passe par un flottant.
    """

    annee = serializers.IntegerField(read_only=True, help_text="L’année où finit la période.")
    repartition = serializers.SerializerMethodField(
        help_text="Ses parts par sexe, âge ou quartier ; nulle hors de l’équipe du contrat."
    )

    class Meta:
        model = Mesure
        fields = (*(nom for nom in MESURES.colonnes if nom != "est_suivi"), "repartition")
        extra_kwargs = {
            "commentaire": {"allow_null": True, "help_text": "Nul hors de l’équipe du contrat."}
        }

    @extend_schema_field(PartSerializer(many=True, allow_null=True))
    def get_repartition(self, mesure: Any) -> list[dict[str, Any]] | None:
        if not mesure.est_suivi:
            return None
        parts = parts_des_mesures([mesure.pk])
        return [dict(zip(PART, part, strict=True)) for _, *part in parts]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            ligne["commentaire"] = None
            if instance.pk in mesures_tues([instance.indicateur_id]):
                ligne.update(MASQUE)
        return ligne


class ValeurSaisieSerializer(SerialiseurStrict):
    """Une valeur. D’un rapport, donnez le numérateur et le dénominateur : elle s’en déduit."""

    NOMBRE: ClassVar[dict[str, Any]] = {
        "max_digits": 14,
        "decimal_places": 4,
        "required": False,
        "allow_null": True,
    }

    valeur = serializers.DecimalField(**NOMBRE)
    numerateur = serializers.DecimalField(**NOMBRE)
    denominateur = serializers.DecimalField(**NOMBRE)
    qualite = serializers.ChoiceField(Qualite.choices, required=False)
    source = serializers.CharField(  # type: ignore[assignment]  # un champ, pas l’attribut
        required=False, allow_blank=True, max_length=200
    )
    commentaire = serializers.CharField(required=False, allow_blank=True)


class MesureSaisieSerializer(ValeurSaisieSerializer):
    """Une valeur neuve ; un indicateur en a une par période."""

    indicateur = CleRelie(queryset=Indicateur.objects.all())
    periode_debut = serializers.DateField()
    periode_fin = serializers.DateField()
    niveau_territoire = serializers.ChoiceField(
        NIVEAUX_DE_MESURE, required=False, allow_blank=True, default=""
    )
    code_territoire = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=9,
        default="",
        help_text="Code officiel d’une partie du territoire ; vide pour tout le contrat.",
    )

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        champs["indicateur"].queryset = Indicateur.objects.visibles_par(
            self.context["request"].user
        ).select_related("contrat")
        return champs
