"""Qui en est où dans une campagne : le tableau de la page, en lecture."""

from typing import Any
from uuid import UUID

import django_filters
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from bilans.campagne.filtres import Condition, TableauFilterSet
from bilans.campagne.lecture import tableau_de
from bilans.campagne.ligne import Etape, LigneCampagne
from bilans.models import Campagne
from cls_platform.socle.api.champs import MomentUtc
from cls_platform.socle.api.filtres import refuser_inconnus
from cls_platform.socle.api.schema import SchemaRessource
from contrats.pilotage.ensemble import exiger_le_pilotage


class AvisDuBilanSerializer(serializers.Serializer):
    demandes = serializers.IntegerField(min_value=0)
    attendus = serializers.IntegerField(min_value=0, help_text="Pas encore rendus.")
    en_retard = serializers.IntegerField(min_value=0, help_text="Attendus avant aujourd’hui.")


class AvancementSerializer(serializers.Serializer):
    """Un contrat de la campagne : l’étape de son bilan, sa date, ce qui manque."""

    contrat = serializers.UUIDField()
    nom = serializers.CharField()
    departement = serializers.CharField(
        allow_blank=True, help_text="Celui où vivent le plus de ses habitants."
    )
    etape = serializers.ChoiceField(choices=Etape.choices)
    bilan = serializers.UUIDField(allow_null=True)
    edition = serializers.IntegerField(allow_null=True)
    correction = serializers.UUIDField(
        allow_null=True, help_text="L’édition qui s’écrit pendant qu’une autre est en ligne."
    )
    remise_le = serializers.DateField()
    a_ses_dates = serializers.BooleanField(help_text="Le contrat mène sa propre campagne.")
    jours = serializers.IntegerField(
        allow_null=True, help_text="Jours avant la remise ; négatif, en retard ; null, remis."
    )
    est_en_retard = serializers.BooleanField()
    publie_le = serializers.DateField(allow_null=True)
    avis = AvisDuBilanSerializer()
    derniere_activite_le = MomentUtc(allow_null=True)
    coordination = serializers.ListField(child=serializers.CharField())


def en_json(ligne: LigneCampagne) -> dict[str, Any]:
    bilan, correction = ligne.bilan, ligne.correction
    return AvancementSerializer(
        {
            "contrat": ligne.contrat,
            "nom": ligne.nom,
            "departement": ligne.departement,
            "etape": ligne.etape,
            "bilan": bilan.id if bilan else None,
            "edition": bilan.edition if bilan else None,
            "correction": correction.id if correction else None,
            "remise_le": ligne.remise_le,
            "a_ses_dates": ligne.a_ses_dates,
            "jours": None if ligne.est_remis else ligne.jours,
            "est_en_retard": ligne.est_en_retard,
            "publie_le": bilan.publie_le if bilan else None,
            "avis": ligne.avis,
            "derniere_activite_le": ligne.activite_le,
            "coordination": ligne.coordination,
        }
    ).data


class AvancementFilterSet(TableauFilterSet):
    """Les filtres de la page, et la campagne, que la page a dans son adresse."""

    campagne = django_filters.UUIDFilter(label="Campagne d’une région", required=True)

    def condition(self, nom: str, valeur: Any) -> Condition:
        return super().condition(nom, valeur) if nom != "campagne" else lambda _: True


class AvancementViewSet(GenericViewSet):
    """Qui en est où dans la campagne d’une région que l’appelant pilote.

    Comme sur la page : sans `tri`, ce qui presse d’abord.
    """

    queryset = Campagne.objects.none()
    serializer_class = AvancementSerializer
    filterset_class = AvancementFilterSet
    schema = SchemaRessource()

    @extend_schema(operation_id="avancement_bilans_list", summary="Lister où en sont les bilans")
    def list(self, request: Request) -> Response:
        """Les contrats que gardent les filtres."""
        if not request.user.is_authenticated:
            raise NotAuthenticated("Cette liste demande un compte d’agence régionale de santé.")
        refuser_inconnus(request, self)
        le = timezone.localdate()
        tableau = tableau_de(self._campagne(), request.user, le)
        filtre = AvancementFilterSet(
            request.query_params, queryset=tableau, le=le, par=request.user
        )
        if not filtre.is_valid():
            raise serializers.ValidationError(filtre.errors.get_json_data())
        page: Any = self.paginate_queryset(filtre.qs)
        return self.get_paginated_response([en_json(ligne) for ligne in page])

    def _campagne(self) -> Campagne:
        """Lève ValidationError (400), Http404, ou DroitRefuse (403)."""
        try:
            pk = UUID(self.request.query_params.get("campagne", ""))
        except ValueError as erreur:
            refus = ErrorDetail("Dites de quelle campagne, par son identifiant.", code="required")
            raise serializers.ValidationError({"campagne": [refus]}) from erreur
        suivies = Campagne.objects.suivies_par(self.request.user)
        campagne = get_object_or_404(suivies.filter(contrat=None), pk=pk)
        exiger_le_pilotage(self.request.user, str(campagne.region_id))
        return campagne
