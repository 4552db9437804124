"""Les vues que l’on garde ; en partager une demande de pouvoir modifier le plan."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from acteurs.droits import Droit
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.models import Contrat, VueEnregistree
from contrats.permissions import exiger

LONGUEUR = 1000


@transaction.atomic
def enregistrer_vue(
    *, contrat: Contrat, valeurs: Mapping[str, Any], parametres: str, par: Any
) -> VueEnregistree:
    """Garde l’adresse du plan sous un nom. Lève DonneesRefusees si le nom est déjà pris."""
    exiger(par, Droit.LIRE_CONTRAT, contrat)
    if len(parametres) > LONGUEUR:
        raise DonneesRefusees("Cette vue a trop de filtres pour être enregistrée. Retirez-en.")
    vue = VueEnregistree(contrat=contrat, proprietaire=par, parametres=parametres)
    return _ecrire(vue, valeurs, par)


@transaction.atomic
def modifier_vue(*, vue: VueEnregistree, valeurs: Mapping[str, Any], par: Any) -> VueEnregistree:
    """Renomme, partage ou cesse de partager ; seulement la sienne."""
    exiger_la_sienne(vue, par)
    return _ecrire(vue, valeurs, par)


def supprimer_vue(*, vue: VueEnregistree, par: Any) -> None:
    exiger_la_sienne(vue, par)
    vue.delete()


def exiger_la_sienne(vue: VueEnregistree, par: Any) -> None:
    exiger(par, Droit.LIRE_CONTRAT, vue.contrat)
    if vue.proprietaire_id != par.pk:
        raise DroitRefuse("Seule la personne qui a enregistré une vue peut la changer.")


def _ecrire(vue: VueEnregistree, valeurs: Mapping[str, Any], par: Any) -> VueEnregistree:
    if valeurs["est_partagee"] and not vue.est_partagee:
        exiger(par, Droit.MODIFIER_PLAN, vue.contrat)
    vue.nom, vue.est_partagee = valeurs["nom"], valeurs["est_partagee"]
    try:
        vue.full_clean()
    except ValidationError as erreur:
        raise DonneesRefusees.depuis(erreur) from erreur
    vue.save()
    return vue
