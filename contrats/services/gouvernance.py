"""Les instances d’un contrat : les créer, les décrire, dire qui y siège, les retirer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer, supprimer_en_signant, verrouiller
from contrats.models import Contrat, Instance
from contrats.permissions import exiger

MEMBRES = "membres"


@transaction.atomic
def creer_instance(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Instance:
    """Une instance de plus, à la suite. Lève DonneesRefusees si son nom est déjà pris."""
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    actuel = verrouiller(contrat, version=None)
    dernier = actuel.instances.aggregate(n=Max("ordre"))["n"] or 0
    champs = {nom: v for nom, v in valeurs.items() if nom != MEMBRES}
    instance = Instance(contrat=actuel, **{"ordre": dernier + 1, **champs})
    creer(instance, par=par, via=via)
    instance.membres.set(valeurs.get(MEMBRES, ()))
    return instance


@transaction.atomic
def modifier_instance(
    *,
    instance: Instance,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Instance:
    """Un changement de ses membres compte une version. Lève ConflitVersion, DonneesRefusees."""
    exiger(par, Droit.MODIFIER_CONTRAT, instance.contrat)
    actuelle = verrouiller(instance, version=version)
    champs = {nom: v for nom, v in valeurs.items() if nom != MEMBRES}
    ecrite = enregistrer(actuelle, valeurs=champs, version=None, par=par, via=via)
    if MEMBRES in valeurs and _changer_les_membres(ecrite, valeurs[MEMBRES]):
        marquer(ecrite, par=par, via=via)
    return ecrite


@transaction.atomic
def retirer_instance(
    *, instance: Instance, version: int | None, par: Any, via: str = "page"
) -> None:
    """Efface l’instance, ses réunions et leurs décisions ; l’historique les garde."""
    exiger(par, Droit.MODIFIER_CONTRAT, instance.contrat)
    supprimer_en_signant(objet=instance, version=version, par=par, via=via)


def _changer_les_membres(instance: Instance, membres: Any) -> bool:
    """Vrai si la liste a changé."""
    if set(instance.membres.values_list("pk", flat=True)) == {membre.pk for membre in membres}:
        return False
    instance.membres.set(membres)
    return True
