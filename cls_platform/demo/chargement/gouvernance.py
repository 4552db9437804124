"""Les instances d’un contrat de démonstration, leurs réunions et leurs décisions.

Une réunion à venir au jour du chargement est prévue : son compte rendu et ses décisions attendent.
"""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from acteurs.models import Acteur, Utilisateur
from cls_platform.demo.chargement.lecture import DOSSIER, VIA, Donnees, lire_gouvernance
from contrats.models import Contrat, EtatPresence, EtatReunion, Instance, Reunion
from contrats.services.decisions import ajouter_decision
from contrats.services.gouvernance import creer_instance
from contrats.services.reunions import prevoir_reunion, rendre_compte

DE_LA_REUNION = ("lieu", "ordre_du_jour", "est_publique")


def charger_gouvernance(
    contrat: Contrat,
    *,
    organisations: Mapping[str, Acteur],
    par: Utilisateur,
    dossier: Path = DOSSIER,
) -> None:
    """Par les services : la démonstration tient les mêmes règles. Sans fichier, rien."""
    for donnees in lire_gouvernance(contrat.slug, dossier):
        valeurs = {
            "nom": donnees["nom"],
            "type_id": donnees["type"],
            "role": donnees["role"],
            "frequence_mois": donnees.get("frequence_mois"),
            "membres": [organisations[cle] for cle in donnees["membres"]],
        }
        instance = creer_instance(contrat=contrat, valeurs=valeurs, par=par, via=VIA)
        for reunion in donnees["reunions"]:
            _charger_reunion(instance, reunion, organisations, par)


def _charger_reunion(
    instance: Instance, donnees: Donnees, organisations: Mapping[str, Acteur], par: Utilisateur
) -> None:
    valeurs: dict[str, Any] = {nom: donnees[nom] for nom in DE_LA_REUNION if nom in donnees}
    valeurs |= {
        "date": donnees["date"],
        "heure": time.fromisoformat(donnees["heure"]),
        "etat": donnees.get("etat", EtatReunion.PREVUE),
    }
    reunion = prevoir_reunion(instance=instance, valeurs=valeurs, par=par, via=VIA)
    if "presents" in donnees and _est_passee(donnees["date"]):
        _raconter(reunion, donnees, organisations, par)


def _est_passee(jour: date) -> bool:
    return jour < timezone.localdate()


def _raconter(
    reunion: Reunion, donnees: Donnees, organisations: Mapping[str, Acteur], par: Utilisateur
) -> None:
    tenue = rendre_compte(
        reunion=reunion,
        valeurs={
            "participants": donnees["participants"],
            "compte_rendu": donnees.get("compte_rendu", ""),
        },
        presences={
            **{organisations[cle].pk: EtatPresence.PRESENT for cle in donnees["presents"]},
            **{organisations[cle].pk: EtatPresence.EXCUSE for cle in donnees["excuses"]},
        },
        version=None,
        par=par,
        via=VIA,
    )
    for decision in donnees.get("decisions", ()):
        valeurs = {**decision, "acteur": organisations[decision["acteur"]]}
        ajouter_decision(reunion=tenue, valeurs=valeurs, par=par, via=VIA)
