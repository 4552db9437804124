"""Faire un lot en une ligne, et regarder les fiches."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from contrats.lots import Demande
from contrats.models import Action, Lot
from contrats.services import masse
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.valeurs_lot import actuelles, lire_fiches
from tests.appuis.pages import lire

TOUS_LES_CHAMPS = (
    "statut", "statut_raison", "statut_est_impose", "priorite", "pilote", "pilote_personne",
    "pilote_nom", "date_debut", "date_fin", "est_publique", "themes", "sous_themes",
    "populations", *ROLE_DU_LIEN,
)  # fmt: skip


def prevoir(actions: Iterable[Action], demande: Demande, par: Any, **options: Any) -> Lot:
    """Le lot relu, pas encore écrit."""
    actions = list(actions)
    cles = [action.pk for action in actions]
    lot = masse.choisir(
        contrat=actions[0].contrat, fiches=[str(pk) for pk in cles], par=par, **options
    )
    return masse.preparer(lot=lot, pks=cles, demande=demande, par=par)


def ecrire(actions: Iterable[Action], demande: Demande, par: Any, **options: Any) -> Lot:
    lot = prevoir(actions, demande, par, **options)
    masse.appliquer(lot=lot, par=par)
    lot.refresh_from_db()
    return lot


def annuler(lot: Lot, par: Any) -> Lot:
    masse.annuler(lot=lot, par=par)
    lot.refresh_from_db()
    return lot


def etats(lot: Lot) -> list[str]:
    return list(lot.lignes.order_by("rang").values_list("etat", flat=True))


def motifs(lot: Lot) -> list[str]:
    return list(lot.lignes.order_by("rang").values_list("motif", flat=True))


def photo(actions: Iterable[Action]) -> dict[Any, dict[str, Any]]:
    """L’état de chaque fiche, listes comprises."""
    lues = lire_fiches([action.pk for action in actions], TOUS_LES_CHAMPS)
    return {pk: actuelles(action, TOUS_LES_CHAMPS) for pk, action in lues.items()}


# Dans les pages --------------------------------------------------------------------------------


def dire(client, lot, **reponses):
    return client.post(reverse("contrats:lot_modifier", args=[lot.pk]), reponses)


def appliquer(client, lot):
    reponse = client.post(reverse("contrats:lot_appliquer", args=[lot.pk]))
    assert reponse.status_code == 303
    lot.refresh_from_db()
    return lire(client, reponse.url)
