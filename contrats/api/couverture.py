"""La couverture dans l’API : une question, une réponse, les mêmes lignes que la page."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotAuthenticated, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from acteurs.droits import Droit
from cls_platform.socle.api.etag import reponse_versionnee
from cls_platform.socle.api.schema import SchemaRessource
from contrats.couverture import Niveau, Variante
from contrats.couverture_reponse import repondre
from contrats.forms.couverture import QuestionCouverture
from contrats.permissions import exiger_general

TAUX: Any = {"min_value": 0, "max_value": 1}


class LigneCouvertureSerializer(serializers.Serializer):
    """Un territoire. Les populations sont en habitants, les taux vont de 0 à 1."""

    code = serializers.CharField(
        allow_blank=True,
        help_text="Code Insee, SIREN, ou TYPE:CLASSE d’un zonage ; vide : aucun territoire.",
    )
    nom = serializers.CharField()
    population = serializers.IntegerField(min_value=0)
    population_couverte = serializers.IntegerField(min_value=0)
    taux_population = serializers.FloatField(**TAUX)
    communes = serializers.IntegerField(min_value=0)
    communes_couvertes = serializers.IntegerField(min_value=0)
    taux_communes = serializers.FloatField(**TAUX)
    contrats = serializers.IntegerField(
        min_value=0, help_text="Contrats qui couvrent au moins une commune du territoire."
    )
    zones = serializers.IntegerField(
        min_value=0, required=False, help_text="Au niveau zonage : quartiers, réseaux ou zones."
    )
    zones_couvertes = serializers.IntegerField(
        min_value=0, required=False, help_text="Celles dont toutes les communes sont couvertes."
    )
    millesime = serializers.CharField(
        required=False, help_text="Au niveau zonage : le millésime chargé."
    )


class DenominateursSerializer(serializers.Serializer):
    """Ce que l’on divise, et de quel millésime."""

    communes = serializers.IntegerField()
    population = serializers.IntegerField()
    communes_sans_epci = serializers.IntegerField()
    population_sans_epci = serializers.IntegerField()
    communes_sans_population = serializers.IntegerField(
        help_text="Comptées pour une commune et zéro habitant."
    )
    communes_du_pacifique = serializers.IntegerField()
    population_du_pacifique = serializers.IntegerField()
    millesime_population = serializers.CharField()
    edition = serializers.CharField(help_text="L’édition des territoires chargée.")


@extend_schema_serializer(many=False)
class CouvertureSerializer(serializers.Serializer):
    """La réponse : la question telle qu’elle a été comprise, ses dénominateurs, ses lignes."""

    date = serializers.DateField()
    niveau = serializers.ChoiceField(choices=Niveau.choices)
    variante = serializers.ChoiceField(choices=Variante.choices)
    region = serializers.CharField(allow_null=True)
    departement = serializers.CharField(allow_null=True)
    epci = serializers.CharField(allow_null=True)
    commune = serializers.CharField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # un champ, pas l’attribut
    denominateurs = DenominateursSerializer()
    count = serializers.IntegerField()
    results = LigneCouvertureSerializer(many=True)


PARAMETRES = {
    "date": "Le jour regardé (AAAA-MM-JJ) ; aujourd’hui par défaut.",
    "niveau": "Une ligne par territoire de ce niveau ; departement par défaut.",
    "variante": "Les contrats comptés ; signe par défaut, signe_ou_projet demande un compte.",
    "region": "Code Insee : les seules communes de cette région.",
    "departement": "Code Insee : les seules communes de ce département.",
    "epci": "SIREN : les seules communes de cette intercommunalité.",
    "commune": "Code Insee : cette seule commune, si elle existe ce jour-là.",
}
ENUMERES: dict[str, Any] = {"niveau": Niveau.values, "variante": Variante.values}


class CompteNecessaire(NotAuthenticated):
    default_detail = (
        "Les contrats en projet ne se lisent qu’avec un compte. Sans compte, demandez "
        "variante=signe."
    )


class CouvertureViewSet(GenericViewSet):
    """La part de la population couverte par un contrat local de santé, à une date.

    Chaque commune compte une fois. Un contrat signé est un acte public : cette variante se lit sans
    compte. Les projets ne se lisent qu’avec le droit de voir la couverture.
    """

    serializer_class = CouvertureSerializer
    pagination_class = None
    filter_backends = []
    schema = SchemaRessource()

    @extend_schema(
        operation_id="couverture_list",
        summary="Mesurer",
        parameters=[
            OpenApiParameter(nom, str, description=aide, enum=ENUMERES.get(nom))
            for nom, aide in PARAMETRES.items()
        ],
        responses={200: CouvertureSerializer},
    )
    def list(self, request: Request) -> Response:
        """Une ligne par territoire, dans l’ordre alphabétique."""
        refuser_les_inconnus(request)
        question = QuestionCouverture(request.query_params.dict()).exiger()
        if question["variante"] != Variante.SIGNE:
            if not request.user.is_authenticated:
                raise CompteNecessaire
            exiger_general(request.user, Droit.VOIR_COUVERTURE)
        return reponse_versionnee(request, repondre(**question).vers_dict())


def refuser_les_inconnus(request: Request) -> None:
    """Lève ValidationError (400) : un paramètre mal écrit rendrait une autre réponse."""
    if inconnus := sorted(request.query_params.keys() - PARAMETRES.keys()):
        message = f"Paramètre inconnu. Paramètres possibles : {', '.join(PARAMETRES)}."
        raise ValidationError(
            {nom: [ErrorDetail(message, code="parametre_inconnu")] for nom in inconnus}
        )
