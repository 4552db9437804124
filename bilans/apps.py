from typing import Any

from django.apps import AppConfig

from contrats.a_faire.apports import brancher_les_bilans


class BilansConfig(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"

    def ready(self) -> None:
        """La liste de travail de l’agence demande quels contrats ont publié leur bilan."""
        bilans: Any = self.get_model("Bilan")
        brancher_les_bilans(bilans.objects.contrats_publies)
