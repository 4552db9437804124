"""Écrire les textes d’un bilan, le faire relire."""

from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from bilans.etats import StatutBilan, transition
from bilans.models import Bilan, SectionBilan
from cls_platform.socle.erreurs import ErreurMetier, TransitionRefusee
from contrats.permissions import exiger

GESTES_A_PART = (StatutBilan.VALIDE, StatutBilan.PUBLIE)


@transaction.atomic
def ecrire_section(
    *,
    section: SectionBilan,
    texte: str,
    signature: str = "",
    version: int | None,
    par: Any,
    via: str = "page",
) -> SectionBilan:
    """Lève ConflitVersion, DroitRefuse, ou ErreurMetier si le bilan est publié."""
    exiger(par, Droit.REDIGER_BILAN, section.bilan.contrat)
    if not verrouiller(section.bilan, version=None).est_modifiable:
        raise ErreurMetier("Ce bilan est publié : ouvrez une correction pour le changer.")
    valeurs = {"texte": texte.strip(), "signature": signature.strip()}
    return enregistrer(section, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def changer_statut(*, bilan: Bilan, vers: str, par: Any) -> Bilan:
    """Envoie en relecture, reprend l’écriture, retire. Valider et publier sont d’autres gestes."""
    actuel = verrouiller(bilan, version=None)
    passage = transition(actuel.statut, vers)
    if passage is None or vers in GESTES_A_PART:
        raise TransitionRefusee("Ce bilan ne peut pas passer à cet état.")
    exiger(par, passage.droit, actuel.contrat)
    return enregistrer(actuel, valeurs={"statut": vers}, version=None, par=par)
