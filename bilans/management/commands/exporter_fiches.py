"""Écrit les fiches d’un contrat dans un document PDF ou Word, selon l’extension."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bilans.dossier.sections import (
    SUR_DEMANDE,
    FormatDossier,
    Reglages,
    SectionFiche,
    reglages,
)
from bilans.services.dossier import produire
from cls_platform.socle.erreurs import ErreurMetier
from contrats.management.choix import contrat_designe
from contrats.models import Contrat

PAR_DEFAUT = [s.value for s in SectionFiche if s not in SUR_DEMANDE]


class Command(BaseCommand):
    help = "Écrit les fiches d’un contrat dans un fichier .pdf ou .docx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contrat", help="identifiant ou nom d’adresse du contrat")
        parser.add_argument("fichier", type=Path)
        parser.add_argument(
            "--sections", default="", help=f"parmi {', '.join(SectionFiche.values)}"
        )
        parser.add_argument("--fiches", default="", help="numéros des fiches : 1.1,1.2")
        parser.add_argument("--sans-couverture", action="store_true")
        parser.add_argument("--vides", action="store_true", help="écrire « à compléter »")
        parser.add_argument("--a-la-suite", action="store_true", help="sans saut de page")

    def handle(self, *args: Any, **options: Any) -> None:
        contrat = contrat_designe(options["contrat"])
        fichier: Path = options["fichier"]
        extension = fichier.suffix.removeprefix(".").upper()
        if extension not in FormatDossier.values:
            raise CommandError("Le fichier s’appelle .pdf ou .docx.")
        try:
            produit = produire(
                contrat=contrat,
                actions=_actions(contrat, _mots(options["fiches"])),
                format_=extension,
                reglages=_reglages(options),
                le=timezone.localdate(),
            )
            fichier.write_bytes(produit.octets)
        except ErreurMetier as erreur:
            raise CommandError(erreur.message) from erreur
        except OSError as erreur:
            raise CommandError(f"Le fichier ne peut pas être écrit : {erreur}.") from erreur
        self.stdout.write(f"{fichier.name} est écrit.")


def _mots(texte: str) -> list[str]:
    return [mot.strip() for mot in texte.split(",") if mot.strip()]


def _actions(contrat: Contrat, numeros: list[str]) -> Any:
    """Toutes, ou celles de ces numéros. Lève CommandError."""
    if not numeros:
        return contrat.actions.all()
    choisies = contrat.actions.filter(numero__in=numeros)
    inconnus = sorted(set(numeros) - set(choisies.values_list("numero", flat=True)))
    if inconnus:
        raise CommandError(f"Aucune fiche ne porte le numéro {', '.join(inconnus)}.")
    return choisies


def _reglages(options: dict[str, Any]) -> Reglages:
    """Lève CommandError."""
    sections = [mot.upper() for mot in _mots(options["sections"])] or PAR_DEFAUT
    if inconnues := sorted(set(sections) - set(SectionFiche.values)):
        raise CommandError(
            f"Section inconnue : {', '.join(inconnues)}. "
            f"Les sections sont : {', '.join(SectionFiche.values)}."
        )
    ensemble = not options["sans_couverture"]
    return reglages(
        sections,
        couverture=ensemble,
        sommaire=ensemble,
        vides=options["vides"],
        une_par_page=not options["a_la_suite"],
    )
