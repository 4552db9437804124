"""L’argent dans l’API : les dépenses et les financements, pour qui a le droit de les voir."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.droits import Droit
from acteurs.models import Portee
from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from contrats import filtres_argent
from contrats.models import Action, Financement, LigneBudget
from contrats.permissions import exiger_sur_action
from contrats.services import financement as services

DE_LIGNE: tuple[str, ...] = (
    "annee",
    "nature",
    "libelle",
    "unite",
    "prevu",
    "realise",
    "est_valorisation",
)
DE_FINANCEMENT: tuple[str, ...] = (
    "annee", "type_financeur", "mission_fir", "acteur", "statut",
    "montant_demande", "montant_accorde", "montant_verse",
)  # fmt: skip


def _plan(champs: tuple[str, ...]) -> PlanDeLecture:
    return PlanDeLecture(
        colonnes={
            "id": "id",
            "contrat": "action__contrat",
            **colonnes_simples("action", *champs, "version", "modifie_le"),
        }
    )


LIGNES, FINANCEMENTS = _plan(DE_LIGNE), _plan(DE_FINANCEMENT)


class LigneBudgetSerializer(Serialiseur):
    """Une dépense d’une action, une année. Les montants sont en euros ou en ETP, selon `unite`."""

    contrat = serializers.UUIDField(source="action.contrat_id", read_only=True)

    class Meta:
        model = LigneBudget
        fields = tuple(LIGNES.colonnes)


class FinancementSerializer(Serialiseur):
    """Ce qu’un financeur apporte à une action, une année, en euros."""

    contrat = serializers.UUIDField(source="action.contrat_id", read_only=True)

    class Meta:
        model = Financement
        fields = tuple(FINANCEMENTS.colonnes)


class LigneBudgetSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    class Meta:
        model = LigneBudget
        fields: tuple[str, ...] = DE_LIGNE


class FinancementSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    class Meta:
        model = Financement
        fields: tuple[str, ...] = DE_FINANCEMENT


class _Ajout(serializers.Serializer):
    """L’action, parmi celles que l’appelant suit."""

    action = CleRelie(queryset=Action.objects.none())

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            champs["action"].queryset = Action.objects.suivis_par(requete.user)
        return champs


class LigneBudgetAjoutSerializer(_Ajout, LigneBudgetSaisieSerializer):
    class Meta(LigneBudgetSaisieSerializer.Meta):
        fields = ("action", *DE_LIGNE)


class FinancementAjoutSerializer(_Ajout, FinancementSaisieSerializer):
    class Meta(FinancementSaisieSerializer.Meta):
        fields = ("action", *DE_FINANCEMENT)


class _Argent(Ressource):
    """Lire demande le droit de voir le budget ; écrire, celui de modifier l’action."""

    portee_ecriture = Portee.ECRITURE_ACTIONS
    modele: Any
    ajout: Any
    saisie: Any

    def get_queryset(self) -> Any:
        return self.modele.objects.visibles_par(self.request.user).ranges_par_action()

    def create(self, request: Request) -> Response:
        valeurs = self.valider(self.ajout)
        objet = services.ajouter_argent(
            modele=self.modele,
            action=valeurs.pop("action"),
            valeurs=valeurs,
            par=request.user,
            via=moyen(request),
        )
        reponse = self.repondre(self.lire_un(objet.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[objet.pk])
        return reponse

    def partial_update(self, request: Request, pk: str) -> Response:
        objet = self._modifiable(pk)
        services.modifier_argent(
            objet=objet,
            version=version_attendue(request, objet),
            valeurs=self.valider(self.saisie, partial=True),
            par=request.user,
            via=moyen(request),
        )
        return self.repondre(self.lire_un(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        objet = self._modifiable(pk)
        version = version_attendue(request, objet)
        services.retirer_argent(objet=objet, version=version, par=request.user)
        return Response(status=204)

    def _modifiable(self, pk: str) -> Any:
        objet = self.lire_un(pk)
        exiger_sur_action(self.request.user, Droit.MODIFIER_PLAN, objet.action)
        return objet


@extend_schema_view(
    create=extend_schema(
        request=LigneBudgetAjoutSerializer,
        responses={201: LigneBudgetSerializer},
        description="Ajoute une dépense à une action.",
    ),
    partial_update=extend_schema(
        request=LigneBudgetSaisieSerializer,
        responses={200: LigneBudgetSerializer},
        description="Modifie les champs donnés, si la dépense est encore à la version lue.",
    ),
    destroy=extend_schema(
        description="Retire une dépense, si elle est encore à la version lue ; "
        "l’historique la garde."
    ),
)
class LigneBudgetViewSet(_Argent):
    """Les dépenses des actions dont l’appelant peut voir le budget."""

    modele = LigneBudget
    ajout, saisie = LigneBudgetAjoutSerializer, LigneBudgetSaisieSerializer
    serializer_class = LigneBudgetSerializer
    filterset_class = filtres_argent.LigneBudgetFilterSet
    plan = LIGNES


@extend_schema_view(
    create=extend_schema(
        request=FinancementAjoutSerializer,
        responses={201: FinancementSerializer},
        description="Ajoute un financement à une action.",
    ),
    partial_update=extend_schema(
        request=FinancementSaisieSerializer,
        responses={200: FinancementSerializer},
        description="Modifie les champs donnés, si le financement est encore à la version lue.",
    ),
    destroy=extend_schema(
        description="Retire un financement, s’il est encore à la version lue ; "
        "l’historique le garde."
    ),
)
class FinancementViewSet(_Argent):
    """Les financements des actions dont l’appelant peut voir le budget."""

    modele = Financement
    ajout, saisie = FinancementAjoutSerializer, FinancementSaisieSerializer
    serializer_class = FinancementSerializer
    filterset_class = filtres_argent.FinancementFilterSet
    plan = FINANCEMENTS
