"""Les corps reçus ; ils vérifient la forme, le service vérifie les règles et écrit."""

from typing import Any

from rest_framework import serializers

from acteurs.models import Acteur, Commune
from cls_platform.socle.api.champs import CleRelie, SerialiseurStrict
from contrats.champs_fiche import PREFIXE_LIBRE
from contrats.forms.propositions import rattachements
from contrats.genres_libres import LONGUEUR_MAX
from contrats.models import (
    Action,
    AxeOttawa,
    Contrat,
    Determinant,
    Dispositif,
    ObjectifRegional,
    Population,
    SousTheme,
    Theme,
    TypeAction,
)
from contrats.services.liens_action import LIENS
from contrats.services.plan import CHAMPS_DE_LA_FICHE_COMPLETE


def _liste(modele: Any) -> CleRelie:
    return CleRelie(many=True, queryset=modele.objects.all(), required=False)


def _organisations(role: str) -> CleRelie:
    return CleRelie(
        many=True,
        queryset=Acteur.objects.all(),
        required=False,
        help_text=f"Les organisations dont le rôle est {role} ; la liste remplace l’ancienne.",
    )


class ActionSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    """Les champs d’une action que l’on peut modifier ; ceux qui manquent restent tels quels."""

    partenaires = _organisations("PARTENAIRE")
    copilotes = _organisations("COPILOTE")
    intervenants = _organisations("INTERVENANT")
    financeurs = _organisations("FINANCEUR")
    themes = _liste(Theme)
    sous_themes = _liste(SousTheme)
    populations = _liste(Population)
    communes = _liste(Commune)
    determinants = _liste(Determinant)
    types_action = _liste(TypeAction)
    ottawa = _liste(AxeOttawa)
    objectifs_regionaux = _liste(ObjectifRegional)
    dispositifs = _liste(Dispositif)
    champs_libres = serializers.DictField(
        child=serializers.CharField(allow_blank=True, allow_null=True, max_length=LONGUEUR_MAX),
        required=False,
        help_text=(
            "Identifiant d’un champ du contrat → sa valeur (date AAAA-MM-JJ, nombre à point ou "
            "virgule) ; vide efface. Les champs absents restent tels quels."
        ),
    )

    class Meta:
        model = Action
        fields = (
            "numero",
            "titre",
            "resume_public",
            "contexte",
            "description",
            "resultats_attendus",
            "statut",
            "statut_raison",
            "statut_est_impose",
            "date_debut",
            "date_fin",
            "pilote",
            "pilote_personne",
            "axe",
            "objectif",
            "est_publique",
            *CHAMPS_DE_LA_FICHE_COMPLETE,
            *sorted(LIENS),
            "champs_libres",
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Chaque champ du contrat devient une valeur à écrire, sous le nom que lit le service."""
        libres = attrs.pop("champs_libres", {})
        return attrs | {f"{PREFIXE_LIBRE}{cle}": valeur for cle, valeur in libres.items()}

    def get_fields(self) -> dict[str, Any]:
        """On ne rattache qu’à ce qui est du contrat ; la personne pilote est de son équipe."""
        champs: dict[str, Any] = super().get_fields()
        contrat: Contrat | None = self.context.get("contrat")
        if contrat:
            for nom, choix in rattachements(contrat, None).items():
                champs[nom].queryset = choix
        return champs
