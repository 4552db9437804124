"""Les parties au contrat : porteur, signataires, partenaires."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer
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
