"""La démonstration entière, de la base vide au bilan en PDF."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import yaml
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from cls_platform.demo import lanceur
from cls_platform.demo.affichage import ErreurDemo, Progression, dire, etape
from cls_platform.demo.systeme import ADRESSE_LOCALE, exiger_port
from cls_platform.socle import services_locaux

COMPTES = Path(__file__).parents[2] / "donnees" / "comptes.yaml"
# Feuilles et scripts de bibliothèques dont aucune page ne se sert.
INUTILES = ["rest_framework"]
PREPARATION: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Tables de la base", "migrate", {"interactive": False}),
    ("Nomenclatures", "charger_nomenclatures", {}),
    ("Territoires de toute la France", "charger_territoires", {}),
    ("Contrats de démonstration", "charger_demo", {}),
    ("Fichiers du site", "collectstatic", {"interactive": False, "ignore_patterns": INUTILES}),
)


class Command(BaseCommand):
    help = "Démarre la démonstration ; Ctrl-C arrête tout ce qu’elle a démarré."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, **options: int) -> None:
        try:
            demontrer(options["port"])
        except KeyboardInterrupt:
            dire("\nArrêté. Les données restent : « make demo » les retrouvera.")
        except OperationalError as erreur:
            sys.exit(f"\nLa base de données ne répond pas : {erreur}")
        except (ErreurDemo, services_locaux.ErreurServices, CommandError) as erreur:
            sys.exit(f"\n{erreur}")


def demontrer(port: int) -> None:
    exiger_port(port)
    adresse = f"http://localhost:{port}"
    os.environ.setdefault("ADRESSE_PUBLIQUE", adresse)
    journaux = services_locaux.dossier_de_travail() / "journaux"
    with ExitStack() as pile:
        with etape("Feuilles de style et polices"):
            executer("construire_vendor")
        with etape("PostgreSQL et Valkey"):
            pile.enter_context(services_locaux.bail())
        for titre, commande, options in PREPARATION:
            with etape(titre):
                executer(commande, **options)
        connection.close()
        with etape("Serveur web, travailleur et battement"):
            programmes = pile.enter_context(lanceur.en_marche(port, journaux))
            lanceur.attendre_pret(f"http://{ADRESSE_LOCALE}:{port}/sante/pret", programmes)
        with etape("Un bilan en PDF, rendu par le travailleur"):
            pdf = executer("demander_bilan_demo")
        presenter(adresse, pdf, journaux)
        lanceur.surveiller(programmes, jusqua=lambda: False)


def executer(commande: str, **options: object) -> str:
    """Ce que la commande a écrit ; sa dernière ligne paraît pendant qu'elle travaille."""
    sortie = Progression()
    call_command(commande, stdout=sortie, no_color=True, **options)
    return sortie.getvalue().strip()


def presenter(adresse: str, pdf: str, journaux: Path) -> None:
    contenu = yaml.safe_load(COMPTES.read_text())
    largeur = max(len(compte["courriel"]) for compte in contenu["comptes"])
    dire(f"\nLa plateforme est prête : {adresse}\n")
    dire(f"Comptes de démonstration (mot de passe : {contenu['mot_de_passe']})")
    for compte in contenu["comptes"]:
        dire(f"  {compte['courriel']:{largeur}}  {compte['fonction']}")
    dire(f"\nBilan en PDF : {pdf}")
    dire(f"Journaux et courriels : {journaux}")
    dire("Ctrl-C arrête tout ce qui a été démarré ici.")
