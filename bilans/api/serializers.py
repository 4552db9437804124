from rest_framework import serializers

from bilans.api.lecture import ADRESSES, COLONNES_PUBLIQUES, adresses
from bilans.models import Bilan
from cls_platform.socle.api.champs import Serialiseur


class BilanSerializer(Serialiseur):
    """Le bilan d’une année d’un contrat. Publié, il ne change plus : son PDF a une empreinte."""

    page = serializers.SerializerMethodField(help_text="La page publique, une fois publié.")
    pdf = serializers.SerializerMethodField(help_text="Le PDF public, une fois publié.")
    version_publique = serializers.SerializerMethodField(
        help_text="La page de cette édition-ci, même remplacée depuis."
    )
    adresse_courte = serializers.SerializerMethodField(
        help_text="L’adresse courte imprimée dans le PDF ; elle mène à l’édition en cours."
    )

    class Meta:
        model = Bilan
        fields = (*COLONNES_PUBLIQUES, *ADRESSES)

    def get_page(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["page"]

    def get_pdf(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["pdf"]

    def get_version_publique(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["version_publique"]

    def get_adresse_courte(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["adresse_courte"]


def _adresses(bilan: Bilan) -> dict[str, str | None]:
    return adresses(
        slug=bilan.contrat.slug,
        annee=bilan.annee,
        edition=bilan.edition,
        code=bilan.code_court,
        statut=bilan.statut,
        est_public=bilan.contrat.est_public,
    )
