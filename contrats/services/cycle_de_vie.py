"""Créer un contrat, le décrire, le faire avancer d’une phase à l’autre."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit, Role
from acteurs.services.suivi import creer, enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees, TransitionRefusee
from contrats.etats import PHASES_TERMINEES, Phase, transition
from contrats.models import Contrat, Participation, PassagePhase
from contrats.permissions import exiger, exiger_general
from contrats.services.slugs import base_d_adresse


@transaction.atomic
def creer_contrat(*, valeurs: Mapping[str, Any], le: date, par: Any, via: str = "page") -> Contrat:
    """Crée le contrat, note sa première phase et donne à son auteur le rôle de coordination."""
    exiger_general(par, Droit.CREER_CONTRAT)
    contrat = creer(Contrat(slug=slug_libre(valeurs["nom"]), **valeurs), par=par, via=via)
    PassagePhase.objects.create(contrat=contrat, vers=contrat.phase, date_effet=le, par=par)
    if not par.est_administrateur and not par.affectations.exists():
        Participation.objects.create(
            contrat=contrat, utilisateur=par, role=Role.COORDINATEUR, cree_par=par
        )
    return contrat


def slug_libre(nom: str) -> str:
    """Une adresse lisible (« pays-d-auge ») ; un numéro s’ajoute si elle est prise."""
    base = base_d_adresse(nom)
    pris = set(Contrat.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in pris:
        return base
    rang = 2
    while f"{base}-{rang}" in pris:
        rang += 1
    return f"{base}-{rang}"


def modifier_contrat(
    *,
    contrat: Contrat,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Contrat:
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    return enregistrer(contrat, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def changer_phase(
    *,
    contrat: Contrat,
    vers: str,
    date_effet: date,
    raison: str = "",
    version: int | None = None,
    par: Any,
) -> Contrat:
    """Fait passer le contrat à `vers` ; le passage garde sa date d’effet et sa raison.

    Lève TransitionRefusee si la table ne permet pas ce passage, DonneesRefusees si la raison manque
    ou si la date précède le dernier passage.
    """
    actuel = verrouiller(contrat, version=version)
    passage = transition(actuel.phase, vers)
    if passage is None:
        raise TransitionRefusee(
            f"Un contrat en phase «\u00a0{Phase(actuel.phase).label}\u00a0» ne passe pas "
            f"directement à «\u00a0{Phase(vers).label}\u00a0»."
        )
    exiger(par, passage.droit, actuel)
    if passage.exige_raison and not raison.strip():
        raise DonneesRefusees("Dites pourquoi.", champs={"raison": ["Dites pourquoi."]})
    _apres_le_dernier(actuel, date_effet)
    PassagePhase.objects.create(
        contrat=actuel, de=actuel.phase, vers=vers, date_effet=date_effet, raison=raison, par=par
    )
    valeurs = {"phase": vers, **_fin_anticipee(actuel, vers, date_effet)}
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par)


def _fin_anticipee(contrat: Contrat, vers: str, date_effet: date) -> dict[str, date]:
    """Un contrat signé que l’on arrête avant son terme finit ce jour-là."""
    commence = contrat.date_debut is not None and contrat.date_debut < date_effet
    plus_tot = contrat.date_fin is None or date_effet < contrat.date_fin
    if vers in PHASES_TERMINEES and contrat.date_signature and commence and plus_tot:
        return {"date_fin": date_effet}
    return {}


def _apres_le_dernier(contrat: Contrat, date_effet: date) -> None:
    dernier = contrat.passages.order_by("-date_effet", "-id").first()
    if dernier and date_effet < dernier.date_effet:
        message = (
            f"Le passage précédent date du {dernier.date_effet:%d/%m/%Y} : choisissez une date "
            "égale ou postérieure."
        )
        raise DonneesRefusees(message, champs={"date_effet": [message]})
