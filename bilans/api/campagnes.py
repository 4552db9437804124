"""Les campagnes de bilans dans l’API : les lire, les ouvrir, les changer, les prolonger."""

from types import SimpleNamespace
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action as geste
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.models import Portee, Region
from bilans.api.refus import refus_par_champ
from bilans.campagne.droits import exiger_mener
from bilans.campagne.fenetres import (
    RAPPEL_AU_PLUS_TOT,
    TROP_TOT,
    Moment,
    annees_a_ouvrir,
    moment_de,
    ranger_les_rappels,
)
from bilans.campagne.filtres import CampagneFilterSet
from bilans.models import Campagne
from bilans.services import campagne as services
from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from contrats.models import Contrat

DATES = ("ouvre_le", "remise_le", "correction_debut", "correction_fin")
UN_TERRITOIRE = "Dites pour quelle région ou pour quel contrat, l’un des deux."


def _moments(lignes: Lignes, lecteur: Lecteur) -> None:
    le: Any = lecteur.le
    for ligne in lignes.values():
        dates: Any = SimpleNamespace(**{nom: ligne[nom] for nom in DATES})
        ligne["moment"] = moment_de(dates, le).value


CAMPAGNES = PlanDeLecture(
    completer=_moments,
    colonnes=colonnes_simples(
        "id", "region", "contrat", "annee", *DATES, "rappels", "message", "version", "modifie_le"
    ),
)


class CampagneSerializer(Serialiseur):
    """Une région ou un contrat, une année. Les dates d’un contrat l’emportent sur sa région."""

    moment = serializers.SerializerMethodField(help_text="Où elle en est aujourd’hui.")

    class Meta:
        model = Campagne
        fields = (*CAMPAGNES.colonnes, "moment")

    @extend_schema_field(serializers.ChoiceField(choices=Moment.choices))
    def get_moment(self, campagne: Campagne) -> str:
        return moment_de(campagne, self.context["le"]).value


# Ce que l’on envoie ------------------------------------------------------------------------------


class CampagneSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    """Les deux fenêtres, les rappels, le message ; ce qui manque reste tel quel."""

    rappels = serializers.ListField(
        child=serializers.IntegerField(
            min_value=0, max_value=RAPPEL_AU_PLUS_TOT, error_messages={"max_value": TROP_TOT}
        ),
        required=False,
        help_text="Jours avant la remise où un courriel part ; vide : aucun.",
    )

    class Meta:
        model = Campagne
        fields: tuple[str, ...] = services.CHAMPS
        # Une seule par an, des dates dans l’ordre : la base le tient, avec ses phrases
        validators: tuple[Any, ...] = ()

    def validate_rappels(self, jours: list[int]) -> list[int]:
        return ranger_les_rappels(jours)


class CampagneAjoutSerializer(CampagneSaisieSerializer):
    """Pour une région, ou pour un contrat dont les dates l’emporteront."""

    region = CleRelie(queryset=Region.objects.all(), required=False)
    contrat = CleRelie(queryset=Contrat.objects.none(), required=False)
    annee = serializers.IntegerField(
        help_text="L’année des bilans : celle d’avant, ou les deux qui viennent."
    )

    class Meta(CampagneSaisieSerializer.Meta):
        fields = ("region", "contrat", "annee", *services.CHAMPS)

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            champs["contrat"].queryset = Contrat.objects.suivis_par(requete.user)
        return champs

    def validate_annee(self, annee: int) -> int:
        """Les années que la page propose."""
        permises = sorted(annees_a_ouvrir(self.context["le"]))
        if annee not in permises:
            raise serializers.ValidationError(
                f"Choisissez {permises[0]}, {permises[1]} ou {permises[2]}."
            )
        return annee

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("region" in attrs) == ("contrat" in attrs):
            raise serializers.ValidationError({"region": [UN_TERRITOIRE]})
        return attrs


