"""Suivre un territoire : en affecter le référent, le mettre en veille, noter un échange."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.models import Utilisateur
from acteurs.ressort import agents_de
from acteurs.services.suivi import enregistrer
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from contrats.a_faire.cible import Cible, exiger_piloter
from contrats.models import NoteTerritoire, SuiviTerritoire
from contrats.services.fusion import ecrire_en_fusionnant

ANNEES_DE_VEILLE = 2
VIDE = 1


@dataclass(frozen=True, slots=True)
class LigneLaissee:
    nom: str
    raison: str


@dataclass(frozen=True, slots=True)
class Affectees:
    """Ce qu’une affectation en lot a écrit, et ce qu’elle a laissé, avec la raison."""

    faites: int
    laissees: tuple[LigneLaissee, ...]


def ouvrir_suivi(*, cible: Cible, par: Any, via: str = "page") -> SuiviTerritoire:
    """Le suivi du territoire ; neuf et vide, il porte la version 1. Lève DroitRefuse."""
    exiger_piloter(par, cible)
    suivi, _ = SuiviTerritoire.objects.get_or_create(
        **cible.recherche,
        defaults={"region_id": cible.region, "modifie_par": par, "modifie_via": via},
    )
    return suivi


@transaction.atomic
def modifier_suivi(
    *, cible: Cible, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> SuiviTerritoire:
    """`valeurs` : `referent`, `en_veille_jusqu_au`. Lève ConflitVersion ou DonneesRefusees."""
    suivi = ouvrir_suivi(cible=cible, par=par, via=via)
    _verifier(cible, valeurs)
    return enregistrer(suivi, valeurs=valeurs, version=version, par=par, via=via)


def _verifier(cible: Cible, valeurs: Mapping[str, Any]) -> None:
    referent: Utilisateur | None = valeurs.get("referent")
    if referent and not agents_de(frozenset({cible.region})).filter(pk=referent.pk).exists():
        _refuser("referent", "Le référent est un agent de l’agence de cette région.")
    veille: date | None = valeurs.get("en_veille_jusqu_au")
    if veille:
        _verifier_la_veille(veille, timezone.localdate())


def _verifier_la_veille(veille: date, le: date) -> None:
    if veille <= le:
        _refuser("en_veille_jusqu_au", "Choisissez un jour à venir : la ligne y reviendra.")
    if veille > date(le.year + ANNEES_DE_VEILLE, 12, 31):
        _refuser(
            "en_veille_jusqu_au",
            f"Une veille finit au plus tard le 31\u00a0décembre {le.year + ANNEES_DE_VEILLE}.",
        )


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})


@transaction.atomic
def noter(
    *, cible: Cible, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> NoteTerritoire:
    """Ajoute une note datée ; elle ne se réécrit pas. Lève DonneesRefusees ou DroitRefuse."""
    suivi = ouvrir_suivi(cible=cible, par=par, via=via)
    texte = str(valeurs["texte"]).strip()
    if not texte:
        _refuser("texte", "Écrivez ce qui s’est dit.")
    if valeurs["le"] > timezone.localdate():
        _refuser("le", "Ce jour n’est pas encore venu : une note dit ce qui s’est passé.")
    return NoteTerritoire.objects.create(
        suivi=suivi, genre=valeurs["genre"], le=valeurs["le"], texte=texte, par=par
    )


def affecter_en_lot(
    *, lignes: Iterable[tuple[Cible, int]], referent: Utilisateur | None, par: Any
) -> Affectees:
    """Chaque ligne à part : celle qui a un autre référent depuis qu’on l’a lue est laissée."""
    faites, laissees = 0, []
    for cible, version in lignes:
        try:
            _affecter(cible=cible, version=version, referent=referent, par=par)
        except ErreurMetier as erreur:
            laissees.append(LigneLaissee(cible.nom, _raison(erreur)))
        else:
            faites += 1
    return Affectees(faites, tuple(laissees))


def _raison(erreur: ErreurMetier) -> str:
    if not isinstance(erreur, ConflitVersion):
        return erreur.message
    autre = erreur.actuel.modifie_par or "un outil relié"
    return f"changée entre-temps par {autre}"


@transaction.atomic
def _affecter(*, cible: Cible, version: int, referent: Utilisateur | None, par: Any) -> None:
    suivi = ouvrir_suivi(cible=cible, par=par)

    def ecrire(**valeurs: Any) -> SuiviTerritoire:
        return modifier_suivi(cible=cible, **valeurs)

    ecrire_en_fusionnant(
        objet=suivi,
        ecrire=ecrire,
        valeurs={"referent": referent},
        version=max(version, VIDE),
        par=par,
    )
