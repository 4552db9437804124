from rest_framework import serializers

from bilans.api.lecture import COLONNES_PUBLIQUES, adresses
from bilans.models import Bilan
from cls_platform.socle.api.champs import Serialiseur


class BilanSerializer(Serialiseur):
    """Le bilan d’une année d’un contrat. Publié, il ne change plus : son PDF a une empreinte."""

    page = serializers.SerializerMethodField(help_text="La page publique, une fois publié.")
    pdf = serializers.SerializerMethodField(help_text="Le PDF public, une fois publié.")

    class Meta:
        model = Bilan
        fields = (*COLONNES_PUBLIQUES, "page", "pdf")

    def get_page(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["page"]

    def get_pdf(self, bilan: Bilan) -> str | None:
        return _adresses(bilan)["pdf"]


def _adresses(bilan: Bilan) -> dict[str, str | None]:
    return adresses(
        slug=bilan.contrat.slug,
        annee=bilan.annee,
        statut=bilan.statut,
        est_public=bilan.contrat.est_public,
    )
