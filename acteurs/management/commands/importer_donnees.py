"""Charge un zonage ou des données de contexte ; imprime ce qui change, ou les lignes refusées."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from acteurs.import_donnees.contexte import ChoixContexte
from acteurs.import_donnees.lignes_contexte import Defauts
from acteurs.import_donnees.rapport import RapportDonnees
from acteurs.import_donnees.zonage import ChoixZonage
from acteurs.management.choix import auteur
from acteurs.models import NiveauTerritoire, Region, TypeZonage
from acteurs.services.donnees import importer_contexte, importer_zonage
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.tableur.remarques import Remarque
from cls_platform.socle.typographie import pluriel

ZONAGE, CONTEXTE = "zonage", "contexte"


class Command(BaseCommand):
    help = "Charge un zonage ou des données de contexte depuis un fichier .csv, .xlsx ou .ods."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--type", choices=[ZONAGE, CONTEXTE], required=True)
        parser.add_argument("--source", default="", help="qui publie ces données")
        parser.add_argument("--region", default="", help="code de la région ; vide : la France")
        parser.add_argument("--zonage", default="", help="code du type de zonage, comme QPV")
        parser.add_argument("--millesime", default="", help="zonage : son millésime")
        parser.add_argument("--date-effet", type=date.fromisoformat, help="zonage : AAAA-MM-JJ")
        parser.add_argument("--indicateur", default="", help="contexte : C01 à C25")
        parser.add_argument("--niveau", choices=NiveauTerritoire.values, default="")
        parser.add_argument("--annee", type=int, help="contexte : l’année décrite")
        parser.add_argument("--publiee-le", type=date.fromisoformat, help="contexte : AAAA-MM-JJ")
        parser.add_argument("--simulation", action="store_true", help="ne rien écrire")
        parser.add_argument("--lignes-justes", action="store_true", help="écrire malgré les refus")
        parser.add_argument("--remplacer", action="store_true", help="remplacer un millésime")
        parser.add_argument("--json", action="store_true", help="le rapport en JSON")
        parser.add_argument("--par", default="", help="courriel de qui charge")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = _importer(options)
        except (ErreurMetier, OSError) as erreur:
            rapport = _refus(erreur, options["type"])
        if options["json"]:
            self.stdout.write(json.dumps(rapport.vers_json(), ensure_ascii=False, indent=2))
        else:
            self._raconter(rapport, simule=options["simulation"])
        if rapport.erreurs and not rapport.est_ecrit:
            raise SystemExit(1)

    def _raconter(self, rapport: RapportDonnees, *, simule: bool) -> None:
        for erreur in rapport.erreurs:
            self.stderr.write(str(erreur))
        for avis in rapport.avis:
            self.stdout.write(f"À savoir : {avis}")
        if rapport.colonnes_inconnues:
            inconnues = ", ".join(rapport.colonnes_inconnues)
            self.stdout.write(f"Colonnes laissées de côté : {inconnues}.")
        for edition in rapport.editions:
            self.stdout.write(
                f"{edition.libelle}, {edition.millesime} : {edition.mot.lower()}, "
                f"{pluriel(edition.territoires, 'territoire')} sur {edition.attendus}"
            )
        self.stdout.write(
            f"{pluriel(len(rapport.reprises), 'ligne reprise', 'lignes reprises')}, "
            f"{pluriel(rapport.refusees, 'refusée')}. " + _conclusion(rapport, simule=simule)
        )


def _conclusion(rapport: RapportDonnees, *, simule: bool) -> str:
    if rapport.est_ecrit:
        return "C’est écrit."
    if simule:
        return "Simulation : rien n’est écrit."
    return "Rien n’est écrit." if rapport.erreurs else "Rien ne change."


def _importer(options: dict[str, Any]) -> RapportDonnees:
    fichier: Path = options["fichier"]
    communs: dict[str, Any] = {
        "contenu": fichier.read_bytes(),
        "nom": fichier.name,
        "par": auteur(options["par"]),
        "simuler": options["simulation"],
        "lignes_justes": options["lignes_justes"],
        "remplacer": options["remplacer"],
    }
    if options["type"] == ZONAGE:
        return importer_zonage(choix=_zonage(options), **communs)
    return importer_contexte(choix=_contexte(options), le=timezone.localdate(), **communs)


def _zonage(options: dict[str, Any]) -> ChoixZonage:
    """Lève CommandError s’il manque de quoi nommer le millésime."""
    for nom in ("zonage", "millesime", "date_effet", "source"):
        if not options[nom]:
            raise CommandError(f"Un zonage demande --{nom.replace('_', '-')}.")
    type_zonage = TypeZonage.objects.filter(pk=options["zonage"]).first()
    if type_zonage is None:
        connus = ", ".join(TypeZonage.objects.tries().values_list("pk", flat=True))
        raise CommandError(f"Il n’y a pas de zonage « {options['zonage']} ». Il y a : {connus}.")
    return ChoixZonage(
        type=type_zonage,
        millesime=options["millesime"],
        date_effet=options["date_effet"],
        source=options["source"],
        region=_region(options["region"]),
    )


def _region(code: str) -> str | None:
    if code and not Region.objects.filter(pk=code).exists():
        raise CommandError(f"Il n’y a pas de région « {code} ».")
    return code or None


def _contexte(options: dict[str, Any]) -> ChoixContexte:
    return ChoixContexte(
        defauts=Defauts(
            indicateur=options["indicateur"],
            niveau=options["niveau"],
            annee=options["annee"],
            source=options["source"],
        ),
        region=_region(options["region"]),
        publiee_le=options["publiee_le"],
    )


def _refus(erreur: Exception, genre: str) -> RapportDonnees:
    """Un fichier illisible : un rapport de la même forme, avec sa seule erreur."""
    message = (
        erreur.message if isinstance(erreur, ErreurMetier) else f"Fichier illisible : {erreur}"
    )
    return RapportDonnees(genre=genre, erreurs=[Remarque(0, "", "", message)])
