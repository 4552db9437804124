"""La couverture du territoire en ligne de commande : les mêmes lignes que la page et que l’API."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cls_platform.socle import typographie
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.couverture import LigneCouverture, Niveau, Variante
from contrats.couverture_reponse import ReponseCouverture, repondre, territoire_de
from contrats.forms.couverture import LIEUX, QuestionCouverture

ENTETES = ("Code", "Territoire", "Habitants", "Couverts", "Part", "Communes", "Contrats")


class Command(BaseCommand):
    help = "Part de la population couverte par un contrat local de santé, à une date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", default="", help="AAAA-MM-JJ ; aujourd’hui par défaut")
        parser.add_argument("--niveau", default="", help=" | ".join(Niveau.values))
        parser.add_argument("--variante", default="", help=" | ".join(Variante.values))
        parser.add_argument("--region", default="", help="code d’une région")
        parser.add_argument("--departement", default="", help="code d’un département")
        parser.add_argument("--epci", default="", help="SIREN d’une intercommunalité")
        parser.add_argument("--commune", default="", help="code Insee d’une commune")
        parser.add_argument("--json", action="store_true", help="la réponse de l’API")

    def handle(self, *args: Any, **options: Any) -> None:
        noms = ("date", "niveau", "variante", *LIEUX)
        try:
            question = QuestionCouverture({nom: options[nom] for nom in noms}).exiger()
        except DonneesRefusees as erreur:
            raise CommandError(_refus(erreur)) from erreur
        reponse = repondre(**question)
        if options["json"]:
            self.stdout.write(json.dumps(reponse.vers_dict(), ensure_ascii=False, indent=2))
        else:
            self._raconter(reponse)

    def _raconter(self, reponse: ReponseCouverture) -> None:
        comptes = reponse.denominateurs
        self.stdout.write(
            f"Au {typographie.date_longue(reponse.le)}, contrats "
            f"{Variante(reponse.variante).label.lower()}. Population municipale "
            f"{comptes.millesime_population or 'non chargée'}."
        )
        lignes = [ENTETES, *(_cellules(territoire_de(ligne)) for ligne in reponse.lignes)]
        largeurs = [
            max(len(cellule) for cellule in colonne) for colonne in zip(*lignes, strict=True)
        ]
        for ligne in lignes:
            debut = "  ".join(c.ljust(n) for c, n in zip(ligne[:2], largeurs[:2], strict=True))
            suite = "  ".join(c.rjust(n) for c, n in zip(ligne[2:], largeurs[2:], strict=True))
            self.stdout.write(f"{debut}  {suite}")


def _cellules(ligne: LigneCouverture) -> tuple[str, ...]:
    return (
        ligne.code,
        ligne.nom,
        typographie.nombre(ligne.population),
        typographie.nombre(ligne.population_couverte),
        typographie.pourcent(ligne.taux_population),
        f"{ligne.communes_couvertes}/{ligne.communes}",
        str(ligne.contrats),
    )


def _refus(erreur: DonneesRefusees) -> str:
    """Une phrase par option mal écrite, nommée comme on l’a tapée."""
    return "\n".join(f"--{nom} : {phrase}" for nom, v in erreur.champs.items() for phrase in v)
