"""Les avenants dans l’API : les lire, les préparer, les signer, les retirer."""

from collections import defaultdict
from datetime import date
from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action as geste
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.droits import Droit
from acteurs.models import Commune, Portee
from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres
from contrats.models import Avenant, Contrat, EtatAvenant, TypeAvenant
from contrats.permissions import exiger
from contrats.services import avenants as services

LISTES = services.LISTES
SAISIS = ("objet", "types", "date_effet", "date_fin_apres", "communes_entrantes",
          "communes_sortantes")  # fmt: skip


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    elements: dict[Any, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pk, liste, code in Avenant.objects.liens_de(lignes):
        elements[pk][liste].append(code)
    for pk, ligne in lignes.items():
        ligne |= {liste: sorted(elements[pk][liste]) for liste in LISTES}
        ligne["en_vigueur_le"] = _en_vigueur_le(ligne)


def _en_vigueur_le(ligne: dict[str, Any]) -> date | None:
    dates = {nom: ligne[nom] for nom in ("etat", "date_signature", "date_effet")}
    return Avenant(**dates).en_vigueur_le


AVENANTS = PlanDeLecture(
    completer=_completer,
    colonnes=colonnes_simples(
        "id",
        "contrat",
        "numero",
        "objet",
        "etat",
        "date_signature",
        "date_effet",
        "date_fin_avant",
        "date_fin_apres",
        "version",
        "modifie_le",
    ),
)


class AvenantFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")
    etat = ChoixMultiples(choices=EtatAvenant.choices, label="État")

    class Meta:
        model = Avenant
        fields: list[str] = []


class AvenantSerializer(Serialiseur):
    """Un acte qui change un contrat signé. `en_vigueur_le` : la plus tardive de ses deux dates."""

    en_vigueur_le = serializers.DateField(read_only=True, allow_null=True)
    types = serializers.SerializerMethodField(help_text="Ce qu’il change.")
    communes_entrantes = serializers.SerializerMethodField(help_text="Codes Insee.")
    communes_sortantes = serializers.SerializerMethodField(help_text="Codes Insee.")

    class Meta:
        model = Avenant
        fields = (*AVENANTS.colonnes, *LISTES, "en_vigueur_le")

    def get_types(self, avenant: Avenant) -> list[str]:
        return sorted(avenant.types.values_list("pk", flat=True))

    def get_communes_entrantes(self, avenant: Avenant) -> list[str]:
        return sorted(avenant.communes_entrantes.values_list("pk", flat=True))

    def get_communes_sortantes(self, avenant: Avenant) -> list[str]:
        return sorted(avenant.communes_sortantes.values_list("pk", flat=True))


def _communes() -> CleRelie:
    return CleRelie(
        many=True,
        queryset=Commune.objects.all(),
        required=False,
        help_text="Codes Insee ; la liste remplace l’ancienne.",
    )


class AvenantSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    """Ce qui se change tant que l’avenant n’est pas signé."""

    types = CleRelie(many=True, queryset=TypeAvenant.objects.all(), required=True)
    communes_entrantes = _communes()
    communes_sortantes = _communes()

    class Meta:
        model = Avenant
        fields: tuple[str, ...] = SAISIS


class AvenantAjoutSerializer(AvenantSaisieSerializer):
    contrat = CleRelie(queryset=Contrat.objects.none())

    class Meta(AvenantSaisieSerializer.Meta):
        fields = ("contrat", *SAISIS)

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            champs["contrat"].queryset = Contrat.objects.suivis_par(requete.user)
        return champs


class SignatureSerializer(SerialiseurStrict):
    """`date_effet` : celle qui était prévue, sinon le jour de la signature."""

    date_signature = serializers.DateField()
    date_effet = serializers.DateField(required=False, allow_null=True)
    version = serializers.IntegerField(
        required=False, min_value=1, help_text="La version lue ; refusé si elle a changé."
    )


class AvenantViewSet(Ressource):
    """Les avenants signés des contrats publics, et tous ceux des contrats suivis."""

    serializer_class = AvenantSerializer
    filterset_class = AvenantFilterSet
    plan = AVENANTS
    portee_ecriture = Portee.ECRITURE_CONTRATS

    def get_queryset(self) -> Any:
        return Avenant.objects.visibles_par(self.request.user).ranges_par_contrat()

    @extend_schema(request=AvenantAjoutSerializer, responses={201: AvenantSerializer})
    def create(self, request: Request) -> Response:
        """Prépare un avenant : rien ne change tant qu’il n’est pas signé."""
        valeurs = self.valider(AvenantAjoutSerializer)
        contrat = valeurs.pop("contrat")
        avenant = services.preparer_avenant(
            contrat=contrat, valeurs=valeurs, par=request.user, via=moyen(request)
        )
        reponse = self.repondre(self.lire_un(avenant.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[avenant.pk])
        return reponse

    @extend_schema(request=AvenantSaisieSerializer, responses={200: AvenantSerializer})
    def partial_update(self, request: Request, pk: str) -> Response:
        """Modifie un avenant en préparation, s’il est encore à la version lue."""
        avenant = self._modifiable(pk)
        services.modifier_avenant(
            avenant=avenant,
            version=version_attendue(request, avenant),
            valeurs=self.valider(AvenantSaisieSerializer, partial=True),
            par=request.user,
            via=moyen(request),
        )
        return self.repondre(self.lire_un(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Retire un avenant en préparation, ou le dernier signé, dont les effets sont défaits."""
        avenant = self._modifiable(pk)
        version = version_attendue(request, avenant)
        services.retirer_avenant(
            avenant=avenant, version=version, par=request.user, via=moyen(request)
        )
        return Response(status=204)

    @extend_schema(
        summary="Signer", request=SignatureSerializer, responses={200: AvenantSerializer}
    )
    @geste(detail=True, methods=["post"], url_path="signer", url_name="signer")
    def signer(self, request: Request, pk: str) -> Response:
        """Signe l’avenant : la fin du contrat avance, les communes entrent et sortent à sa date."""
        avenant = self._modifiable(pk)
        services.signer_avenant(
            avenant=avenant,
            **self.valider(SignatureSerializer),
            par=request.user,
            via=moyen(request),
        )
        return self.repondre(self.lire_un(pk))

    def _modifiable(self, pk: str) -> Avenant:
        avenant: Avenant = self.lire_un(pk)
        exiger(self.request.user, Droit.MODIFIER_CONTRAT, avenant.contrat)
        return avenant
