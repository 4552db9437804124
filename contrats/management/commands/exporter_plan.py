"""Écrit le plan d’un contrat dans un tableur : XLSX, ODS ou CSV, selon l’extension."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contrats.management.choix import contrat_designe
from contrats.tableur.exportation import ECRITURES, exporter


class Command(BaseCommand):
    help = "Écrit le plan d’un contrat dans un fichier .xlsx, .ods ou .csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contrat", help="identifiant ou nom d’adresse du contrat")
        parser.add_argument("fichier", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        contrat = contrat_designe(options["contrat"])
        fichier: Path = options["fichier"]
        extension = fichier.suffix.lower().removeprefix(".")
        if extension not in ECRITURES:
            raise CommandError("Le fichier s’appelle .xlsx, .ods ou .csv.")
        try:
            contenu = exporter(contrat, contrat.actions.all(), extension, avec_argent=True)
            fichier.write_bytes(contenu)
        except OSError as erreur:
            raise CommandError(f"Le fichier ne peut pas être écrit : {erreur}.") from erreur
        self.stdout.write(f"{contrat.actions.count()} fiches dans {fichier.name}.")
