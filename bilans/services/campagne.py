"""Ouvrir une campagne de bilans, changer ses dates, la prolonger, la retirer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Region
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from bilans.campagne.droits import exiger_mener, exiger_mener_la_region
from bilans.models import Campagne
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from cls_platform.socle.typographie import date_longue, pluriel
from contrats.models import Contrat
from contrats.permissions import exiger

RAPPELS_MAX = 6
CHAMPS = ("ouvre_le", "remise_le", "correction_debut", "correction_fin", "rappels", "message")
DEJA_RAPPELEE = (
    "Des rappels sont partis : cette campagne ne se retire plus. Changez plutôt ses dates."
)


def ouvrir_campagne_regionale(
    *, region: Region, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Campagne:
    """Pour tous les contrats de la région. Lève DroitRefuse, ou DonneesRefusees : une par an."""
    exiger_mener_la_region(par, region.pk)
    return _ouvrir(Campagne(region=region), valeurs, par=par, via=via)


def ouvrir_campagne_du_contrat(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Campagne:
    """Ses dates l’emportent sur celles de la région. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.MENER_CAMPAGNE, contrat)
    _verifier_que_le_contrat_court(contrat, valeurs["annee"])
    return _ouvrir(Campagne(contrat=contrat), valeurs, par=par, via=via)


@transaction.atomic
def modifier_campagne(
    *,
    campagne: Campagne,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Campagne:
    """L’année et le territoire ne changent pas. Lève ConflitVersion, DonneesRefusees."""
    exiger_mener(par, campagne)
    actuelle = verrouiller(campagne, version=version)
    propres = {nom: valeurs[nom] for nom in CHAMPS if nom in valeurs}
    _verifier(actuelle.annee, {nom: getattr(actuelle, nom) for nom in CHAMPS} | propres)
    return enregistrer(actuelle, valeurs=propres, version=None, par=par, via=via)


@transaction.atomic
def prolonger_campagne(
    *, campagne: Campagne, remise_le: date, version: int | None, par: Any, via: str = "page"
) -> Campagne:
    """Repousse la remise ; les corrections se décalent d’autant, les rappels repartent.

    Lève ConflitVersion, ou DonneesRefusees si la date n’est pas plus tardive.
    """
    exiger_mener(par, campagne)
    actuelle = verrouiller(campagne, version=version)
    if remise_le <= actuelle.remise_le:
        message = f"Choisissez une date après le {date_longue(actuelle.remise_le)}."
        raise DonneesRefusees(message, champs={"remise_le": [message]})
    decalage = remise_le - actuelle.remise_le
    valeurs: dict[str, Any] = {"remise_le": remise_le}
    for nom in ("correction_debut", "correction_fin"):
        if getattr(actuelle, nom):
            valeurs[nom] = getattr(actuelle, nom) + decalage
    return enregistrer(actuelle, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def retirer_campagne(
    *, campagne: Campagne, version: int | None, par: Any, via: str = "page"
) -> None:
    """Une campagne ouverte par erreur. Les bilans restent. Lève ErreurMetier si elle a rappelé."""
    exiger_mener(par, campagne)
    actuelle = verrouiller(campagne, version=version)
    if actuelle.rappels_partis.exists():
        raise ErreurMetier(DEJA_RAPPELEE)
    supprimer_en_signant(objet=actuelle, version=None, par=par, via=via)


@transaction.atomic
def _ouvrir(campagne: Campagne, valeurs: Mapping[str, Any], *, par: Any, via: str) -> Campagne:
    campagne.annee = valeurs["annee"]
    for nom in CHAMPS:
        if nom in valeurs:
            setattr(campagne, nom, valeurs[nom])
    _verifier(campagne.annee, {nom: getattr(campagne, nom) for nom in CHAMPS})
    return creer(campagne, par=par, via=via)


def _verifier(annee: int, valeurs: Mapping[str, Any]) -> None:
    """Ce que la base ne sait pas dire ; l’ordre des dates, elle le tient."""
    ouvre_le, remise_le, rappels = valeurs["ouvre_le"], valeurs["remise_le"], valeurs["rappels"]
    if ouvre_le.year < annee:
        _refuser("ouvre_le", f"Le bilan {annee} s’écrit à partir du 1ᵉʳ janvier {annee}.")
    if len(rappels) > RAPPELS_MAX:
        _refuser("rappels", f"{RAPPELS_MAX} rappels au plus.")
    duree = (remise_le - ouvre_le).days
    if duree >= 0 and any(jours > duree for jours in rappels):
        _refuser(
            "rappels",
            f"Un rappel partirait avant l’ouverture : la campagne dure {pluriel(duree, 'jour')}.",
        )


def _verifier_que_le_contrat_court(contrat: Contrat, annee: int) -> None:
    debut = contrat.date_debut or contrat.date_signature
    if (debut and annee < debut.year) or (contrat.date_fin and annee > contrat.date_fin.year):
        _refuser("annee", f"Le contrat ne couvre pas l’année {annee}.")


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})