class ProlongationSerializer(SerialiseurStrict):
    """Les corrections se décalent d’autant, les rappels repartent pour la nouvelle date."""

    remise_le = serializers.DateField()
    version = serializers.IntegerField(
        required=False, min_value=1, help_text="La version lue ; refusé si elle a changé."
    )


OUVERTURE = OpenApiExample(
    "La campagne d’une région",
    request_only=True,
    value={
        "region": "53",
        "annee": 2026,
        "ouvre_le": "2026-11-02",
        "remise_le": "2027-03-31",
        "correction_debut": "2027-04-15",
        "correction_fin": "2027-05-31",
        "rappels": [30, 10, 2],
        "message": "Commencez par ce qui a changé pour les habitants.",
    },
)
REPORT = OpenApiExample(
    "Deux rappels au lieu de trois", request_only=True, value={"rappels": [15, 3]}
)
DELAI = OpenApiExample("Un mois de plus", request_only=True, value={"remise_le": "2027-04-30"})


class CampagneViewSet(Ressource):
    """Celles des régions que l’appelant pilote, et celles des contrats qu’il suit."""

    serializer_class = CampagneSerializer
    filterset_class = CampagneFilterSet
    plan = CAMPAGNES
    portee_ecriture = Portee.ECRITURE_BILANS

    def get_queryset(self) -> Any:
        return Campagne.objects.suivies_par(self.request.user).rangees()

    @extend_schema(
        request=CampagneAjoutSerializer, responses={201: CampagneSerializer}, examples=[OUVERTURE]
    )
    def create(self, request: Request) -> Response:
        """Ouvre une campagne.

        Celle d’une région : son siège. Celle d’un contrat : sa coordination, ou son agence.
        """
        valeurs = self.valider(CampagneAjoutSerializer)
        suite: dict[str, Any] = {"valeurs": valeurs, "par": request.user, "via": moyen(request)}
        with refus_par_champ(Campagne):
            if region := valeurs.pop("region", None):
                ouverte = services.ouvrir_campagne_regionale(region=region, **suite)
            else:
                contrat = valeurs.pop("contrat")
                ouverte = services.ouvrir_campagne_du_contrat(contrat=contrat, **suite)
        reponse = self.repondre(self.lire_un(ouverte.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[ouverte.pk])
        return reponse

    @extend_schema(
        request=CampagneSaisieSerializer, responses={200: CampagneSerializer}, examples=[REPORT]
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change les champs donnés, si la campagne est encore à la version lue."""
        campagne = self._a_mener(pk)
        version = version_attendue(request, campagne)
        valeurs = self.valider(CampagneSaisieSerializer, partial=True)
        with refus_par_champ(Campagne):
            services.modifier_campagne(
                campagne=campagne, valeurs=valeurs, version=version, par=request.user,
                via=moyen(request),
            )  # fmt: skip
        return self.repondre(self.lire_un(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Retire une campagne ouverte par erreur ; une fois un rappel parti, elle reste."""
        campagne = self._a_mener(pk)
        version = version_attendue(request, campagne)
        services.retirer_campagne(
            campagne=campagne, version=version, par=request.user, via=moyen(request)
        )
        return Response(status=204)

    @extend_schema(
        summary="Prolonger",
        request=ProlongationSerializer,
        responses={200: CampagneSerializer},
        examples=[DELAI],
    )
    @geste(detail=True, methods=["post"], url_path="prolonger", url_name="prolonger")
    def prolonger(self, request: Request, pk: str) -> Response:
        """Repousse la remise."""
        campagne = self._a_mener(pk)
        recu = {"version": None, **self.valider(ProlongationSerializer)}
        services.prolonger_campagne(campagne=campagne, **recu, par=request.user, via=moyen(request))
        return self.repondre(self.lire_un(pk))

    def _a_mener(self, pk: str) -> Campagne:
        campagne: Campagne = self.lire_un(pk)
        exiger_mener(self.request.user, campagne)
        return campagne
