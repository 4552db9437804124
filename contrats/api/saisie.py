"""Les corps reçus ; ils vérifient la forme, le service vérifie les règles et écrit."""

from typing import Any

from rest_framework import serializers

from acteurs.models import Acteur
from cls_platform.socle.api.champs import CleRelie, SerialiseurStrict
from contrats.models import Action, Contrat, Population, Theme
from contrats.models.organisations import personnes_de


class ActionSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    """Les champs d’une action que l’on peut modifier ; ceux qui manquent restent tels quels."""

    partenaires = CleRelie(
        many=True,
        queryset=Acteur.objects.all(),
        required=False,
        help_text="Les organisations dont le rôle est PARTENAIRE ; la liste remplace l’ancienne.",
    )
    themes = CleRelie(many=True, queryset=Theme.objects.all(), required=False)
    populations = CleRelie(many=True, queryset=Population.objects.all(), required=False)

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
            "date_debut",
            "date_fin",
            "pilote",
            "pilote_personne",
            "axe",
            "objectif",
            "est_publique",
            "themes",
            "populations",
            "partenaires",
        )

    def get_fields(self) -> dict[str, Any]:
        """On ne rattache qu’à ce qui est du contrat ; la personne pilote est de son équipe."""
        champs: dict[str, Any] = super().get_fields()
        contrat: Contrat | None = self.context.get("contrat")
        if contrat:
            champs["axe"].queryset = contrat.axes.all()
            champs["objectif"].queryset = contrat.objectifs.all()
            champs["pilote_personne"].queryset = personnes_de(contrat)
        return champs
