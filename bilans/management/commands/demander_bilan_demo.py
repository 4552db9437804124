"""Demande le PDF d’un bilan de la démonstration et attend que le processus de fond l’ait fait."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acteurs.models import Utilisateur
from bilans.models import Bilan
from bilans.services.rendu import demander_pdf
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.transport import envoyer


class Command(BaseCommand):
    help = "Demande le PDF du bilan en préparation de la démonstration ; imprime son chemin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--attendre", type=int, default=90, help="secondes au plus")

    def handle(self, *args: Any, **options: Any) -> None:
        bilan = Bilan.objects.en_preparation_de_demonstration()
        if bilan is None:
            raise CommandError(
                "Aucun bilan de démonstration en préparation : charger_demo d’abord."
            )
        if not bilan.a_un_pdf:
            self._faire_rendre(bilan, options["attendre"])
            bilan.refresh_from_db()
        self.stdout.write(str(Path(settings.MEDIA_ROOT) / bilan.chemin))

    def _faire_rendre(self, bilan: Bilan, secondes: int) -> None:
        par = Utilisateur.objects.filter(est_administrateur=True).order_by("cree_le").first()
        travail = demander_pdf(bilan=bilan, par=par)
        envoyer("bilans.rendre", travail.pk)
        for _ in range(secondes * 5):
            travail = Travail.objects.get(pk=travail.pk)
            if travail.est_fini:
                break
            time.sleep(0.2)
        if travail.etat != EtatTravail.FAIT:
            raise CommandError(
                travail.message
                or "Le PDF n’est pas encore fait : le processus de fond tourne-t-il ?"
            )
