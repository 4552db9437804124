import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from acteurs.fichiers_territoires import DOSSIER
from acteurs.services.territoires import RapportTerritoires, charger_territoires
from cls_platform.socle.erreurs import ErreurMetier


class Command(BaseCommand):
    help = "Charge régions, départements, intercommunalités, communes et ARS. Relançable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", type=Path, default=DOSSIER, help="fichiers à charger")
        parser.add_argument("--json", action="store_true", help="rapport en JSON")
        parser.add_argument(
            "--accepter-fermetures",
            action="store_true",
            help="admet qu’une édition ferme plus d’un territoire sur vingt",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        debut = time.perf_counter()
        try:
            rapport = charger_territoires(
                dossier=options["dossier"], accepter_fermetures=options["accepter_fermetures"]
            )
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        duree = round(time.perf_counter() - debut, 2)
        self.stdout.write(en_json(rapport, duree) if options["json"] else en_texte(rapport, duree))


def en_json(rapport: RapportTerritoires, duree: float) -> str:
    valeurs = asdict(rapport) | {"lignes_changees": rapport.lignes_changees, "duree_s": duree}
    return json.dumps(valeurs, ensure_ascii=False, indent=2, default=str)


def en_texte(rapport: RapportTerritoires, duree: float) -> str:
    return "\n".join(_lignes(rapport, duree))


def _lignes(rapport: RapportTerritoires, duree: float) -> Iterator[str]:
    edition, ars = rapport.edition, rapport.ars
    yield (
        f"Code officiel géographique {edition.annee_cog}, "
        f"population municipale {edition.millesime_population}"
    )
    for table in rapport.tables.values():
        yield (
            f"  {_nombre(table.actuelles)} {table.libelle} : {_nombre(table.ajoutees)} ajoutées, "
            f"{_nombre(table.modifiees)} modifiées, {_nombre(table.closes)} closes, "
            f"{_nombre(table.inchangees)} inchangées"
        )
    yield (
        f"  {ars.ajoutees + ars.inchangees} agences régionales de santé : "
        f"{ars.ajoutees} ajoutées, {ars.departements_rattaches} départements rattachés"
    )
    yield (
        f"  {_nombre(rapport.population)} habitants ; "
        f"{rapport.communes_sans_epci} communes sans intercommunalité, "
        f"{rapport.communes_sans_habitant} sans habitant"
    )
    yield f"{_nombre(rapport.lignes_changees)} lignes changées en {duree} s"


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")
