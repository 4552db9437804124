"""Construit `static/vendor/`."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cls_platform.socle import vendor


class Command(BaseCommand):
    help = "Installe les paquets npm verrouillés et copie leurs fichiers dans static/vendor/."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        try:
            reconstruit = vendor.construire(settings.BASE_DIR)
        except vendor.ErreurVendor as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write("static/vendor/ reconstruit" if reconstruit else "static/vendor/ à jour")
