"""Les parties d’un bilan dans l’API, sections et volets : les lire, en écrire une."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django_filters
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.droits import Droit
from acteurs.models import Portee
from bilans.api.refus import refus_par_champ
from bilans.ecriture.enregistrement import enregistrer, exiger_qu_elle_s_ecrive
from bilans.ecriture.parties import Partie, a_la_suite, partie, sommaire
from bilans.forms.ecrire import PartieForm, VoletForm
from bilans.models import Bilan, ImageBilan, VoletBilan
from cls_platform.socle.api.champs import CleRelie, MomentUtc, SerialiseurStrict
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.filtres import refuser_inconnus
from cls_platform.socle.api.ressources import MOTIF_UUID, ReponsesPersonnelles
from cls_platform.socle.erreurs import ConflitVersion
from cls_platform.socle.filtrage import JeuDeFiltres
from contrats.permissions import exiger

ETATS = [
    ("ECRITE", "Écrite"),
    ("VIDE", "À écrire"),
    ("DONNEES", "Faite des données"),
    ("LIBRE", "Facultative, pas encore écrite"),
    ("ABSENTE", "Ne paraît pas dans ce bilan"),
]
TEXTES = ("texte", "signature", "citation", "citation_auteur", "utile")
CHAMPS = (*TEXTES, "photo")


@dataclass(slots=True)
class PartieLue:
    """Une partie, sous l’identifiant, la version et les valeurs que l’API en dit."""

    partie: Partie
    version: int

    @property
    def pk(self) -> str:
        return f"{self.partie.bilan.pk}.{self.partie.code}"

    @property
    def modifie_le(self) -> Any:
        objet = self.partie.objet
        neuf = objet.est_neuf if isinstance(objet, VoletBilan) else objet.est_neuve
        return None if neuf else objet.modifie_le

    @property
    def valeurs(self) -> dict[str, Any]:
        """Nulle pour un champ qui ne s’écrit pas dans cette partie."""
        ecrits = self.partie.champs_ecrits
        colonnes = {nom: f"{nom}_id" if nom == "photo" else nom for nom in CHAMPS}
        return {
            nom: getattr(self.partie.objet, colonne) if nom in ecrits else None
            for nom, colonne in colonnes.items()
        }


def lue(la_partie: Partie) -> PartieLue:
    return PartieLue(la_partie, la_partie.objet.version)


class PartieFilterSet(JeuDeFiltres):
    bilan = django_filters.UUIDFilter(label="Bilan", required=True)

    class Meta:
        model = Bilan
        fields: list[str] = []


def _texte_lu(nom: str, aide: str = "") -> serializers.CharField:
    return serializers.CharField(source=f"valeurs.{nom}", allow_null=True, help_text=aide)


class PartieDeBilanSerializer(serializers.Serializer):
    """Une section (« EDITO ») ou un volet (« volet-<axe> »). Hors de `champs`, un champ est nul."""

    id = serializers.CharField(source="pk", help_text="L’identifiant du bilan, un point, le code.")
    bilan = serializers.UUIDField(source="partie.bilan.pk")
    code = serializers.CharField(source="partie.code")
    titre = serializers.CharField(source="partie.titre")
    etat = serializers.ChoiceField(source="partie.etat", choices=ETATS)
    champs = serializers.ListField(
        source="partie.champs_ecrits",
        child=serializers.ChoiceField([(nom, nom) for nom in CHAMPS]),
        help_text="Ceux qui s’y écrivent ; aucun si elle est faite des données.",
    )
    texte = _texte_lu("texte", "Le Markdown restreint de l’éditeur.")
    signature = _texte_lu("signature")
    citation = _texte_lu("citation")
    citation_auteur = _texte_lu("citation_auteur")
    utile = _texte_lu("utile", "Numéro ou adresse utile.")
    photo = serializers.UUIDField(source="valeurs.photo", allow_null=True)
    version = serializers.IntegerField(min_value=1)
    modifie_le = MomentUtc(allow_null=True, help_text="Nul tant que personne n’y a touché.")


class PartieDeBilanSaisieSerializer(SerialiseurStrict):
    """Les champs que l’on change, parmi ceux de cette partie ; les autres restent tels quels."""

    def get_fields(self) -> dict[str, Any]:
        """Aussi longs que dans la page ; une photo est une de celles du contrat."""
        la_partie: Partie | None = self.context.get("partie")
        ecrits = la_partie.champs_ecrits if la_partie else CHAMPS
        champs: dict[str, Any] = {
            nom: serializers.CharField(
                required=False, allow_blank=True, max_length=_longueur(nom, la_partie)
            )
            for nom in TEXTES
        }
        photos = la_partie.bilan.contrat.images.photos() if la_partie else ImageBilan.objects.none()
        champs["photo"] = CleRelie(queryset=photos, required=False, allow_null=True)
        return {nom: champs[nom] for nom in ecrits}


def _longueur(nom: str, la_partie: Partie | None) -> int:
    """Celle du formulaire de l’éditeur."""
    du_volet: dict[str, Any] = VoletForm.base_fields
    de_la_section: dict[str, Any] = PartieForm.base_fields
    est_volet = la_partie is not None and la_partie.volet is not None
    champs = {**de_la_section, **du_volet} if est_volet else {**du_volet, **de_la_section}
    return champs[nom].max_length


EDITO = OpenApiExample(
    "Le mot de l’élue",
    request_only=True,
    value={
        "texte": "Cette année, nous sommes venus à vous.\n- Les îles : un soignant par semaine.",
        "signature": "La vice-présidente chargée de la santé",
    },
)
DANS_L_ADRESSE = OpenApiParameter(
    "cle", str, OpenApiParameter.PATH, description="L’identifiant du bilan, un point, le code."
)


@extend_schema_view(retrieve=extend_schema(parameters=[DANS_L_ADRESSE]))
class PartieViewSet(ReponsesPersonnelles):
    """Le texte d’un bilan, partie par partie : lu par qui le relit, écrit par qui le rédige."""

    queryset = Bilan.objects.none()
    serializer_class = PartieDeBilanSerializer
    filterset_class = PartieFilterSet
    lookup_url_kwarg = "cle"
    lookup_value_regex = rf"{MOTIF_UUID}\.[A-Za-z0-9_-]+"
    portee_ecriture = Portee.ECRITURE_BILANS

    @extend_schema(operation_id="parties_bilans_list")
    def list(self, request: Request) -> Response:
        """Celles d’un bilan, volets compris, dans l’ordre où elles paraissent."""
        refuser_inconnus(request, self)
        filtre = PartieFilterSet(request.query_params, queryset=Bilan.objects.none())
        if not filtre.is_valid():
            raise ValidationError(filtre.errors.get_json_data())
        bilan = self._bilan(filtre.form.cleaned_data["bilan"])
        lues = [lue(une) for une in a_la_suite(sommaire(bilan))]
        page: Any = self.paginate_queryset(lues)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, cle: str) -> Response:
        """La partie telle qu’elle est maintenant, et son ETag."""
        return self.repondre(self.lire_un(cle))

    @extend_schema(
        request=PartieDeBilanSaisieSerializer,
        responses={200: PartieDeBilanSerializer},
        parameters=[DANS_L_ADRESSE],
        examples=[EDITO],
    )
    def partial_update(self, request: Request, cle: str) -> Response:
        """Écrit les champs donnés, si la partie est encore à la version lue ; sinon 412."""
        actuelle = self.lire_un(cle)
        la_partie = actuelle.partie
        exiger(request.user, Droit.REDIGER_BILAN, la_partie.bilan.contrat)
        exiger_qu_elle_s_ecrive(la_partie)
        version = version_attendue(request, actuelle)
        valeurs = self.valider(PartieDeBilanSaisieSerializer, partie=la_partie)
        try:
            with refus_par_champ(type(la_partie.objet)):
                enregistrer(
                    la_partie, valeurs=valeurs, version=version, par=request.user,
                    via=moyen(request),
                )  # fmt: skip
        except ConflitVersion as conflit:
            raise ConflitVersion(actuelle) from conflit
        return self.repondre(self.lire_un(cle))

    def lire_un(self, cle: str) -> PartieLue:
        """Lève Http404, ou DroitRefuse à qui suit le contrat sans relire ses bilans."""
        refuser_inconnus(self.request, self)
        pk, _, code = cle.partition(".")
        trouvee = partie(self._bilan(UUID(pk)), code)
        if trouvee is None:
            raise NotFound
        return lue(trouvee)

    def _bilan(self, pk: UUID) -> Bilan:
        suivis = Bilan.objects.suivis_par(self.request.user).select_related("contrat")
        bilan: Bilan = get_object_or_404(suivis.defer("instantane", "technique"), pk=pk)
        exiger(self.request.user, Droit.RELIRE_BILAN, bilan.contrat)
        return bilan
