"""Importe une liste de contrats existants ; imprime ce qui change, ou les lignes refusées."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from acteurs.management.choix import auteur
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.tableur.remarques import Remarque
from cls_platform.socle.typographie import accorder, pluriel
from contrats.import_cls.rapport import RapportCls
from contrats.services.import_cls import importer_liste, lire_liste


class Command(BaseCommand):
    help = "Importe des contrats depuis un fichier .csv, .xlsx ou .ods ; tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--simulation", action="store_true", help="ne rien écrire")
        parser.add_argument("--lignes-justes", action="store_true", help="écrire malgré les refus")
        parser.add_argument("--json", action="store_true", help="le rapport en JSON")
        parser.add_argument("--par", default="", help="courriel de qui importe")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = _importer(options)
        except (ErreurMetier, OSError) as erreur:
            rapport = _refus(erreur)
        if options["json"]:
            self.stdout.write(json.dumps(rapport.vers_json(), ensure_ascii=False, indent=2))
        else:
            self._raconter(rapport, simule=options["simulation"])
        if rapport.erreurs and not rapport.est_ecrit:
            raise SystemExit(1)

    def _raconter(self, rapport: RapportCls, *, simule: bool) -> None:
        for erreur in rapport.erreurs:
            self.stderr.write(str(erreur))
        for avis in rapport.avis:
            self.stdout.write(f"À savoir : {avis}")
        if rapport.colonnes_inconnues:
            inconnues = ", ".join(rapport.colonnes_inconnues)
            self.stdout.write(f"Colonnes laissées de côté : {inconnues}.")
        for ligne in rapport.modifications:
            ecarts = " ; ".join(
                f"{e.champ} : {e.avant or 'vide'} → {e.apres}" for e in ligne.ecarts
            )
            self.stdout.write(f"Ligne {ligne.lu.ligne}, {ligne.lu.code} : {ecarts}")
        fait = "" if rapport.est_ecrit else " Simulation : rien n’est écrit." if simule else ""
        if not fait and not rapport.est_ecrit:
            fait = " Rien n’est écrit." if rapport.erreurs else " Rien ne change."
        self.stdout.write(
            f"{_compte(len(rapport.creations), 'contrat créé')}, "
            f"{_compte(len(rapport.modifications), 'modifié')}, "
            f"{_compte(len(rapport.inchanges), 'inchangé')}, "
            f"{_compte(rapport.refusees, 'ligne refusée')}.{fait}"
        )


def _compte(effectif: int, mots: str) -> str:
    """« 2 contrats créés » : chaque mot s’accorde."""
    return pluriel(effectif, mots, " ".join(accorder(mot) for mot in mots.split()))


def _importer(options: dict[str, Any]) -> RapportCls:
    fichier: Path = options["fichier"]
    return importer_liste(
        table=lire_liste(fichier.read_bytes(), fichier.name),
        le=timezone.localdate(),
        par=auteur(options["par"]),
        simuler=options["simulation"],
        lignes_justes=options["lignes_justes"],
    )


def _refus(erreur: Exception) -> RapportCls:
    """Un fichier illisible : un rapport de la même forme, avec sa seule erreur."""
    message = (
        erreur.message if isinstance(erreur, ErreurMetier) else f"Fichier illisible : {erreur}"
    )
    return RapportCls(erreurs=[Remarque(0, "", "", message)])
