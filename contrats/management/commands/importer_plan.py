"""Importe un plan depuis un tableur : tout ou rien ; imprime ce qui a changé, ou les erreurs."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from acteurs.management.choix import auteur
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.tableur.lecture import ouvrir
from contrats.management.choix import contrat_designe
from contrats.models import Contrat
from contrats.services.import_plan import feuille_la_plus_proche, importer_feuille
from contrats.tableur.changements import Changements


class Command(BaseCommand):
    help = "Importe un plan depuis un fichier .xlsx, .ods ou .csv ; tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contrat", help="identifiant ou nom d’adresse du contrat")
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--feuille", default="", help="la feuille à lire")
        parser.add_argument("--simulation", action="store_true", help="ne rien écrire")
        parser.add_argument("--json", action="store_true", help="le rapport en JSON")
        parser.add_argument("--creer-organisations", action="store_true")
        parser.add_argument("--par", default="", help="courriel de qui importe")

    def handle(self, *args: Any, **options: Any) -> None:
        contrat = contrat_designe(options["contrat"])
        try:
            changements = self._importer(contrat, options)
            rapport = changements.vers_json()
        except (ErreurMetier, OSError) as erreur:
            rapport = _refus(erreur, options["feuille"])
            changements = None
        if options["json"]:
            self.stdout.write(json.dumps(rapport, ensure_ascii=False, indent=2))
        elif changements is not None:
            self._raconter(changements, simule=options["simulation"])
        if erreurs := rapport["erreurs"]:
            if not options["json"] and changements is None:
                raise CommandError(erreurs[0]["message"])
            raise SystemExit(1)

    def _importer(self, contrat: Contrat, options: dict[str, Any]) -> Changements:
        fichier: Path = options["fichier"]
        with fichier.open("rb") as contenu:
            classeur = ouvrir(contenu, fichier.name)
            feuille = classeur.lire(options["feuille"] or feuille_la_plus_proche(classeur))
        return importer_feuille(
            contrat=contrat,
            feuille=feuille,
            par=auteur(options["par"]),
            creer_organisations=options["creer_organisations"],
            simuler=options["simulation"],
        )

    def _raconter(self, changements: Changements, *, simule: bool) -> None:
        for erreur in changements.erreurs:
            self.stderr.write(str(erreur))
        for avis in changements.avertissements:
            self.stdout.write(f"À savoir : {avis}.")
        if changements.colonnes_inconnues:
            inconnues = ", ".join(changements.colonnes_inconnues)
            self.stdout.write(f"Colonnes laissées de côté : {inconnues}.")
        for fiche in changements.conflits:
            self.stdout.write(f"Conflit, laissée telle quelle : {fiche.titre}.")
        if changements.erreurs:
            self.stdout.write("Rien n’est importé.")
            return
        verbe = "Serait écrit" if simule else "Écrit"
        self.stdout.write(
            f"{verbe} : {len(changements.creations)} fiches créées, "
            f"{len(changements.modifications)} modifiées, {len(changements.inchangees)} inchangées."
        )


def _refus(erreur: Exception, feuille: str) -> dict[str, Any]:
    """Un fichier illisible : un rapport de la même forme, avec sa seule erreur."""
    message = (
        erreur.message if isinstance(erreur, ErreurMetier) else f"Fichier illisible : {erreur}"
    )
    rapport = Changements(feuille=feuille).vers_json()
    rapport["erreurs"] = [
        {"feuille": feuille, "ligne": 0, "colonne": "", "valeur": "", "message": message}
    ]
    return rapport
