"""Modifier plusieurs actions à la fois : simuler, écrire, annuler."""

from typing import Any

import django_filters
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action as geste
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.models import Acteur, Portee
from cls_platform.socle.api.champs import CleRelie, Serialiseur, SerialiseurStrict
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.filtrage import JeuDeFiltres
from cls_platform.socle.models import EtatTravail
from cls_platform.socle.transport import envoyer
from contrats.etats import StatutAction
from contrats.filters import FiltresDuPlan
from contrats.lots import (
    DATES,
    DECALAGE_MAX,
    NOMENCLATURES,
    UNITES,
    Decalage,
    Demande,
    Retouche,
    en_code,
)
from contrats.models import Contrat, EtatLigne, LigneDeLot, Lot, Priorite
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE
from contrats.selection_lot import fiches_du_lot, filtrees
from contrats.services import masse

PLAN = PlanDeLecture(
    colonnes=colonnes_simples("id", "contrat", "etat", "via", "cree_le", "fait_le", "annule_le")
)
CHOISIR = "Donnez « actions » ou « filtres », l’un des deux."
FILTRE_INCONNU = "Filtre inconnu : {}. Ce sont ceux de la liste des actions."


class LotFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")

    class Meta:
        model = Lot
        fields: list[str] = []


class LotSerializer(Serialiseur):
    """Une modification en lot : les mêmes changements sur plusieurs actions d’un contrat."""

    class Meta:
        model = Lot
        fields = tuple(PLAN.colonnes)


class LigneDeLotSerializer(Serialiseur):
    """Une action du lot. `avant` et `apres` ne portent que les champs qui changent."""

    class Meta:
        model = LigneDeLot
        fields = ("action", "etat", "motif", "avant", "apres")


class TravailDeLotSerializer(serializers.Serializer):
    etat = serializers.ChoiceField(choices=EtatTravail.choices)
    progression = serializers.IntegerField(min_value=0, max_value=100)
    message = serializers.CharField(allow_blank=True)


class ComptesSerializer(serializers.Serializer):
    """Combien d’actions dans chaque état."""

    def get_fields(self) -> dict[str, Any]:
        return {etat: serializers.IntegerField(min_value=0) for etat in EtatLigne.values}


class LotDetailSerializer(LotSerializer):
    """Le lot, ce qu’il en est de chaque action, et jusqu’à quand il s’annule."""

    annulable_jusqua = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Nul s’il n’est pas écrit, ou déjà annulé."
    )
    changements = serializers.DictField(source="demande", read_only=True)
    travail = serializers.SerializerMethodField(
        help_text="Le travail de fond, au-delà de 200 actions ; nul sinon."
    )
    comptes = serializers.SerializerMethodField()
    lignes = serializers.SerializerMethodField()

    class Meta(LotSerializer.Meta):
        fields = (
            *LotSerializer.Meta.fields,
            "annulable_jusqua",
            "changements",
            "travail",
            "comptes",
            "lignes",
        )

    @extend_schema_field(TravailDeLotSerializer(allow_null=True))
    def get_travail(self, lot: Lot) -> Any:
        dernier = lot.annulation or lot.travail
        return TravailDeLotSerializer(dernier).data if dernier else None

    @extend_schema_field(ComptesSerializer)
    def get_comptes(self, lot: Lot) -> dict[str, int]:
        return self._lignes(lot).comptes()

    @extend_schema_field(LigneDeLotSerializer(many=True))
    def get_lignes(self, lot: Lot) -> Any:
        return LigneDeLotSerializer(self._lignes(lot).order_by("rang"), many=True).data

    def _lignes(self, lot: Lot) -> Any:
        return lot.lignes.lisibles_par(self.context["request"].user)


# Ce que l’on envoie ------------------------------------------------------------------------------


class DecalageSerializer(SerialiseurStrict):
    nombre = serializers.IntegerField(
        min_value=-DECALAGE_MAX["jours"], max_value=DECALAGE_MAX["jours"]
    )
    unite = serializers.ChoiceField(choices=UNITES)


def _codes() -> serializers.ListField:
    code = serializers.CharField(max_length=80)
    return serializers.ListField(child=code, required=False, max_length=200)


class RetoucheSerializer(SerialiseurStrict):
    ajouter, retirer = _codes(), _codes()


class RetoucheDeRoleSerializer(SerialiseurStrict):
    ajouter = CleRelie(many=True, queryset=Acteur.objects.all(), required=False)
    retirer = CleRelie(many=True, queryset=Acteur.objects.all(), required=False)


class ChangementsSerializer(SerialiseurStrict):
    """Un champ absent ne change pas. Une liste gagne et perd des éléments, sans être remplacée."""

    statut = serializers.ChoiceField(choices=StatutAction.choices, required=False)
    statut_raison = serializers.CharField(max_length=300, required=False, allow_blank=True)
    priorite = serializers.ChoiceField(choices=Priorite.choices, required=False, allow_blank=True)
    pilote = serializers.UUIDField(required=False, allow_null=True)
    pilote_personne = serializers.UUIDField(required=False, allow_null=True)
    pilote_nom = serializers.CharField(max_length=120, required=False, allow_blank=True)
    date_debut = serializers.DateField(required=False, allow_null=True)
    date_fin = serializers.DateField(required=False, allow_null=True)
    decaler_date_debut = DecalageSerializer(required=False)
    decaler_date_fin = DecalageSerializer(required=False)

    def get_fields(self) -> dict[str, Any]:
        listes = {nom: RetoucheSerializer(required=False) for nom in NOMENCLATURES}
        roles = {n: RetoucheDeRoleSerializer(required=False) for n in CHAMP_DU_ROLE.values()}
        return {**super().get_fields(), **listes, **roles}


