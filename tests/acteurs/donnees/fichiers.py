"""Des fichiers de données d’essai : aucun chiffre n’y décrit un vrai territoire."""

from datetime import date
from typing import Any

from acteurs.import_donnees.contexte import ChoixContexte
from acteurs.import_donnees.lignes_contexte import Defauts
from acteurs.import_donnees.rapport import RapportDonnees
from acteurs.import_donnees.zonage import ChoixZonage
from acteurs.models import TypeZonage
from acteurs.services.donnees import importer_contexte, importer_zonage

LE = date(2026, 2, 2)
SOURCE = "Essai, chiffres inventés"


def csv(*lignes: str) -> bytes:
    return "\n".join(lignes).encode()


def charger_zonage(
    contenu: bytes, par: Any, type_zonage: str = "PRIORITAIRE", **options: Any
) -> RapportDonnees:
    choix = ChoixZonage(
        type=TypeZonage.objects.get(pk=type_zonage),
        millesime=options.pop("millesime", "2024"),
        date_effet=options.pop("date_effet", date(2024, 1, 1)),
        source=options.pop("source", SOURCE),
        region=options.pop("region", None),
    )
    nom = options.pop("nom", "zonage.csv")
    return importer_zonage(contenu=contenu, nom=nom, choix=choix, par=par, **options)


def charger_contexte(contenu: bytes, par: Any, **options: Any) -> RapportDonnees:
    defauts = Defauts(
        indicateur=options.pop("indicateur", ""),
        niveau=options.pop("niveau", "commune"),
        annee=options.pop("annee", 2021),
        source=options.pop("source", SOURCE),
    )
    choix = ChoixContexte(defauts, options.pop("region", None), options.pop("publiee_le", None))
    nom, le = options.pop("nom", "donnees.csv"), options.pop("le", LE)
    return importer_contexte(contenu=contenu, nom=nom, choix=choix, le=le, par=par, **options)


def messages(rapport: RapportDonnees) -> list[tuple[int, str, str]]:
    """(ligne, colonne, phrase) de chaque refus."""
    return [(e.ligne, e.colonne, e.message) for e in rapport.erreurs]
