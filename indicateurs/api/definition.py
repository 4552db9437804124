"""Les corps reçus qui définissent un indicateur ; le service vérifie les règles et écrit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rest_framework import serializers

from cls_platform.socle.api.champs import CleRelie, SerialiseurStrict
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Contrat
from indicateurs.models import Indicateur
from indicateurs.rattachements import rattachements
from indicateurs.services.cibles import CIBLES

CIBLES_RECUES = "cibles_intermediaires"
DEFINIS: tuple[str, ...] = (
    "axe", "objectif", "actions", "modele", "code", "libelle", "libelle_public", "definition",
    "type", "unite", "sens", "agregation", "periodicite", "niveau", "source", "producteur",
    "limites", "responsable", "calcul", "formule", "pilotage", "numerateur", "denominateur",
    "decimales", "valeur_reference", "annee_reference", "cible", "annee_cible", "seuil",
    "precision", "est_public", CIBLES_RECUES,
)  # fmt: skip


class CibleSaisieSerializer(SerialiseurStrict):
    """La valeur attendue une année, entre la référence et l’échéance."""

    annee = serializers.IntegerField(min_value=1900, max_value=2200)
    valeur = serializers.DecimalField(14, 4)


class IndicateurSaisieSerializer(SerialiseurStrict, serializers.ModelSerializer):
    """Les champs d’une définition ; ceux qui manquent restent tels quels.

    Vide, ce qu’un indicateur reprend de son modèle est celui du catalogue.
    """

    actions = CleRelie(
        many=True,
        queryset=Action.objects.none(),
        required=False,
        help_text="Les actions que l’indicateur mesure ; la liste remplace l’ancienne.",
    )
    cibles_intermediaires = CibleSaisieSerializer(
        many=True, required=False, help_text="Une par année ; la liste remplace l’ancienne."
    )

    class Meta:
        model = Indicateur
        fields: tuple[str, ...] = DEFINIS
        extra_kwargs = {
            "libelle": {"required": False, "allow_blank": True},
            "unite": {"allow_blank": True},
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Les cibles, comme le service les attend : (année, valeur)."""
        recues = attrs.pop(CIBLES_RECUES, None)
        return attrs if recues is None else attrs | {CIBLES: [tuple(c.values()) for c in recues]}

    def get_fields(self) -> dict[str, Any]:
        """On ne rattache qu’à ce qui est du contrat ; la personne responsable est de son équipe."""
        champs: dict[str, Any] = super().get_fields()
        contrat: Contrat | None = self.context.get("contrat")
        if contrat:
            actuel: Indicateur | None = self.context.get("actuel")
            choix = rattachements(
                contrat,
                modele=actuel and actuel.modele_id,
                responsable=actuel and actuel.responsable_id,
            )
            champs["actions"].child_relation.queryset = choix.pop("actions")
            for nom, permis in choix.items():
                champs[nom].queryset = permis
        return champs


class ContratDeLAjout(serializers.Serializer):
    """Le contrat d’abord, parmi ceux que l’appelant voit : le reste s’y rattache."""

    contrat = CleRelie(queryset=Contrat.objects.none())

    def get_fields(self) -> dict[str, Any]:
        champs: dict[str, Any] = super().get_fields()
        if requete := self.context.get("request"):
            champs["contrat"].queryset = Contrat.objects.visibles_par(requete.user)
        return champs


class IndicateurAjoutSerializer(ContratDeLAjout, IndicateurSaisieSerializer):
    """Une définition neuve ; sans libellé, celui de l’indicateur du catalogue."""

    class Meta(IndicateurSaisieSerializer.Meta):
        fields = ("contrat", *DEFINIS)
        # Le code unique dans le contrat est une contrainte de la base, avec sa phrase
        validators: tuple[Any, ...] = ()


@contextmanager
def refus_par_champ_recu() -> Iterator[None]:
    """Un refus du service nomme le champ tel que l’API l’a reçu."""
    try:
        yield
    except DonneesRefusees as refus:
        if CIBLES not in refus.champs:
            raise
        recus = {
            CIBLES_RECUES if n == CIBLES else n: phrases for n, phrases in refus.champs.items()
        }
        raise DonneesRefusees(refus.message, champs=recus) from refus
