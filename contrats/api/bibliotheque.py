"""La bibliothèque d’actions dans l’API : en lecture, pour qui modifie un plan au moins."""

from collections import defaultdict
from typing import Any

from rest_framework import serializers

from cls_platform.socle.api.champs import MomentUtc, Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from contrats import filters
from contrats.api.lecture import codes_de
from contrats.models import Action, Jalon
from contrats.services.bibliotheque import TEXTES


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    codes, etapes = codes_de(lignes), defaultdict(list)
    for action, libelle in Jalon.objects.libelles_de(lignes):
        etapes[action].append(libelle)
    for pk, ligne in lignes.items():
        ligne["themes"] = sorted(codes[pk, "themes"])
        ligne["populations"] = sorted(codes[pk, "populations"])
        ligne["etapes"] = etapes[pk]


BIBLIOTHEQUE = PlanDeLecture(
    completer=_completer,
    colonnes={
        **colonnes_simples("id", *TEXTES, "region"),
        "contrat_nom": "contrat__nom",
        "offerte_le": "offre__offerte_le",
    },
)


class FicheTypeSerializer(Serialiseur):
    """Une fiche qu’un contrat offre : l’idée, sans personne, organisation, montant ni date."""

    contrat_nom = serializers.CharField(
        source="contrat.nom", read_only=True, help_text="Le contrat qui l’offre."
    )
    offerte_le = MomentUtc(source="offre.offerte_le", read_only=True)
    themes = serializers.SerializerMethodField()
    populations = serializers.SerializerMethodField()
    etapes = serializers.SerializerMethodField(help_text="Des suggestions, dans leur ordre.")

    class Meta:
        model = Action
        fields = (*BIBLIOTHEQUE.colonnes, "themes", "populations", "etapes")

    def get_themes(self, action: Action) -> list[str]:
        return sorted(action.themes.values_list("pk", flat=True))

    def get_populations(self, action: Action) -> list[str]:
        return sorted(action.populations.values_list("pk", flat=True))

    def get_etapes(self, action: Action) -> list[str]:
        return [libelle for _, libelle in Jalon.objects.libelles_de([action.pk])]


class BibliothequeViewSet(Ressource):
    """Les fiches offertes par d’autres contrats ; vide pour qui ne modifie aucun plan."""

    serializer_class = FicheTypeSerializer
    filterset_class = filters.FiltresDeBibliotheque
    plan = BIBLIOTHEQUE

    def get_queryset(self) -> Any:
        offertes = Action.objects.offertes_a(self.request.user)
        return offertes.select_related("offre").pour_bibliotheque()
