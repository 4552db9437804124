"""La liste de travail dans l’API : les lignes, la règle et les filtres de la page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from acteurs.droits import Droit
from cls_platform.socle.api.filtres import refuser_inconnus
from cls_platform.socle.api.schema import SchemaRessource
from contrats.a_faire.ligne import CONTRAT, EPCI, LigneAFaire
from contrats.a_faire.liste import liste_a_faire
from contrats.a_faire.situations import Motif, Situation
from contrats.filtres_a_faire import AFaireFilterSet
from contrats.models import SuiviTerritoire
from contrats.permissions import exiger_general


class EtapeSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="La règle qui l’a choisie.")
    libelle = serializers.CharField()
    adresse = serializers.CharField(help_text="La page où faire le geste.")


class LigneAFaireSerializer(serializers.Serializer):
    """Un contrat ouvert, ou une intercommunalité sans contrat dans une région."""

    cle = serializers.CharField(help_text="L’identifiant du contrat, ou « région-SIREN ».")
    genre = serializers.ChoiceField(choices=(CONTRAT, EPCI))
    contrat = serializers.UUIDField(allow_null=True)
    epci = serializers.CharField(allow_null=True)
    nom = serializers.CharField()
    region = serializers.CharField()
    departements = serializers.ListField(
        child=serializers.CharField(), help_text="Le plus peuplé d’abord."
    )
    situation = serializers.ChoiceField(choices=Situation.choices)
    motifs = serializers.ListField(child=serializers.ChoiceField(choices=Motif.choices))
    population = serializers.IntegerField(min_value=0)
    date_fin = serializers.DateField(allow_null=True)
    ou_en_est_on = serializers.CharField()
    etape = EtapeSerializer(allow_null=True)
    referent = serializers.UUIDField(allow_null=True)
    referent_nom = serializers.CharField(allow_null=True)
    en_veille_jusqu_au = serializers.DateField(allow_null=True)
    derniere_note_le = serializers.DateField(allow_null=True)
    taux_pauvrete = serializers.FloatField(allow_null=True, help_text="En pourcentage (C03).")
    part_sous_dense = serializers.FloatField(
        allow_null=True, help_text="Part des habitants en zone sous-dense, de 0 à 1."
    )
    version = serializers.IntegerField(min_value=0, help_text="Celle du suivi ; 0 : rien de noté.")


def en_json(ligne: LigneAFaire) -> dict[str, Any]:
    suivi, etape = ligne.suivi, ligne.etape
    return {
        "cle": ligne.cle,
        "genre": ligne.genre,
        "contrat": ligne.code if ligne.est_contrat else None,
        "epci": None if ligne.est_contrat else ligne.code,
        "nom": ligne.nom,
        "region": ligne.region,
        "departements": list(ligne.departements),
        "situation": ligne.situation,
        "motifs": sorted(ligne.motifs),
        "population": ligne.population,
        "date_fin": ligne.fin,
        "ou_en_est_on": ligne.ou_en_est_on,
        "etape": {"code": etape.code, "libelle": etape.libelle, "adresse": etape.adresse}
        if etape
        else None,
        "referent": suivi.referent,
        "referent_nom": suivi.referent_nom or None,
        "en_veille_jusqu_au": suivi.en_veille_jusqu_au if ligne.est_en_veille else None,
        "derniere_note_le": suivi.note_le,
        "taux_pauvrete": None if ligne.pauvrete is None else float(ligne.pauvrete),
        "part_sous_dense": ligne.sous_dense,
        "version": suivi.version,
    }


class AFaireViewSet(GenericViewSet):
    """Ce que l’appelant pilote pour une agence régionale de santé.

    Comme sur la page : sans `voir`, ce qui est à faire ; sans `tri`, sa délégation d’abord, puis le
    plus d’habitants.
    """

    queryset = SuiviTerritoire.objects.none()
    serializer_class = LigneAFaireSerializer
    filterset_class = AFaireFilterSet
    schema = SchemaRessource()

    @extend_schema(operation_id="a_faire_list", summary="Lister ce qui est à faire")
    def list(self, request: Request) -> Response:
        """Les lignes que gardent les filtres."""
        if not request.user.is_authenticated:
            raise NotAuthenticated("Cette liste demande un compte d’agence régionale de santé.")
        exiger_general(request.user, Droit.PILOTER_REGION)
        refuser_inconnus(request, self)
        le = timezone.localdate()
        filtre = AFaireFilterSet(
            request.query_params,
            queryset=liste_a_faire(request.user, le, avec_contexte=True),
            le=le,
            par=request.user,
        )
        if not filtre.is_valid():
            raise serializers.ValidationError(filtre.errors.get_json_data())
        page: Any = self.paginate_queryset(filtre.qs)
        return self.get_paginated_response([en_json(ligne) for ligne in page])
