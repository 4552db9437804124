from typing import Any

from django.apps import AppConfig

from bilans.documentation import etats_du_bilan
from contrats.a_faire.apports import brancher_les_bilans
from contrats.documentation import ajouter_a_la_page


class BilansConfig(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"

    def ready(self) -> None:
        """La liste de travail de l’agence demande quels contrats ont publié leur bilan ; la page
        des états montre ceux d’un bilan."""
        bilans: Any = self.get_model("Bilan")
        brancher_les_bilans(bilans.objects.contrats_publies)
        ajouter_a_la_page(etats_du_bilan)
