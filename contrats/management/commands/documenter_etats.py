"""Écrit docs/etats.md à partir des tables : la documentation ne peut pas mentir."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from contrats.documentation import page_des_etats

DESTINATION = Path(settings.BASE_DIR) / "docs" / "etats.md"


class Command(BaseCommand):
    help = "Écrit docs/etats.md ; avec --verifier, dit seulement s’il est à jour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verifier", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        page = page_des_etats()
        if options["verifier"]:
            if not DESTINATION.exists() or DESTINATION.read_text() != page:
                raise SystemExit("docs/etats.md n’est plus à jour : manage.py documenter_etats")
            return
        DESTINATION.write_text(page)
        self.stdout.write(f"{DESTINATION.name} est à jour.")
