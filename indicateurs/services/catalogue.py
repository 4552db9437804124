"""Prendre des indicateurs au catalogue, en reprendre une définition, tenir celui d’une région."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from acteurs.droits import Droit
from acteurs.permissions import exiger_charger
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import Contrat
from contrats.permissions import exiger
from indicateurs.catalogue import COMPARES
from indicateurs.models import Calcul, Indicateur, IndicateurModele
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur

AUCUN_COCHE = "Cochez au moins un indicateur du catalogue."
INCONNU = "Cet indicateur n’est plus au catalogue. Relisez la liste."
EN_USAGE = (
    "Des contrats suivent cet indicateur\u00a0: il ne s’efface pas. Retirez-le du catalogue, ils "
    "le gardent."
)
AUCUN_CHAMP = "Cochez au moins ce que vous reprenez du catalogue."


@transaction.atomic
def choisir_au_catalogue(
    *, contrat: Contrat, codes: Collection[str], par: Any, via: str = "page"
) -> list[Indicateur]:
    """Ajoute ces indicateurs tels quels ; celui que le contrat suit déjà n’est pas doublé.

    Lève DroitRefuse ou DonneesRefusees (rien de coché, code inconnu ou d’une autre région).
    """
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    if not codes:
        raise DonneesRefusees(AUCUN_COCHE, champs={"codes": [AUCUN_COCHE]})
    Contrat.objects.select_for_update().get(pk=contrat.pk)
    proposes = IndicateurModele.objects.proposes_a(contrat.region_id).in_bulk(list(codes))
    if proposes.keys() != set(codes):
        raise DonneesRefusees(INCONNU, champs={"codes": [INCONNU]})
    suivis = set(contrat.indicateurs.values_list("modele", flat=True))
    pris = set(contrat.indicateurs.values_list("code", flat=True))
    return [
        creer_indicateur(contrat=contrat, valeurs=tel_quel(proposes[code], pris), par=par, via=via)
        for code in dict.fromkeys(codes)
        if code not in suivis
    ]


def tel_quel(modele: IndicateurModele, codes_pris: Collection[str]) -> dict[str, Any]:
    """Ce qu’un indicateur reprend d’un modèle à sa création, son code s’il est libre."""
    code = modele.code if modele.code not in codes_pris and len(modele.code) <= 20 else ""
    calcul = Calcul.PILOTAGE if modele.pilotage else Calcul.SAISIE
    return {"modele": modele, "code": code, "calcul": calcul, "pilotage": modele.pilotage}


def reprendre_du_catalogue(
    *, indicateur: Indicateur, champs: Collection[str], version: int | None, par: Any
) -> Indicateur:
    """Remet ces champs comme au catalogue. Lève DonneesRefusees, DroitRefuse, ConflitVersion."""
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    modele = indicateur.modele
    repris = {nom: getattr(modele, nom) for nom in COMPARES if nom in champs} if modele else {}
    if not repris:
        raise DonneesRefusees(AUCUN_CHAMP)
    return modifier_indicateur(indicateur=indicateur, valeurs=repris, version=version, par=par)


@transaction.atomic
def ajouter_modele(*, region: str, valeurs: Mapping[str, Any], par: Any) -> IndicateurModele:
    """Un indicateur du catalogue de la région ; sans code, il en reçoit un."""
    exiger_charger(par, region)
    siens = IndicateurModele.objects.de_la_region(region)
    code = valeurs.get("code") or _code_libre(region)
    if IndicateurModele.objects.filter(pk=code).exists():
        phrase = f"Le code {code} est déjà au catalogue\u00a0: choisissez-en un autre."
        raise DonneesRefusees(phrase, champs={"code": [phrase]})
    modele = IndicateurModele(
        region_id=region, ordre=900 + siens.count() % 30_000, est_modifie=True
    )
    return _ecrire(modele, {**valeurs, "code": code}, force_insert=True)


@transaction.atomic
def modifier_modele(
    *, modele: IndicateurModele, valeurs: Mapping[str, Any], par: Any
) -> IndicateurModele:
    """Les contrats gardent leur définition ; la page leur dit ce qui diffère."""
    exiger_la_region(modele, par)
    voulues = {nom: v for nom, v in valeurs.items() if nom != "code"}
    return _ecrire(verrouiller_modele(modele), voulues)


@transaction.atomic
def proposer_modele(*, modele: IndicateurModele, est_actif: bool, par: Any) -> None:
    """Retirer du catalogue, ou l’y remettre : qui le suit le garde."""
    exiger_la_region(modele, par)
    _ecrire(verrouiller_modele(modele), {"est_actif": est_actif})


@transaction.atomic
def effacer_modele(*, modele: IndicateurModele, par: Any) -> None:
    """Seulement si aucun contrat ne le suit. Lève ErreurMetier sinon."""
    exiger_la_region(modele, par)
    actuel = verrouiller_modele(modele)
    if actuel.indicateur_set.exists():
        raise ErreurMetier(EN_USAGE)
    actuel.delete()


def exiger_la_region(modele: IndicateurModele, par: Any) -> None:
    """Le catalogue national est à l’administration. Lève DroitRefuse."""
    exiger_charger(par, modele.region_id)


def verrouiller_modele(modele: IndicateurModele) -> IndicateurModele:
    return IndicateurModele.objects.select_for_update(of=("self",)).get(pk=modele.pk)


def _ecrire(modele: IndicateurModele, valeurs: Mapping[str, Any], **options: Any) -> Any:
    for nom, valeur in valeurs.items():
        setattr(modele, nom, valeur)
    try:
        modele.full_clean(validate_unique=False)
    except ValidationError as erreur:
        raise DonneesRefusees.depuis(erreur) from erreur
    modele.save(**options)
    return modele


def _code_libre(region: str) -> str:
    """R53_01, puis le suivant : un code qu’une formule cite sans crochets."""
    debut = f"R{region}_"
    pris = IndicateurModele.objects.filter(pk__startswith=debut).values_list("pk", flat=True)
    rangs = [int(trouve[1]) for code in pris if (trouve := re.fullmatch(rf"{debut}(\d+)", code))]
    return f"{debut}{max(rangs, default=0) + 1:02d}"
