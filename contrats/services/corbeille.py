"""La corbeille du plan : y mettre une fiche, l’en sortir, l’effacer pour de bon."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from contrats.models import Action
from contrats.permissions import exiger
from contrats.services.documents import effacer_avec
from contrats.services.rangs import charpente_de, ecrire_rangs


@transaction.atomic
def mettre_a_la_corbeille(*, action: Action, version: int | None, par: Any) -> Action:
    """La fiche quitte le plan pour trente jours, avec tout ce qu’elle porte.

    Lève ConflitVersion, DroitRefuse ou ObjetSupprime.
    """
    exiger(par, Droit.MODIFIER_PLAN, action.contrat)
    verrouiller(action.contrat, version=None)
    valeurs = {"corbeille_le": timezone.now(), "corbeille_par": par}
    jetee = enregistrer(
        action, valeurs=valeurs, version=version, par=par, parmi=Action.objects.all()
    )
    ecrire_rangs(charpente=charpente_de(action.contrat), par=par)
    return jetee


@transaction.atomic
def sortir_de_la_corbeille(*, action: Action, par: Any) -> Action:
    """La fiche revient à sa place ; sans son axe ou son objectif s’ils ont été supprimés.

    Déjà sortie, elle reste où elle est. Lève DroitRefuse ou ObjetSupprime.
    """
    exiger(par, Droit.MODIFIER_PLAN, action.contrat)
    verrouiller(action.contrat, version=None)
    valeurs = {"corbeille_le": None, "corbeille_par": None}
    toutes = Action.avec_corbeille.all()
    rendue = enregistrer(action, valeurs=valeurs, version=None, par=par, parmi=toutes)
    ecrire_rangs(charpente=charpente_de(action.contrat), par=par)
    return rendue


@transaction.atomic
def effacer_definitivement(*, action: Action, par: Any) -> None:
    """Efface une fiche de la corbeille, ses étapes, ses notes, ses montants, ses fichiers.

    Une fiche du plan n’est pas concernée : ObjetSupprime si elle a quitté la corbeille.
    """
    exiger(par, Droit.MODIFIER_PLAN, action.contrat)
    _effacer(verrouiller(action, version=None, parmi=Action.avec_corbeille.jetees()))


def vider_la_corbeille(*, le: datetime, par: Any) -> int:
    """Efface, dans tous les contrats, ce qui y est depuis plus de trente jours ; dit combien.

    `par` vaut None : l’échéance décide. Une fiche sortie entre-temps reste.
    """
    effacees = 0
    for action in Action.avec_corbeille.perimees(le).only("pk").order_by("pk"):
        with transaction.atomic():
            encore = Action.avec_corbeille.perimees(le).filter(pk=action.pk)
            if a_effacer := encore.select_for_update(skip_locked=True, of=("self",)).first():
                _effacer(a_effacer)
                effacees += 1
    return effacees


def _effacer(action: Action) -> None:
    effacer_avec(action=action)
    action.delete()
