"""La chaîne d’un contrat en lecture, pour qui le suit : les besoins, les effets attendus."""

from collections import defaultdict
from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from indicateurs.filtres_evaluation import BesoinFilterSet, EffetFilterSet
from indicateurs.models import Besoin, Effet


def _completer_besoins(lignes: Lignes, lecteur: Lecteur) -> None:
    objectifs: dict[Any, list[Any]] = defaultdict(list)
    for besoin, objectif in Besoin.objects.reponses_de(lignes):
        objectifs[besoin].append(objectif)
    for pk, ligne in lignes.items():
        ligne["objectifs"] = objectifs[pk]


BESOINS = PlanDeLecture(
    completer=_completer_besoins,
    colonnes=colonnes_simples(
        "id", "contrat", "libelle", "constat", "source", "ordre", "version", "modifie_le"
    ),
)
EFFETS = PlanDeLecture(
    colonnes=colonnes_simples(
        "id", "action", "indicateur", "type", "confiance", "explication", "version", "modifie_le"
    )
)


class BesoinSerializer(Serialiseur):
    """Un constat du diagnostic, et les objectifs du plan qui y répondent."""

    objectifs = serializers.SerializerMethodField()

    class Meta:
        model = Besoin
        fields = (*BESOINS.colonnes, "objectifs")

    def get_objectifs(self, besoin: Besoin) -> list[UUID]:
        return [objectif for _, objectif in Besoin.objects.reponses_de([besoin.pk])]


class EffetSerializer(Serialiseur):
    """Ce que l’action doit changer, lu sur l’indicateur. `confiance` : ce que l’on en sait."""

    class Meta:
        model = Effet
        fields = tuple(EFFETS.colonnes)


class BesoinViewSet(Ressource):
    """Les besoins des contrats que l’appelant suit."""

    serializer_class = BesoinSerializer
    filterset_class = BesoinFilterSet
    plan: ClassVar[PlanDeLecture] = BESOINS

    def get_queryset(self) -> Any:
        return Besoin.objects.suivis_par(self.request.user).ranges_par_contrat()


class EffetViewSet(Ressource):
    """Les effets attendus des actions que l’appelant peut lire."""

    serializer_class = EffetSerializer
    filterset_class = EffetFilterSet
    plan: ClassVar[PlanDeLecture] = EFFETS

    def get_queryset(self) -> Any:
        return Effet.objects.suivis_par(self.request.user).encore_relies().ranges_par_action()