class LotSaisieSerializer(SerialiseurStrict):
    """Les actions, par identifiants ou par les filtres de leur liste, et les changements."""

    contrat = CleRelie(queryset=Contrat.objects.none())
    actions = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=masse.FICHES_MAX
    )
    filtres = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=2000,
        help_text="Comme dans l’adresse : « statut=EN_COURS&sans_pilote=true » ; vide : toutes.",
    )
    changements = ChangementsSerializer()
    simulation = serializers.BooleanField(
        default=False, help_text="Vrai : rien n’est écrit, la réponse dit ce qui changerait."
    )

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            champs["contrat"].queryset = Contrat.objects.suivis_par(requete.user)
        return champs

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("actions" in attrs) == ("filtres" in attrs):
            raise serializers.ValidationError({"actions": [CHOISIR]})
        donnes = QueryDict(attrs.get("filtres", "")).keys()
        if inconnus := sorted(donnes - FiltresDuPlan.base_filters.keys()):
            raise serializers.ValidationError(
                {"filtres": [FILTRE_INCONNU.format(", ".join(inconnus))]}
            )
        return attrs


def demande_de(changements: dict[str, Any]) -> Demande:
    listes = {
        nom: Retouche(*(_cles(changements[nom], sens) for sens in ("ajouter", "retirer")))
        for nom in (*NOMENCLATURES, *CHAMP_DU_ROLE.values())
        if nom in changements
    }
    decalages = {
        nom: Decalage(**changements[f"decaler_{nom}"])
        for nom in DATES
        if f"decaler_{nom}" in changements
    }
    autres = {*listes, *(f"decaler_{nom}" for nom in decalages)}
    return Demande(
        valeurs={nom: en_code(v) for nom, v in changements.items() if nom not in autres},
        decalages=decalages,
        listes={nom: r for nom, r in listes.items() if not r.est_vide},
    )


def _cles(retouche: dict[str, Any], sens: str) -> frozenset[str]:
    return frozenset(en_code(element) for element in retouche.get(sens, ()))


class LotViewSet(Ressource):
    """Les lots des contrats dont l’appelant modifie le plan, et ceux qu’il a faits."""

    serializer_class = LotSerializer
    serializer_detail = LotDetailSerializer
    filterset_class = LotFilterSet
    plan = PLAN
    portee_ecriture = Portee.ECRITURE_ACTIONS

    def get_queryset(self) -> Any:
        lots: Any = Lot.objects.accessibles_par(self.request.user)
        return lots.select_related("travail", "annulation").order_by("-cree_le", "pk")

    @extend_schema(request=LotSaisieSerializer, responses={201: LotDetailSerializer})
    def create(self, request: Request) -> Response:
        """Simule le lot, ou l’écrit. Une simulation s’écrit ensuite par « appliquer »."""
        saisie = self.valider(LotSaisieSerializer)
        lot = masse.choisir(
            contrat=saisie["contrat"],
            fiches=[str(pk) for pk in saisie.get("actions", ())],
            parametres=saisie.get("filtres", ""),
            est_tout="filtres" in saisie,
            par=request.user,
            via=moyen(request),
        )
        masse.preparer(
            lot=lot,
            pks=self._fiches(lot),
            demande=demande_de(saisie["changements"]),
            par=request.user,
        )
        if not saisie["simulation"]:
            self._envoyer(masse.appliquer(lot=lot, par=request.user))
        reponse = self.repondre(self.lire_un(lot.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[lot.pk])
        return reponse

    def _fiches(self, lot: Lot) -> list[Any]:
        le = timezone.localdate()
        try:
            filtrees(lot.contrat, lot.parametres, self.request.user, le)
        except BadRequest as erreur:
            raise serializers.ValidationError({"filtres": [str(erreur)]}) from erreur
        return fiches_du_lot(lot, self.request.user, le)

    @extend_schema(summary="Écrire", request=None, responses={200: LotDetailSerializer})
    @geste(detail=True, methods=["post"], url_path="appliquer", url_name="appliquer")
    def appliquer(self, request: Request, pk: str) -> Response:
        """Écrit ce que la simulation a montré ; une action changée depuis est laissée."""
        self._envoyer(masse.appliquer(lot=self.lire_un(pk), par=request.user))
        return self.repondre(self.lire_un(pk))

    @extend_schema(summary="Annuler", request=None, responses={200: LotDetailSerializer})
    @geste(detail=True, methods=["post"], url_path="annuler", url_name="annuler")
    def annuler(self, request: Request, pk: str) -> Response:
        """Rend les valeurs d’avant, dans les 30 minutes."""
        self._envoyer(masse.annuler(lot=self.lire_un(pk), par=request.user))
        return self.repondre(self.lire_un(pk))

    def _envoyer(self, travail: Any) -> None:
        if travail:
            envoyer(masse.TACHES[travail.genre], travail.pk)
