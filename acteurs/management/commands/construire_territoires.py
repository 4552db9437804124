import json
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from acteurs.construction import sources
from acteurs.construction.codes import Ligne, construire_codes, lire_parties
from acteurs.construction.contours import construire_contours
from acteurs.construction.limites import lire_limites
from acteurs.fichiers_territoires import DOSSIER
from acteurs.mailles import cles_des_contours
from acteurs.projections import plan_de
from cls_platform.socle.erreurs import ErreurMetier

# Les cartes de région écrivent le nom de leurs plus grandes communes
POPULATION_D_UNE_VILLE = 5_000


class Command(BaseCommand):
    help = "Fabrique les fichiers de territoires. Mêmes sources, mêmes octets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--decoupage", type=Path, help="dossier de communes.json, epci.json…")
        parser.add_argument("--contours", type=Path, help="limites de communes (.lzma, .geojson)")
        parser.add_argument("--annee", type=int, default=sources.ANNEE_COG, help="édition du COG")
        parser.add_argument(
            "--millesime-population",
            default=sources.MILLESIME_POPULATION,
            help="ce que le produit dira de l’année des populations",
        )
        parser.add_argument("--sortie", type=Path, default=DOSSIER, help="dossier à écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tempfile.TemporaryDirectory() as dossier:
                self._construire(Path(dossier), options)
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur

    def _construire(self, dossier: Path, options: dict[str, Any]) -> None:
        sortie: Path = options["sortie"]
        decoupage = options["decoupage"] or sources.telecharger_decoupage(dossier)
        contours = options["contours"] or sources.telecharger_contours(dossier)
        tables = construire_codes(decoupage, sortie)
        edition = sources.edition(
            annee=options["annee"],
            millesime_population=options["millesime_population"],
            decoupage=decoupage,
        )
        (sortie / "edition.json").write_text(
            json.dumps(edition, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        self.stdout.write(f"{len(tables['communes'])} communes, {len(tables['epci'])} EPCI")
        limites = lire_limites(contours, lire_parties(decoupage))
        communes = tables["communes"]
        construire_contours(
            limites, _appartenances(communes), _villes(communes), sortie / "contours"
        )
        sans = [
            c["code"]
            for c in tables["communes"]
            if c["code"] not in limites.communes and plan_de(c["departement"])
        ]
        self.stdout.write(f"Communes de métropole et des DROM sans contour : {', '.join(sans)}")


def _appartenances(communes: list[Ligne]) -> dict[str, dict[str, str]]:
    niveaux: dict[str, dict[str, str]] = defaultdict(dict)
    for commune in communes:
        niveaux["regions"][commune["code"]] = commune["region"]
        niveaux["departements"][commune["code"]] = commune["departement"]
    return niveaux | {"mailles": cles_des_contours(communes)}


def _villes(communes: list[Ligne]) -> set[str]:
    return {c["code"] for c in communes if int(c["population"] or 0) >= POPULATION_D_UNE_VILLE}
