"""Les contributions dans l’API : en lecture, pour qui modifie tout le plan du contrat."""

from collections import defaultdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture
from cls_platform.socle.api.ressources import Ressource
from contrats.filtres_contribution import ContributionFilterSet
from contrats.models import Contribution, ElementPropose

ELEMENT = (
    "genre", "champ", "objet", "libelle", "lu", "propose", "decision", "ecrit", "raison",
    "decide_le",
)  # fmt: skip


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    elements: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    lus = ElementPropose.objects.filter(contribution__in=lignes).order_by("ordre", "pk")
    for ligne in lus.values("contribution_id", *ELEMENT):
        elements[ligne.pop("contribution_id")].append(ligne)
    for pk, ligne in lignes.items():
        ligne["elements"] = elements[pk]


CONTRIBUTIONS = PlanDeLecture(
    completer=_completer,
    colonnes={
        "id": "id",
        "contrat": "lien__contrat",
        "action": "action",
        "acteur": "lien__acteur",
        "annee": "lien__annee",
        "etat": "etat",
        "nom": "nom",
        "fonction": "fonction",
        "envoyee_le": "envoyee_le",
    },
)


class ElementSerializer(Serialiseur):
    """Un champ : ce que le partenaire a lu, ce qu’il propose, ce qui a été décidé et écrit."""

    class Meta:
        model = ElementPropose
        fields = ELEMENT


class ContributionSerializer(Serialiseur):
    """Ce qu’un partenaire a envoyé d’une fiche ; son brouillon n’est lu que de lui."""

    contrat = serializers.UUIDField(source="lien.contrat_id", read_only=True)
    acteur = serializers.UUIDField(source="lien.acteur_id", read_only=True)
    annee = serializers.IntegerField(source="lien.annee", read_only=True)
    elements = serializers.SerializerMethodField()

    class Meta:
        model = Contribution
        fields = (*CONTRIBUTIONS.colonnes, "elements")

    @extend_schema_field(ElementSerializer(many=True))
    def get_elements(self, contribution: Contribution) -> Any:
        return ElementSerializer(contribution.elements.order_by("ordre", "pk"), many=True).data


class ContributionViewSet(Ressource):
    """Les contributions reçues dans les contrats dont l’appelant modifie tout le plan."""

    serializer_class = ContributionSerializer
    filterset_class = ContributionFilterSet
    plan = CONTRIBUTIONS

    def get_queryset(self) -> Any:
        lues = Contribution.objects.modifiables_par(self.request.user).envoyees()
        return lues.select_related("lien").rangees_par_contrat()
