from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cls_platform.demo.affichage import duree
from cls_platform.demo.chargement.ensemble import RapportDemo, charger_demo
from cls_platform.socle.erreurs import ErreurMetier


class Command(BaseCommand):
    help = "Charge les comptes et les contrats de démonstration. Relançable ; jamais en production."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = charger_demo(dire=self.stdout.write)
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(en_texte(rapport))


def en_texte(rapport: RapportDemo) -> str:
    return (
        f"{rapport.contrats_ajoutes} contrats et {rapport.comptes_ajoutes} comptes ajoutés, "
        f"{rapport.contrats_presents} contrats déjà là, en {duree(rapport.duree)}"
    )
