"""Le pilotage d’une région dans l’API : les mêmes questions, les mêmes comptes que la page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotAuthenticated, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from acteurs.models import Region
from cls_platform.socle.api.etag import reponse_versionnee
from cls_platform.socle.api.schema import SchemaRessource
from contrats.etats import Phase, StatutAction
from contrats.forms.pilotage import QuestionDuPilotage
from contrats.models import MissionFir
from contrats.pilotage.comptes import SEUIL
from contrats.pilotage.coordination import BUDGET, INDICATEUR
from contrats.pilotage.ensemble import Situation, ensemble, exiger_le_pilotage
from contrats.pilotage.lecture import pilotage

MONTANT: dict[str, Any] = {"max_digits": 20, "decimal_places": 2}
PART = f"De 0 à 1 ; null sous {SEUIL}."


class ContratDuPilotageSerializer(serializers.Serializer):
    contrat = serializers.UUIDField(source="cle")
    nom = serializers.CharField()
    phase = serializers.ChoiceField(choices=Phase.choices)
    departement = serializers.CharField(
        allow_blank=True, help_text="Celui où vivent le plus de ses habitants."
    )
    date_fin = serializers.DateField(allow_null=True)


class CompteDActionsSerializer(serializers.Serializer):
    """Une fiche qui en porte deux compte dans chacun ; `code` vide : celles qui n’en ont aucun."""

    code = serializers.CharField(allow_blank=True)
    libelle = serializers.CharField()
    actions = serializers.IntegerField(min_value=0)
    contrats = serializers.IntegerField(min_value=0)
    en_retard = serializers.IntegerField(min_value=0)


class CompteDeStatutSerializer(serializers.Serializer):
    statut = serializers.ChoiceField(choices=StatutAction.choices)
    actions = serializers.IntegerField(min_value=0)
    contrats = serializers.IntegerField(min_value=0)


class CompteDeRetardSerializer(serializers.Serializer):
    """Les fiches dont l’échéance est passée entre ces deux jours."""

    code = serializers.CharField()
    du = serializers.DateField(allow_null=True)
    au = serializers.DateField(allow_null=True)
    actions = serializers.IntegerField(min_value=0)
    contrats = serializers.IntegerField(min_value=0)


class CompteDeFinanceurSerializer(serializers.Serializer):
    """Une année d’un financeur, en euros ; `prevu` : les demandes encore prévisionnelles."""

    annee = serializers.IntegerField()
    financeur = serializers.CharField()
    libelle = serializers.CharField()
    mission = serializers.ChoiceField(choices=[("", ""), *MissionFir.choices])
    prevu = serializers.DecimalField(**MONTANT)
    demande = serializers.DecimalField(**MONTANT)
    accorde = serializers.DecimalField(**MONTANT)
    verse = serializers.DecimalField(**MONTANT)
    financements = serializers.IntegerField(min_value=1)


class CompteDeBudgetSerializer(serializers.Serializer):
    annee = serializers.IntegerField()
    prevu = serializers.DecimalField(**MONTANT)
    realise = serializers.DecimalField(**MONTANT)


class ArgentSerializer(serializers.Serializer):
    """`contrats` : ceux dont l’appelant voit les montants."""

    contrats = serializers.IntegerField(min_value=1)
    financeurs = CompteDeFinanceurSerializer(many=True)
    budgets = CompteDeBudgetSerializer(many=True)


class CompteDeSignatairesSerializer(serializers.Serializer):
    groupe = serializers.CharField()
    libelle = serializers.CharField()
    signataires = serializers.IntegerField(min_value=0)
    contrats = serializers.IntegerField(min_value=0)


class SignatairesSerializer(serializers.Serializer):
    """Contrats signés ; une organisation compte une fois par contrat."""

    contrats = serializers.IntegerField(min_value=0)
    signataires = serializers.IntegerField(min_value=0)
    professionnels = serializers.IntegerField(min_value=0, help_text="De santé.")
    contrats_avec = serializers.IntegerField(min_value=0)
    part = serializers.FloatField(min_value=0, max_value=1, allow_null=True, help_text=PART)
    groupes = CompteDeSignatairesSerializer(many=True)


class EtpDeContratSerializer(serializers.Serializer):
    contrat = serializers.UUIDField()
    nom = serializers.CharField()
    etp = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    annee = serializers.IntegerField(allow_null=True)
    source = serializers.ChoiceField(  # type: ignore[assignment]  # un champ, pas l’attribut
        choices=["", INDICATEUR, BUDGET],
        help_text="L’indicateur P08, le budget des fiches, ou rien.",
    )


class CoordinationSerializer(serializers.Serializer):
    """Un contrat qui n’a rien dit a un temps à null : il ne compte pas pour zéro."""

    annee = serializers.IntegerField()
    total = serializers.DecimalField(max_digits=20, decimal_places=4)
    contrats = EtpDeContratSerializer(many=True)


class ComparaisonSerializer(serializers.Serializer):
    """Les fiches hors abandonnées ; `code` vide : tous les contrats, ou sans département."""

    code = serializers.CharField(allow_blank=True)
    nom = serializers.CharField()
    contrats = serializers.IntegerField(min_value=0)
    actions = serializers.IntegerField(min_value=0)
    realisees = serializers.IntegerField(min_value=0)
    en_retard = serializers.IntegerField(min_value=0)
    sans_pilote = serializers.IntegerField(min_value=0)


class ComparaisonsSerializer(serializers.Serializer):
    """Des effectifs, jamais des parts : la page n’en écrit pas sous son seuil."""

    region = ComparaisonSerializer()
    departements = ComparaisonSerializer(many=True)
    contrats = ComparaisonSerializer(many=True)


@extend_schema_serializer(many=False)
class PilotageSerializer(serializers.Serializer):
    """La question telle qu’elle a été comprise, puis chaque bloc."""

    date = serializers.DateField()
    region = serializers.CharField()
    situation = serializers.ChoiceField(choices=Situation.choices)
    departement = serializers.CharField(allow_null=True)
    annee = serializers.IntegerField(allow_null=True)
    actions = serializers.IntegerField(min_value=0)
    contrats = ContratDuPilotageSerializer(many=True)
    themes = CompteDActionsSerializer(many=True)
    populations = CompteDActionsSerializer(many=True)
    objectifs = CompteDActionsSerializer(many=True)
    statuts = CompteDeStatutSerializer(many=True)
    retards = CompteDeRetardSerializer(many=True)
    argent = ArgentSerializer(allow_null=True, help_text="null sans le droit de voir les montants.")
    signataires = SignatairesSerializer()
    coordination = CoordinationSerializer()
    comparaisons = ComparaisonsSerializer()


PARAMETRES = {
    "region": "Code Insee de la région ; obligatoire.",
    "situation": "Les contrats comptés ; ouverts par défaut.",
    "departement": "Code Insee : les contrats dont il est le département principal.",
    "annee": "L’année de l’argent et du temps de travail ; toutes par défaut.",
    "contrat": "Identifiant : ce contrat seul.",
}


class PilotageViewSet(GenericViewSet):
    """Ce que disent ensemble les contrats d’une région que l’appelant pilote.

    Réservé aux agents de l’agence régionale de santé de cette région.
    """

    serializer_class = PilotageSerializer
    pagination_class = None
    filter_backends = []
    schema = SchemaRessource()

    @extend_schema(
        operation_id="pilotage_list",
        summary="Lire le pilotage d’une région",
        parameters=[
            OpenApiParameter(
                nom,
                str,
                description=aide,
                required=nom == "region",
                enum=Situation.values if nom == "situation" else None,
            )
            for nom, aide in PARAMETRES.items()
        ],
        responses={200: PilotageSerializer},
    )
    def list(self, request: Request) -> Response:
        """Un seul objet : la question, puis chaque bloc."""
        if not request.user.is_authenticated:
            raise NotAuthenticated("Le pilotage demande un compte d’agence régionale de santé.")
        region = _region(request)
        exiger_le_pilotage(request.user, region)
        question = QuestionDuPilotage(request.query_params.dict()).exiger()
        lu = pilotage(ensemble(request.user, region, timezone.localdate(), **question))
        corps = PilotageSerializer(
            {
                **{nom: getattr(lu, nom) for nom in lu.__slots__},
                "date": lu.le,
                "region": region,
                "situation": question["situation"],
                "departement": question["departement"] or None,
                "annee": question["annee"],
            }
        ).data
        return reponse_versionnee(request, corps)


def _region(request: Request) -> str:
    """Lève ValidationError (400) ou NotFound (404)."""
    if inconnus := sorted(request.query_params.keys() - PARAMETRES.keys()):
        message = f"Paramètre inconnu. Paramètres possibles\u00a0: {', '.join(PARAMETRES)}."
        raise ValidationError(
            {nom: [ErrorDetail(message, code="parametre_inconnu")] for nom in inconnus}
        )
    code = request.query_params.get("region", "")
    if not code:
        message = "Dites de quelle région, par son code Insee\u00a0: 53 pour la Bretagne."
        raise ValidationError({"region": [ErrorDetail(message, code="required")]})
    if "\x00" in code or not Region.objects.filter(pk=code[:3]).exists():
        raise NotFound("Aucune région ne porte ce code.")
    return code
