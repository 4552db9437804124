"""Écrit la liste des contrats dans un fichier qui s’importe."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cls_platform.socle.tableur.liste import TYPES
from cls_platform.socle.typographie import pluriel
from contrats.export_cls import exporter_cls
from contrats.models import Contrat


class Command(BaseCommand):
    help = "Écrit les contrats dans un fichier .csv, .xlsx ou .ods, que lit importer_cls."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--region", default="", help="code de la région ; vide : toutes")

    def handle(self, *args: Any, **options: Any) -> None:
        fichier: Path = options["fichier"]
        region = options["region"]
        extension = fichier.suffix.lower().removeprefix(".")
        if extension not in TYPES:
            raise CommandError("Le fichier s’appelle .csv, .xlsx ou .ods.")
        contrats = Contrat.objects.des_regions(frozenset({region}) if region else None)
        try:
            fichier.write_bytes(exporter_cls(contrats, extension))
        except OSError as erreur:
            raise CommandError(f"Le fichier ne peut pas être écrit : {erreur}.") from erreur
        self.stdout.write(f"{pluriel(contrats.count(), 'contrat')} dans {fichier.name}.")
