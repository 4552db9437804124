"""Les séries annuelles d’un contrat dans l’API, saisies ou calculées, comme sur les pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from cls_platform.socle.api.etag import reponse_versionnee
from cls_platform.socle.api.schema import SchemaRessource
from contrats.models import Contrat
from indicateurs.calcul.lecture import Lecture, lecture_du_contrat, series_publiees
from indicateurs.calcul.provenance import Origine
from indicateurs.models import Calcul, Indicateur, Qualite
from indicateurs.series import Releve

NOMBRE: dict[str, Any] = {"max_digits": 20, "decimal_places": 4, "allow_null": True}
CONTRAT = "contrat"


class ReleveSerializer(serializers.Serializer):
    """La valeur d’une année ; nulle si elle est secrète ou indisponible."""

    annee = serializers.IntegerField()
    valeur = serializers.DecimalField(**NOMBRE)
    numerateur = serializers.DecimalField(**NOMBRE)
    denominateur = serializers.DecimalField(**NOMBRE)
    qualite = serializers.ChoiceField(choices=Qualite.choices)
    origine = serializers.ChoiceField(
        choices=[(o.value, o.value) for o in Origine],
        allow_null=True,
        help_text="Ce qui a donné la valeur. Nul hors de l’équipe du contrat.",
    )
    precision = serializers.CharField(
        allow_blank=True, help_text="Ce qu’elle couvre, ou pourquoi elle manque."
    )


class SerieSerializer(serializers.Serializer):
    indicateur = serializers.UUIDField()
    code = serializers.CharField(allow_blank=True)
    libelle = serializers.CharField()
    unite = serializers.CharField()
    calcul = serializers.ChoiceField(choices=Calcul.choices)
    releves = ReleveSerializer(many=True)


class SerieViewSet(GenericViewSet):
    """Par indicateur, une valeur par année : saisie, réunie, calculée par formule ou comptée.

    Hors de l’équipe d’un contrat : ses indicateurs publiés, secret statistique appliqué.
    """

    serializer_class = SerieSerializer
    pagination_class = None
    filter_backends = []
    schema = SchemaRessource()

    @extend_schema(
        operation_id="series_list",
        summary="Lire les séries annuelles d’un contrat",
        parameters=[
            OpenApiParameter(
                CONTRAT, UUID, description="Identifiant du contrat ; obligatoire.", required=True
            )
        ],
        responses={200: SerieSerializer(many=True)},
    )
    def list(self, request: Request) -> Response:
        contrat = _contrat(request)
        le = timezone.localdate()
        siens = contrat.indicateurs.dans_l_ordre()
        if Contrat.objects.suivis_par(request.user).filter(pk=contrat.pk).exists():
            choisis = list(siens)
            lecture = lecture_du_contrat(contrat, choisis, le=le)
        else:
            choisis = list(siens.publics())
            lecture = Lecture(series_publiees(contrat, choisis, jusqu_a=le.year, le=le))
        return reponse_versionnee(
            request, SerieSerializer(_lignes(choisis, lecture), many=True).data
        )


def _contrat(request: Request) -> Contrat:
    """Lève ValidationError (400) ou NotFound (404)."""
    if inconnus := sorted(request.query_params.keys() - {CONTRAT}):
        message = f"Paramètre inconnu. Paramètre possible\u00a0: {CONTRAT}."
        raise ValidationError(
            {nom: [ErrorDetail(message, code="parametre_inconnu")] for nom in inconnus}
        )
    try:
        cle = UUID(request.query_params.get(CONTRAT, ""))
    except ValueError as erreur:
        message = "Dites de quel contrat, par son identifiant."
        raise ValidationError({CONTRAT: [message]}) from erreur
    contrat: Contrat | None = Contrat.objects.visibles_par(request.user).filter(pk=cle).first()
    if contrat is None:
        raise NotFound("Ce contrat n’existe pas, ou vous ne le voyez pas.")
    return contrat


def _lignes(indicateurs: Iterable[Indicateur], lecture: Lecture) -> list[dict[str, Any]]:
    return [
        {
            "indicateur": i.pk,
            "code": i.code,
            "libelle": i.libelle,
            "unite": i.unite,
            "calcul": i.calcul,
            "releves": [_releve(i.pk, r, lecture) for r in lecture.series[i.pk].releves],
        }
        for i in indicateurs
    ]


def _releve(indicateur: UUID, releve: Releve, lecture: Lecture) -> dict[str, Any]:
    dite = lecture.de(indicateur, releve.annee)
    nombres = {nom: getattr(releve, nom) for nom in ("valeur", "numerateur", "denominateur")}
    return {
        "annee": releve.annee,
        **nombres,
        "qualite": releve.qualite,
        "origine": dite.origine.value if dite else None,
        "precision": (dite.motif or dite.phrase) if dite else "",
    }
