"""Ce qui arrive aux actions au fil des ans : changements de statut, notes du journal.

Les passages se déduisent des états rejoués par le plan ; les notes et les raisons sont dans le
fichier, sous `suivi`, par numéro d’action.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.histoires import Etat
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.etats import STATUTS_A_JUSTIFIER, StatutAction
from contrats.models import Action, NoteSuivi, PassageStatut

# Ce que l’on dit d’un arrêt quand le fichier ne dit rien de plus précis
RAISONS: dict[str, str] = {
    StatutAction.BLOQUEE: "Il manque une décision d’un partenaire.",
    StatutAction.REALISEE_PARTIELLEMENT: "Une partie des étapes n’a pas pu se faire à temps.",
    StatutAction.ABANDONNEE: "Le comité de pilotage a choisi d’y renoncer.",
    StatutAction.REPORTEE: "Le comité de pilotage l’a remise à plus tard.",
}


def raison(donnees: Donnees, numero: str, statut: str) -> str:
    """Pourquoi ce statut ; vide quand il va de soi."""
    if statut not in STATUTS_A_JUSTIFIER:
        return ""
    return donnees.get("suivi", {}).get(numero, {}).get("raison", RAISONS[statut])


def charger_passages(
    donnees: Donnees,
    *,
    actions: Mapping[str, Action],
    histoires: Mapping[str, list[Etat]],
    moment: Any,
    par: Utilisateur,
) -> None:
    """Un passage par état, daté du jour où il a été noté."""
    PassageStatut.objects.bulk_create(
        PassageStatut(
            action=actions[numero],
            de=avant.statut if avant else "",
            vers=etat.statut,
            le=moment(etat.le),
            par=par,
            raison=raison(donnees, numero, etat.statut),
        )
        for numero, etats in histoires.items()
        for avant, etat in zip([None, *etats], etats, strict=False)
    )


def charger_notes(
    donnees: Donnees, *, actions: Mapping[str, Action], moment: Any, par: Utilisateur
) -> None:
    """Chaque note est écrite deux jours après ce qu’elle raconte."""
    NoteSuivi.objects.bulk_create(
        NoteSuivi(
            action=actions[numero],
            **_valeurs(note),
            cree_le=moment(_ecrite(note["date"])),
            modifie_le=moment(_ecrite(note["date"])),
            modifie_par=par,
            modifie_via=VIA,
        )
        for numero, suivi in donnees.get("suivi", {}).items()
        for note in suivi.get("notes", ())
    )


def _valeurs(note: Donnees) -> Donnees:
    return {"date_note": note["date"], **{c: v for c, v in note.items() if c != "date"}}


def _ecrite(jour: date) -> date:
    return jour + timedelta(days=2)
