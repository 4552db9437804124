"""Charge le volume national, pour mesurer ; jamais en production."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cls_platform.demo.volume import Echelle, Volume
from cls_platform.socle.erreurs import ErreurMetier


class Command(BaseCommand):
    help = "Charge 1 000 contrats, 60 000 actions et 510 000 mesures engendrés (graine fixe)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contrats", type=int, default=Echelle.contrats)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_AUTORISEE:
            raise CommandError("Le volume d’essai ne se charge pas en production.")
        debut = time.perf_counter()
        try:
            lignes = Volume(Echelle(contrats=options["contrats"])).charger()
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        with connection.cursor() as curseur:
            curseur.execute("ANALYZE")
        for table, nombre in lignes.items():
            self.stdout.write(f"{nombre:>9}  {table}")
        self.stdout.write(f"Chargé en {time.perf_counter() - debut:.0f} s.")
