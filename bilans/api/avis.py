"""Les avis des signataires dans l’API : les lire, donner le sien ; ni adresse, ni secret."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.models import Portee
from bilans.api.refus import refus_par_champ
from bilans.filters import AvisBilanFilterSet
from bilans.forms.relire import AvisForm
from bilans.models import AvisBilan, SensAvis
from bilans.services import avis as services
from cls_platform.socle.api.champs import Serialiseur, SerialiseurStrict
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.erreurs import DroitRefuse
from contrats.permissions import droits_sur

AVIS = PlanDeLecture(
    colonnes={
        **colonnes_simples(
            "id",
            "bilan",
            "acteur",
            "attendu_le",
            "sens",
            "texte",
            "rendu_le",
            "rendu_nom",
            "moyen",
            "sha256",
            "version",
            "modifie_le",
        ),
        "contrat": "bilan__contrat_id",
    },
)
CHOISIR: Any = AvisForm.base_fields["sens"].error_messages["required"]
LONGUEUR: Any = AvisForm.base_fields["texte"].max_length  # type: ignore[attr-defined]  # un texte


class AvisBilanSerializer(Serialiseur):
    """L’avis d’une organisation signataire sur un bilan. Attendu, `sens` et `rendu_le` sont vides ;
    rendu, il ne change plus. `sha256` : l’empreinte du PDF lu."""

    contrat = serializers.UUIDField(source="bilan.contrat_id", read_only=True)

    class Meta:
        model = AvisBilan
        fields = tuple(AVIS.colonnes)


class AvisRenduSerializer(SerialiseurStrict):
    """L’avis de l’organisation ; réservé ou défavorable, il dit pourquoi dans `texte`."""

    sens = serializers.ChoiceField(
        choices=SensAvis.choices, error_messages={"required": CHOISIR, "null": CHOISIR}
    )
    texte = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGUEUR)


RESERVES = OpenApiExample(
    "Un avis avec réserves",
    request_only=True,
    value={"sens": "RESERVES", "texte": "Favorable, si le retard sur le répit est daté."},
)


class AvisBilanViewSet(Ressource):
    """Les avis sur les bilans que l’appelant relit."""

    serializer_class = AvisBilanSerializer
    filterset_class = AvisBilanFilterSet
    plan = AVIS
    portee_ecriture = Portee.ECRITURE_BILANS

    def get_queryset(self) -> Any:
        lus = AvisBilan.objects.lus_par(self.request.user).order_by("attendu_le", "pk")
        if not self.detail:
            return lus
        return lus.select_related("bilan__contrat").defer("bilan__instantane", "bilan__technique")

    @extend_schema(
        summary="Donner son avis",
        request=AvisRenduSerializer,
        responses={200: AvisBilanSerializer},
        examples=[RESERVES],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Donne l’avis demandé à son organisation, une fois. Signé du nom du titulaire du jeton."""
        avis = self.lire_un(pk)
        if not services.peut_rendre(
            avis, request.user, droits_sur(request.user, avis.bilan.contrat)
        ):
            raise DroitRefuse(services.PAS_SON_ORGANISATION)
        version = version_attendue(request, avis)
        with refus_par_champ(AvisBilan):
            services.rendre_avis(
                avis=avis,
                **self.valider(AvisRenduSerializer),
                version=version,
                par=request.user,
                via=moyen(request),
            )
        return self.repondre(self.lire_un(pk))
