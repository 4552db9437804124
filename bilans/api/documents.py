"""Les documents d’un bilan dans l’API : les lister, les demander, suivre leur état, les prendre."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import parse_etags
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action as geste
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.droits import Droit
from acteurs.models import Portee
from bilans.api.fiches import UnSeulFormat
from bilans.documents_lisibles import (
    TYPES_DES_FICHIERS,
    DocumentLisible,
    EtatFichier,
    GenreFichier,
    documents_lisibles,
    ouvrir,
)
from bilans.filters import DocumentFilterSet
from bilans.models import Bilan, GenreDocument
from bilans.services import documents as services
from bilans.services import rendu
from cls_platform.socle.api.champs import CleRelie, MomentUtc, SerialiseurStrict
from cls_platform.socle.api.filtres import refuser_inconnus
from cls_platform.socle.api.ressources import MOTIF_UUID, ReponsesPersonnelles
from cls_platform.socle.transport import envoyer
from contrats.permissions import droits_sur, refus

DEMANDABLES = [(GenreFichier.PUBLIC.value, GenreFichier.PUBLIC.label), *GenreDocument.choices]
LAQUELLE = "Dites de quel contrat (« contrat ») ou de quel bilan (« bilan »)."
PAS_FAIT = "Ce document n’est pas encore fait. Demandez-le par POST, puis relisez son état."
FICHIER = "api:documents-bilans-fichier"
ATTENDRE_SECONDES = "2"


class DocumentSerializer(serializers.Serializer):
    """Un document d’un bilan. Il garde son fichier d’avant tant que le nouveau n’est pas fait."""

    id = serializers.CharField(help_text="L’identifiant du bilan, un point, le genre.")
    bilan = serializers.UUIDField(source="bilan.pk")
    contrat = serializers.UUIDField(source="bilan.contrat_id")
    annee = serializers.IntegerField(source="bilan.annee")
    edition = serializers.IntegerField(source="bilan.edition")
    genre = serializers.ChoiceField(choices=GenreFichier.choices)
    format = serializers.CharField(source="extension", help_text="pdf, pptx, csv ou json.")
    etat = serializers.ChoiceField(choices=EtatFichier.choices)
    progression = serializers.IntegerField(min_value=0, max_value=100, help_text="En pour cent.")
    message = serializers.CharField(allow_blank=True, help_text="Ce qui a manqué, après un échec.")
    est_a_jour = serializers.BooleanField(help_text="Fait des données figées de ce bilan.")
    donnees_le = MomentUtc(
        source="bilan.instantane_le", allow_null=True, help_text="Quand ces données ont été lues."
    )
    sha256 = serializers.CharField(allow_blank=True, help_text="Vide pour les données ouvertes.")
    taille = serializers.IntegerField(allow_null=True, help_text="En octets.")
    pages = serializers.IntegerField(allow_null=True)
    fichier = serializers.SerializerMethodField(
        help_text="Où le prendre, avec le même jeton ; nul tant qu’il n’est pas fait."
    )

    def get_fichier(self, document: DocumentLisible) -> str | None:
        if not document.a_un_fichier:
            return None
        return settings.ADRESSE_PUBLIQUE + reverse(FICHIER, args=[document.id])


class DemandeSerializer(SerialiseurStrict):
    """Un genre d’un bilan suivi. `previent` : écrire au titulaire quand le document est prêt."""

    bilan = CleRelie(queryset=Bilan.objects.none())
    genre = serializers.ChoiceField(choices=DEMANDABLES)
    previent = serializers.BooleanField(default=False)

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            suivis = Bilan.objects.suivis_par(requete.user).select_related("contrat")
            champs["bilan"].queryset = suivis.defer("instantane", "technique")
        return champs


DEUX_PAGES = OpenApiExample(
    "Les deux pages des élus",
    request_only=True,
    value={"bilan": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10", "genre": "ELUS"},
)
EN_FILE = OpenApiExample(
    "Demandé",
    response_only=True,
    status_codes=["202"],
    value={
        "id": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10.ELUS",
        "bilan": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10",
        "contrat": "0b8f6c2d-53a1-4f7e-8a0c-2b1d9e4f6a70",
        "annee": 2025,
        "edition": 1,
        "genre": "ELUS",
        "format": "pdf",
        "etat": "EN_FILE",
        "progression": 0,
        "message": "",
        "est_a_jour": False,
        "donnees_le": "2026-03-20T09:00:00Z",
        "sha256": "",
        "taille": None,
        "pages": None,
        "fichier": None,
    },
)
DANS_L_ADRESSE = OpenApiParameter(
    "cle", str, OpenApiParameter.PATH, description="L’identifiant du bilan, un point, le genre."
)


@extend_schema_view(retrieve=extend_schema(parameters=[DANS_L_ADRESSE]))
class DocumentViewSet(ReponsesPersonnelles):
    """Ce que l’on emporte d’un bilan : PDF, deux pages, technique, diaporama, données ouvertes.

    Sans compte, ce que donne le site public. À l’équipe, selon ses droits : le bilan technique avec
    ses montants demande de voir le budget.
    """

    queryset = Bilan.objects.none()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilterSet
    lookup_url_kwarg = "cle"
    lookup_value_regex = rf"{MOTIF_UUID}\.[A-Z_]+"
    portee_ecriture = Portee.ECRITURE_BILANS

    @extend_schema(operation_id="documents_bilans_list")
    def list(self, request: Request) -> Response:
        """Ceux d’un contrat ou d’un bilan, la dernière édition d’abord."""
        refuser_inconnus(request, self)
        filtre = DocumentFilterSet(request.query_params, queryset=self._bilans())
        if not filtre.is_valid():
            raise ValidationError(filtre.errors.get_json_data())
        if not {"contrat", "bilan"} & {n for n, v in filtre.form.cleaned_data.items() if v}:
            raise ValidationError({"contrat": [ErrorDetail(LAQUELLE, code="required")]})
        gardes = [document for document in self._lisibles(filtre.qs) if filtre.garde(document)]
        page: Any = self.paginate_queryset(gardes)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, cle: str) -> Response:
        """Où en est un document. À relire jusqu’à FAIT ou ECHEC ; 304 tant que rien ne bouge."""
        return self.repondre(self._un(cle))

    @extend_schema(
        summary="Demander",
        request=DemandeSerializer,
        responses={200: DocumentSerializer, 202: DocumentSerializer},
        examples=[DEUX_PAGES, EN_FILE],
    )
    def create(self, request: Request) -> Response:
        """Demande un document : 202 s’il se fait, 200 s’il est déjà fait des mêmes données.

        Répéter l’appel n’ouvre pas un second travail. `Location` dit où suivre son état.
        """
        demande = self.valider(DemandeSerializer)
        self._demander(**demande)
        document = self._un(f"{demande['bilan'].pk}.{demande['genre']}")
        attendre = document.etat in {EtatFichier.EN_FILE, EtatFichier.EN_COURS}
        reponse = self.repondre(document, status=202 if attendre else 200)
        reponse["Location"] = self.reverse_action("detail", args=[document.id])
        if attendre:
            reponse["Retry-After"] = ATTENDRE_SECONDES
        return reponse

    def _demander(self, bilan: Bilan, genre: str, *, previent: bool) -> None:
        suite: dict[str, Any] = {"bilan": bilan, "par": self.request.user, "previent": previent}
        if genre == GenreFichier.PUBLIC:
            envoyer(rendu.TACHE, rendu.demander_pdf(**suite).pk)
        else:
            services.demander_document(genre=genre, **suite)

    @extend_schema(
        operation_id="documents_bilans_fichier",
        summary="Prendre le fichier",
        parameters=[DANS_L_ADRESSE],
        responses={(200, nature): OpenApiTypes.BINARY for nature in TYPES_DES_FICHIERS.values()},
    )
    @geste(detail=True, url_path="fichier", content_negotiation_class=UnSeulFormat)
    def fichier(self, request: Request, cle: str) -> Any:
        """Le fichier lui-même, à son type ; son ETag est son empreinte."""
        try:
            lu = ouvrir(self._un(cle))
        except FileNotFoundError as erreur:
            raise NotFound(PAS_FAIT) from erreur
        if lu.etiquette in parse_etags(request.headers.get("If-None-Match", "")):
            lu.flux.close()
            return Response(status=304, headers={"ETag": lu.etiquette})
        entetes = {"ETag": lu.etiquette, "X-Content-Type-Options": "nosniff"}
        return FileResponse(
            lu.flux, as_attachment=True, filename=lu.nom, content_type=lu.type_mime, headers=entetes
        )

    # Ce que l’appelant en voit ------------------------------------------------------------------

    def _bilans(self) -> Any:
        """Les bilans suivis, et les éditions publiées des contrats publics."""
        visibles = Bilan.objects.documents_visibles_par(self.request.user).avec_etat_d_edition()
        return visibles.pour_liste().avec_documents().ranges_par_annee()

    def _lisibles(self, bilans: Any) -> Iterator[DocumentLisible]:
        """Tous sont d’un même contrat : ses droits se lisent une fois."""
        droits: frozenset[Droit] | None = None
        for bilan in bilans:
            if droits is None:
                droits = droits_sur(self.request.user, bilan.contrat)
            yield from documents_lisibles(bilan, droits)

    def _un(self, cle: str) -> DocumentLisible:
        """Lève Http404, ou DroitRefuse à qui suit le contrat sans avoir le droit de ce genre."""
        refuser_inconnus(self.request, self)
        pk, _, genre = cle.partition(".")
        bilan = get_object_or_404(self._bilans(), pk=pk)
        droits = droits_sur(self.request.user, bilan.contrat)
        for document in documents_lisibles(bilan, droits):
            if document.genre == genre:
                return document
        if droits and genre in GenreDocument.values:
            raise refus(services.droit_du_genre(genre))
        raise NotFound
