from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cls_platform.demo.affichage import duree
from cls_platform.demo.chargement.ensemble import RapportDemo, charger_demo
from cls_platform.demo.chargement.lecture import DOSSIER
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.typographie import pluriel


class Command(BaseCommand):
    help = "Charge les comptes et les contrats de démonstration. Relançable ; jamais en production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", type=Path, default=DOSSIER, help="fichiers à charger")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = charger_demo(dossier=options["dossier"], dire=self.stdout.write)
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(en_texte(rapport))


def en_texte(rapport: RapportDemo) -> str:
    return (
        f"{pluriel(rapport.contrats_ajoutes, 'contrat')} et "
        f"{pluriel(rapport.comptes_ajoutes, 'compte')} de plus, "
        f"{pluriel(rapport.contrats_presents, 'contrat')} déjà là, en {duree(rapport.duree)}"
    )
