"""Les histoires derrière les courbes, en lecture, pour qui suit le contrat."""

from typing import Any, ClassVar

import django_filters

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.filtrage import JeuDeFiltres
from indicateurs.models import Recit

RECITS = PlanDeLecture(
    colonnes=colonnes_simples(
        "id", "indicateur", "annee", "texte", "repere", "date_repere", "version", "modifie_le"
    )
)


class RecitFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="indicateur__contrat", label="Contrat")
    indicateur = django_filters.UUIDFilter(label="Indicateur")
    annee = django_filters.NumberFilter(label="Année", min_value=1900, max_value=2200)

    class Meta:
        model = Recit
        fields: list[str] = []


class RecitSerializer(Serialiseur):
    """Ce qui explique la valeur d’une année ; `repere` se pose sur la courbe à `date_repere`."""

    class Meta:
        model = Recit
        fields = tuple(RECITS.colonnes)


class RecitViewSet(Ressource):
    """Les récits des indicateurs des contrats que l’appelant suit."""

    serializer_class = RecitSerializer
    filterset_class = RecitFilterSet
    plan: ClassVar[PlanDeLecture] = RECITS

    def get_queryset(self) -> Any:
        return Recit.objects.suivis_par(self.request.user).ranges()
