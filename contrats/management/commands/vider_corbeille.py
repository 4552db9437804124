"""Efface les fiches qui sont à la corbeille depuis plus de trente jours."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cls_platform.socle.typographie import pluriel
from contrats.models import Action
from contrats.services.corbeille import vider_la_corbeille


class Command(BaseCommand):
    help = "Efface les fiches mises à la corbeille il y a plus de trente jours, et leurs fichiers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--simulation", action="store_true", help="compter, sans rien effacer")

    def handle(self, *args: Any, **options: Any) -> None:
        maintenant = timezone.now()
        if options["simulation"]:
            nombre = Action.avec_corbeille.perimees(maintenant).count()
            self.stdout.write(f"À effacer : {pluriel(nombre, 'fiche')}.")
            return
        nombre = vider_la_corbeille(le=maintenant, par=None)
        self.stdout.write(f"Effacement définitif : {pluriel(nombre, 'fiche')}.")
