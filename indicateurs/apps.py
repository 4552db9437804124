from typing import Any

from django.apps import AppConfig

from contrats.pilotage.apports import brancher_les_mesures


class IndicateursConfig(AppConfig):
    name = "indicateurs"
    verbose_name = "Indicateurs"

    def ready(self) -> None:
        """Le pilotage d’une région demande la dernière valeur d’un indicateur du catalogue."""
        mesures: Any = self.get_model("Mesure")
        brancher_les_mesures(mesures.objects.dernieres_valeurs)
