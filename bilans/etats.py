"""Quand : du brouillon à la publication. Une fois publié, un bilan ne change plus.

On ne valide que ce qui a été mis en relecture. Publier sans relecture ni validation reste permis :
les contrôles d’avant la publication le disent, ils ne l’empêchent pas.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from acteurs.droits import Droit


class StatutBilan(TextChoices):
    BROUILLON = "BROUILLON", "Brouillon"
    RELECTURE = "RELECTURE", "En relecture"
    VALIDE = "VALIDE", "Validé en comité de pilotage"
    PUBLIE = "PUBLIE", "Publié"
    ARCHIVE = "ARCHIVE", "Archivé"


class EtatEdition(TextChoices):
    """Ce qu’est devenue une édition publiée. Remplacée, elle reste lisible à son numéro."""

    EN_VIGUEUR = "EN_VIGUEUR", "En vigueur"
    REMPLACEE = "REMPLACEE", "Remplacée"
    RETIREE = "RETIREE", "Retirée du site"


STATUTS_MODIFIABLES = (StatutBilan.BROUILLON, StatutBilan.RELECTURE, StatutBilan.VALIDE)
STATUTS_FIGES = (StatutBilan.PUBLIE, StatutBilan.ARCHIVE)


@dataclass(frozen=True)
class TransitionBilan:
    de: StatutBilan
    vers: StatutBilan
    droit: Droit
    geste: str


TRANSITIONS = (
    TransitionBilan(
        StatutBilan.BROUILLON, StatutBilan.RELECTURE, Droit.REDIGER_BILAN, "Envoyer en relecture"
    ),
    TransitionBilan(
        StatutBilan.RELECTURE, StatutBilan.BROUILLON, Droit.REDIGER_BILAN, "Reprendre l’écriture"
    ),
    TransitionBilan(
        StatutBilan.RELECTURE,
        StatutBilan.VALIDE,
        Droit.PUBLIER_BILAN,
        "Noter la validation du comité de pilotage",
    ),
    TransitionBilan(
        StatutBilan.VALIDE, StatutBilan.BROUILLON, Droit.REDIGER_BILAN, "Reprendre l’écriture"
    ),
    TransitionBilan(
        StatutBilan.VALIDE, StatutBilan.RELECTURE, Droit.REDIGER_BILAN, "Relire de nouveau"
    ),
    TransitionBilan(
        StatutBilan.BROUILLON, StatutBilan.PUBLIE, Droit.PUBLIER_BILAN, "Publier le bilan"
    ),
    TransitionBilan(
        StatutBilan.RELECTURE, StatutBilan.PUBLIE, Droit.PUBLIER_BILAN, "Publier le bilan"
    ),
    TransitionBilan(
        StatutBilan.VALIDE, StatutBilan.PUBLIE, Droit.PUBLIER_BILAN, "Publier le bilan"
    ),
    TransitionBilan(
        StatutBilan.PUBLIE, StatutBilan.ARCHIVE, Droit.PUBLIER_BILAN, "Retirer du site public"
    ),
)


def transition(de: str, vers: str) -> TransitionBilan | None:
    return next((t for t in TRANSITIONS if t.de == de and t.vers == vers), None)


def transitions_depuis(statut: str) -> tuple[TransitionBilan, ...]:
    return tuple(t for t in TRANSITIONS if t.de == statut)
