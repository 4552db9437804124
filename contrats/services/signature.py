"""Les parties au contrat : porteur, signataires, partenaires."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Acteur
from acteurs.services.suivi import creer, enregistrer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat, Partie
from contrats.permissions import exiger


def ajouter_partie(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Partie:
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    return creer(Partie(contrat=contrat, **valeurs), par=par, via=via)


def modifier_partie(
    *, partie: Partie, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Partie:
    exiger(par, Droit.MODIFIER_CONTRAT, partie.contrat)
    return enregistrer(partie, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def retirer_partie(*, partie: Partie, par: Any) -> None:
    exiger(par, Droit.MODIFIER_CONTRAT, partie.contrat)
    partie.delete()


@transaction.atomic
def creer_organisation(*, contrat: Contrat, valeurs: Mapping[str, Any], par: Any) -> Acteur:
    """Inscrit à l’annuaire une organisation que ce contrat est le premier à citer.

    Lève DonneesRefusees : SIREN ou FINESS à la clé fausse.
    """
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    acteur = Acteur(est_demonstration=contrat.est_demonstration, **valeurs)
    try:
        acteur.full_clean()
    except ValidationError as erreur:
        raise DonneesRefusees.depuis(erreur) from erreur
    acteur.save(force_insert=True)
    return acteur
