"""Les services embarqués, à la main."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cls_platform.socle import services_locaux


class Command(BaseCommand):
    help = "PostgreSQL et Valkey embarqués : demarrer (à demeure), arreter, effacer, etat."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("geste", choices=("demarrer", "arreter", "effacer", "etat"))

    def handle(self, *args: object, **options: str) -> None:
        try:
            self._executer(options["geste"])
        except services_locaux.ErreurServices as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write("en service" if services_locaux.en_service() else "à l’arrêt")
        self.stdout.write(services_locaux.adresse_postgresql())
        self.stdout.write(services_locaux.adresse_valkey())

    def _executer(self, geste: str) -> None:
        if geste == "demarrer":
            services_locaux.demarrer()
        elif geste == "arreter":
            services_locaux.arreter()
        elif geste == "effacer":
            services_locaux.effacer()
