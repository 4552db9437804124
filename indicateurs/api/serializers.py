from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers

from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from indicateurs.api.lecture import INDICATEURS, MESURES
from indicateurs.models import Indicateur, Mesure, Qualite


class IndicateurSerializer(Serialiseur):
    """Ce que l’on mesure dans un contrat. `unite` accompagne toujours une valeur."""

    actions = serializers.SerializerMethodField(help_text="Les actions liées que vous pouvez voir.")

    class Meta:
        model = Indicateur
        fields = (*INDICATEURS.colonnes, "actions")

    def get_actions(self, indicateur: Indicateur) -> list[UUID]:
        utilisateur = self.context["request"].user
        liens = Indicateur.objects.actions_visibles_de([indicateur.pk], utilisateur)
        return [action for _, action in liens]


class MesureSerializer(Serialiseur):
    """Une valeur datée, dans l’unité de son indicateur ; nulle si elle est secrète ou indisponible.

    Les nombres sont des chaînes décimales : aucune valeur ne passe par un flottant.
    """

    annee = serializers.IntegerField(read_only=True, help_text="L’année où finit la période.")

    class Meta:
        model = Mesure
        fields = tuple(nom for nom in MESURES.colonnes if nom != "est_suivi")
        extra_kwargs = {
            "commentaire": {"allow_null": True, "help_text": "Nul hors de l’équipe du contrat."}
        }

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            ligne["commentaire"] = None
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

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        champs["indicateur"].queryset = Indicateur.objects.visibles_par(
            self.context["request"].user
        ).select_related("contrat")
        return champs
