"""Charge la démonstration, contrat par contrat ; ce qui est déjà là n’est pas touché."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from acteurs.models import Commune, TypeActeur, TypeZonage, Utilisateur
from cls_platform.demo.chargement import (
    argent,
    beneficiaires,
    bilans,
    calculs,
    campagnes,
    chaine,
    comptes,
    contrats,
    contributions,
    definitions,
    fiches,
    gouvernance,
    habitants,
    langage,
    mesures,
    objectifs_regionaux,
    partages,
    recits,
    regions,
    relectures,
    trajectoires,
    zonages,
)
from cls_platform.demo.chargement.lecture import (
    DOSSIER,
    Donnees,
    lire_argent,
    lire_beneficiaires,
    lire_chaine,
    lire_comptes,
    lire_contrats,
    lire_contributions,
    lire_fiches,
    lire_objectifs_regionaux,
    lire_partages,
)
from cls_platform.demo.chargement.liens import nees_avec
from cls_platform.demo.chargement.organisations import organisation
from cls_platform.demo.chargement.plans import ChargeurDePlan
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Contrat, Theme
from indicateurs.models import IndicateurModele


@dataclass(frozen=True, slots=True)
class RapportDemo:
    comptes_ajoutes: int
    contrats_ajoutes: int
    contrats_presents: int
    duree: float


def charger_demo(
    *, dossier: Path = DOSSIER, dire: Callable[[str], object] = lambda _: None
) -> RapportDemo:
    """Ajoute les comptes et les contrats qui manquent ; relancer ne change rien.

    Un contrat est chargé en entier ou pas du tout. Lève ErreurMetier en production, ou quand les
    territoires et les nomenclatures ne sont pas là.
    """
    depart = time.perf_counter()
    _exiger_demo_permise()
    _exiger_references()
    donnees = lire_comptes(dossier)
    ajoutes = comptes.charger_comptes(donnees)
    par = comptes.auteur(donnees)
    definitions.charger_catalogues_regionaux(dossier)
    lus = lire_contrats(dossier)
    presents = set(Contrat.objects.values_list("slug", flat=True))
    nouveaux = [contrat for contrat in lus if contrat["slug"] not in presents]
    for rang, contrat in enumerate(nouveaux, start=1):
        dire(f"{rang}/{len(nouveaux)}  {_charger_contrat(contrat, par=par, dossier=dossier)}")
    slugs = {contrat["slug"] for contrat in nouveaux}
    partages.charger_partages(lire_partages(dossier), nouveaux=slugs, par=par)
    regionaux = lire_objectifs_regionaux(dossier)
    objectifs_regionaux.charger_objectifs_regionaux(regionaux, nouveaux=slugs)
    zonages.charger_zonages(dossier, par=par)
    recits.charger_contexte(dossier, le=timezone.localdate(), par=par)
    regions.charger_regions(dossier, par=par)
    campagnes.charger_campagnes(dossier, par=par)
    relectures.charger_relectures(dossier, par=par)
    langage.charger_langage(dossier, par=par)
    return RapportDemo(
        comptes_ajoutes=ajoutes,
        contrats_ajoutes=len(nouveaux),
        contrats_presents=len(lus) - len(nouveaux),
        duree=time.perf_counter() - depart,
    )


@transaction.atomic
def _charger_contrat(donnees: Donnees, *, par: Utilisateur, dossier: Path) -> str:
    """Écrit le contrat ; rend la ligne qui dit ce qu’il contient."""
    organisations = {cle: organisation(d) for cle, d in donnees["structures"].items()}
    contrat = contrats.creer_contrat(donnees, organisations=organisations, par=par)
    par = contrats.coordination(contrat) or par
    arretes = [b["arrete_le"] for b in donnees["bilans"] if b["statut"] == "PUBLIE"]
    premier = min(arretes, default=date.max)
    plan = ChargeurDePlan(contrat, donnees, organisations, par, jusqua=premier)
    actions = plan.charger()
    valeurs = mesures.charger_indicateurs(donnees, contrat=contrat, actions=actions, par=par)
    fiches.charger_fiches(
        lire_fiches(donnees["slug"], dossier), contrat=contrat, actions=actions, par=par
    )
    montants = lire_argent(donnees["slug"], dossier)
    argent.charger_argent(montants, actions=actions, organisations=organisations, par=par)
    beneficiaires.charger_beneficiaires(
        lire_beneficiaires(donnees["slug"], dossier), actions=actions, par=par
    )
    gouvernance.charger_gouvernance(contrat, organisations=organisations, par=par, dossier=dossier)
    for bilan in donnees["bilans"]:
        plan.avancer(bilan.get("arrete_le", plan.jusqua))
        _charger_bilan(bilan, contrat=contrat, par=par)
    plan.poursuivre()
    nees_avec(action.pk for action in actions.values())
    contributions.charger_contributions(
        lire_contributions(donnees["slug"], dossier),
        contrat=contrat,
        actions=actions,
        organisations=organisations,
        par=par,
    )
    chaine.charger_chaine(
        lire_chaine(donnees["slug"], dossier), contrat=contrat, actions=actions, par=par
    )
    calculs.charger_calculs(contrat, par=par, dossier=dossier)
    definitions.charger_definitions(contrat, par=par, dossier=dossier)
    recits.charger_recits(contrat, actions=actions, par=par, dossier=dossier)
    trajectoires.charger_trajectoires(contrat, par=par, dossier=dossier)
    habitants.charger_habitants(contrat, actions=actions, par=par, dossier=dossier)
    return (
        f"{contrat.nom} : {contrat.perimetres.ouvertes().count()} communes, "
        f"{len(actions)} actions, {valeurs} valeurs"
    )


def _charger_bilan(donnees: Donnees, *, contrat: Contrat, par: Utilisateur) -> None:
    bilan = bilans.rediger(donnees, contrat=contrat, par=par)
    if donnees["statut"] == "PUBLIE":
        bilans.publier_alors(
            bilan, arrete_le=donnees["arrete_le"], publie_le=donnees["publie_le"], par=par
        )
        bilans.suites(donnees, bilan, par)


def _exiger_demo_permise() -> None:
    if not settings.DEMO_AUTORISEE:
        raise ErreurMetier(
            "La démonstration ne se charge pas en production : ses comptes ont un mot de passe "
            "connu de tous. Pour une plateforme d’essai, réglez DEMO_AUTORISEE=true."
        )


def _exiger_references() -> None:
    if not Commune.objects.exists():
        raise ErreurMetier(
            "Les territoires ne sont pas chargés. Lancez « manage.py charger_territoires », puis "
            "recommencez."
        )
    if not all(m.objects.exists() for m in (TypeActeur, TypeZonage, Theme, IndicateurModele)):
        raise ErreurMetier(
            "Les nomenclatures ne sont pas chargées. Lancez « manage.py charger_nomenclatures », "
            "puis recommencez."
        )
