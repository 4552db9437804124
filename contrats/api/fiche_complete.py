"""Les champs d’une fiche action que seul le détail de l’API montre, à qui suit le contrat."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from contrats.api.lecture import masquer
from contrats.models import Action, ValeurLibre
from contrats.services.liens_action import LISTES
from contrats.services.plan import CHAMPS_DE_LA_FICHE_COMPLETE

# Thèmes et publics se lisent aussi dans les listes
LISTES_DU_DETAIL = tuple(sorted(LISTES - {"themes", "populations"}))
HORS_EQUIPE = "Nul hors de l’équipe du contrat."
PRECEDENTE_CACHEE = f"{HORS_EQUIPE} Nul aussi quand vous ne pouvez pas voir cette action."


class ValeurLibreSerializer(Serialiseur):
    """Un champ propre au contrat et sa valeur sur la fiche."""

    libelle = serializers.CharField(source="champ.libelle", read_only=True)
    genre = serializers.CharField(source="champ.genre", read_only=True)

    class Meta:
        model = ValeurLibre
        fields = ("champ", "libelle", "genre", "valeur")


class ListesNulles(OpenApiSerializerExtension):
    """Une liste reliée est nulle, et non faite de nuls, pour qui ne suit pas le contrat."""

    target_class = "contrats.api.fiche_complete.FicheCompleteSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema = auto_schema._map_serializer(  # noqa: SLF001  (seul passage vers la suite)
            self.target, direction, bypass_extensions=True
        )
        for nom in LISTES_DU_DETAIL:
            schema["properties"][nom]["type"] = ["array", "null"]
        return schema


class FicheCompleteSerializer(serializers.Serializer):
    """Mêlé au détail d’une action."""

    champs_libres = serializers.SerializerMethodField(
        help_text="Les champs que le contrat ajoute à ses fiches, remplis sur celle-ci."
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            masquer(ligne, *CHAMPS_DE_LA_FICHE_COMPLETE, *LISTES_DU_DETAIL, "champs_libres")
        elif ligne["action_precedente"] and not self._voit(ligne["action_precedente"]):
            masquer(ligne, "action_precedente")
        return ligne

    def _voit(self, pk: Any) -> bool:
        """Ni à la corbeille, ni réservée à d’autres, ni d’un contrat que l’appelant ne voit pas."""
        visibles = Action.objects.visibles_par(self.context["request"].user)
        return visibles.filter(pk=pk).exists()

    @extend_schema_field(ValeurLibreSerializer(many=True, allow_null=True))
    def get_champs_libres(self, action: Action) -> Any:
        return ValeurLibreSerializer(action.valeurs_libres.actives(), many=True).data


def options_de_lecture() -> dict[str, dict[str, Any]]:
    """Tout ce que le détail ajoute est nul pour qui ne suit pas le contrat."""
    commun = {"allow_null": True, "help_text": HORS_EQUIPE}
    colonnes = {nom: dict(commun) for nom in CHAMPS_DE_LA_FICHE_COMPLETE}
    colonnes["action_precedente"]["help_text"] = PRECEDENTE_CACHEE
    listes = {"read_only": True, "help_text": HORS_EQUIPE}
    return colonnes | {nom: dict(listes) for nom in LISTES_DU_DETAIL}
