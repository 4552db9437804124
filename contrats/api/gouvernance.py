"""La gouvernance dans l’API, en lecture : les instances, les réunions, les décisions.

Sans suivre le contrat, on ne lit que ses réunions publiques, sans ce qui est interne.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from contrats.api.lecture import masquer
from contrats.filtres_gouvernance import DecisionFilterSet, InstanceFilterSet, ReunionFilterSet
from contrats.models import DecisionReunion, EtatPresence, Instance, Presence, Reunion

INTERNES = ("compte_rendu", "participants", "presentes", "excusees")


def _membres(lignes: Lignes, lecteur: Lecteur) -> None:
    membres: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, acteur in Instance.objects.membres_de(lignes):
        membres[pk].append(acteur)
    for pk, ligne in lignes.items():
        ligne["membres"] = membres[pk]


INSTANCES = PlanDeLecture(
    completer=_membres,
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "type",
        "nom",
        "role",
        "frequence_mois",
        "ordre",
        "est_active",
        "version",
        "modifie_le",
    ),
)


class InstanceSerializer(Serialiseur):
    """Qui décide, et à quel rythme. `frequence_mois` vide : le rythme habituel de son type."""

    membres = serializers.SerializerMethodField(help_text="Les organisations membres.")

    class Meta:
        model = Instance
        fields = (*INSTANCES.colonnes, "membres")

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_membres(self, instance: Instance) -> list[UUID]:
        return [pk for _, pk in Instance.objects.membres_de([instance.pk])]


class InstanceViewSet(Ressource):
    """Les instances des contrats que l’appelant suit."""

    serializer_class = InstanceSerializer
    filterset_class = InstanceFilterSet
    plan = INSTANCES

    def get_queryset(self) -> Any:
        suivies = Instance.objects.suivis_par(self.request.user)
        return suivies.order_by("contrat", "ordre", "nom", "pk")


def _annoter(requete: Any, lecteur: Lecteur) -> Any:
    return requete.pour_api(lecteur.utilisateur)


def _presences(lignes: Lignes, lecteur: Lecteur) -> None:
    notees: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for pk, acteur, etat in presences_de(lignes):
        notees[pk, etat].append(acteur)
    for pk, ligne in lignes.items():
        ligne["presentes"] = notees[pk, EtatPresence.PRESENT]
        ligne["excusees"] = notees[pk, EtatPresence.EXCUSE]
        if not ligne.pop("est_suivi"):
            masquer(ligne, *INTERNES)


def presences_de(reunions: Any) -> Any:
    """(réunion, organisation, présence), les organisations par nom."""
    notees = Presence.objects.filter(reunion__in=list(reunions))
    ranges = notees.order_by("acteur__cle_tri", "acteur")
    return ranges.values_list("reunion", "acteur", "etat")


REUNIONS = PlanDeLecture(
    annoter=_annoter,
    completer=_presences,
    internes=("compte_rendu", "participants"),
    colonnes={
        **colonnes_simples(
            "id",
            "instance",
            "date",
            "heure",
            "lieu",
            "etat",
            "ordre_du_jour",
            "compte_rendu",
            "participants",
            "est_publique",
            "version",
            "modifie_le",
            "est_suivi",
        ),
        "contrat": "instance__contrat",
        "instance_nom": "instance__nom",
    },
)


class ReunionSerializer(Serialiseur):
    """Une réunion. Le compte rendu et les présences ne se lisent que sur un contrat suivi."""

    contrat = serializers.UUIDField(source="instance.contrat_id", read_only=True)
    instance_nom = serializers.CharField(source="instance.nom", read_only=True)
    presentes = serializers.SerializerMethodField(help_text="Organisations présentes.")
    excusees = serializers.SerializerMethodField(help_text="Organisations excusées.")

    class Meta:
        model = Reunion
        fields = (
            *(nom for nom in REUNIONS.colonnes if nom != "est_suivi"),
            "presentes",
            "excusees",
        )

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField(), allow_null=True))
    def get_presentes(self, reunion: Reunion) -> list[UUID]:
        return self._notees(reunion, EtatPresence.PRESENT)

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField(), allow_null=True))
    def get_excusees(self, reunion: Reunion) -> list[UUID]:
        return self._notees(reunion, EtatPresence.EXCUSE)

    def _notees(self, reunion: Reunion, etat: str) -> list[UUID]:
        return [acteur for _, acteur, lu in presences_de([reunion.pk]) if lu == etat]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            masquer(ligne, *INTERNES)
        return ligne


class ReunionViewSet(Ressource):
    """Les réunions publiques des contrats publics, et toutes celles des contrats suivis."""

    serializer_class = ReunionSerializer
    filterset_class = ReunionFilterSet
    plan = REUNIONS

    def get_queryset(self) -> Any:
        visibles = Reunion.objects.visibles_par(self.request.user).select_related("instance")
        return visibles.rangees_par_contrat()


DECISIONS = PlanDeLecture(
    colonnes={
        **colonnes_simples(
            "id", "reunion", "texte", "acteur", "echeance", "statut", "ordre", "version",
            "modifie_le",
        ),
        "contrat": "reunion__instance__contrat",
        "instance": "reunion__instance",
        "date_reunion": "reunion__date",
        "acteur_nom": "acteur__nom",
    },
)  # fmt: skip


class DecisionSerializer(Serialiseur):
    """Une ligne du relevé : quoi, quelle organisation, pour quand, où elle en est."""

    contrat = serializers.UUIDField(source="reunion.instance.contrat_id", read_only=True)
    instance = serializers.UUIDField(source="reunion.instance_id", read_only=True)
    date_reunion = serializers.DateField(source="reunion.date", read_only=True)
    acteur_nom = serializers.CharField(
        source="acteur.nom", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = DecisionReunion
        fields = tuple(DECISIONS.colonnes)


class DecisionViewSet(Ressource):
    """Les décisions des réunions, pour qui suit le contrat."""

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilterSet
    plan = DECISIONS

    def get_queryset(self) -> Any:
        suivies = DecisionReunion.objects.suivis_par(self.request.user)
        return suivies.avec_reunion().rangees_par_contrat()
