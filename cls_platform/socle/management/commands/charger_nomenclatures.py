from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.nomenclatures import charger_nomenclatures


class Command(BaseCommand):
    help = "Charge les listes de vocabulaire livrées ; garde ce que l’opérateur a modifié."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = charger_nomenclatures()
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        for liste in rapport:
            self.stdout.write(
                f"{liste.libelle} : {liste.ajoutees} ajoutées, {liste.modifiees} mises à jour, "
                f"{liste.protegees} gardées telles que modifiées ici, "
                f"{liste.inchangees} inchangées"
            )
