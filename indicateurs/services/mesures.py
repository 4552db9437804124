"""Les seuls écrivains des valeurs des indicateurs."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.models import Action, Contrat
from contrats.permissions import droits_sur, refus
from indicateurs.calcul.facteur import facteur
from indicateurs.models import QUALITES_SANS_VALEUR, Indicateur, Mesure, Qualite
from indicateurs.saisie import NombreIllisible
from indicateurs.saisie_case import quotient

TOUT: tuple[str, str] = ("", "")
CALCULEE = "Les valeurs de cet indicateur sont calculées\u00a0: elles ne se saisissent pas."
CHAMPS = frozenset({"valeur", "numerateur", "denominateur", "qualite", "source", "commentaire"})


def peut_saisir(utilisateur: Any, indicateur: Indicateur) -> bool:
    """Toutes les valeurs du contrat, ou celles des indicateurs liés à ses propres actions."""
    droits = droits_sur(utilisateur, indicateur.contrat)
    if Droit.SAISIR_MESURES in droits:
        return True
    if Droit.SAISIR_SES_MESURES not in droits:
        return False
    return Action.objects.pilotees_par(utilisateur).filter(indicateurs=indicateur).exists()


def saisissables(
    utilisateur: Any,
    contrat: Contrat,
    droits: frozenset[Droit],
    *,
    tous: Collection[UUID] | None = None,
) -> set[UUID]:
    """Les indicateurs du contrat dont la personne peut saisir les valeurs ; une requête au plus.

    `tous` : ceux du contrat, quand la page vient de les lire.
    """
    if tous is not None and Droit.SAISIR_MESURES in droits:
        return set(tous)
    indicateurs = contrat.indicateurs.all()
    if Droit.SAISIR_MESURES not in droits:
        if Droit.SAISIR_SES_MESURES not in droits:
            return set()
        siennes = Action.objects.pilotees_par(utilisateur)
        indicateurs = indicateurs.filter(actions__in=siennes)
    return set(indicateurs.values_list("pk", flat=True))


def exiger_saisie(utilisateur: Any, indicateur: Indicateur) -> None:
    if not peut_saisir(utilisateur, indicateur):
        raise refus_de_saisie(utilisateur, indicateur)


def refus_de_saisie(utilisateur: Any, indicateur: Indicateur) -> DroitRefuse:
    if Droit.SAISIR_SES_MESURES in droits_sur(utilisateur, indicateur.contrat):
        return DroitRefuse("Cet indicateur n’est lié à aucune action dont vous êtes pilote.")
    return refus(Droit.SAISIR_MESURES)


@transaction.atomic
def saisir_mesure(
    *,
    indicateur: Indicateur,
    periode_debut: date,
    periode_fin: date,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
    territoire: tuple[str, str] = TOUT,
) -> Mesure:
    """Crée la valeur de la période, ou la remplace si elle est encore à `version`.

    `version` None ou 0 : la case était vide. `territoire` : (niveau, code) d’une partie du
    contrat. Lève ConflitVersion si quelqu’un l’a remplie ou changée entre-temps, DroitRefuse ou
    DonneesRefusees.
    """
    exiger_saisie(par, indicateur)
    champs = _completer(indicateur, valeurs)
    niveau, code = territoire
    verrou = Indicateur.objects.select_for_update(of=("self",)).get(pk=indicateur.pk)
    memes = verrou.mesures.filter(periode_debut=periode_debut, periode_fin=periode_fin)
    mesure = memes.filter(code_territoire=code).first()
    if mesure is None:
        if version:
            raise DonneesRefusees(
                "Cette valeur a été effacée entre-temps. Saisissez-la de nouveau."
            )
        nouvelle = Mesure(
            indicateur=indicateur,
            periode_debut=periode_debut,
            periode_fin=periode_fin,
            niveau_territoire=niveau,
            code_territoire=code,
            **champs,
        )
        return creer(nouvelle, par=par, via=via)
    if not version:
        raise ConflitVersion(mesure)
    return enregistrer(mesure, valeurs=champs, version=version, par=par, via=via)


def saisir_annee(
    *,
    indicateur: Indicateur,
    annee: int,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Mesure:
    """La valeur d’une année civile entière."""
    return saisir_mesure(
        indicateur=indicateur,
        periode_debut=date(annee, 1, 1),
        periode_fin=date(annee, 12, 31),
        valeurs=valeurs,
        version=version,
        par=par,
        via=via,
    )


@transaction.atomic
def effacer_mesure(*, mesure: Mesure, version: int, par: Any, via: str = "page") -> None:
    """Vide la case et sa répartition ; l’historique garde tout et dit qui. Lève ConflitVersion."""
    exiger_saisie(par, mesure.indicateur)
    supprimer_en_signant(objet=mesure, version=version, par=par, via=via)


def _completer(indicateur: Indicateur, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Écarte les champs inconnus et calcule la valeur d’un rapport, dans son unité."""
    if not indicateur.est_saisi:
        raise DonneesRefusees(CALCULEE)
    if inconnus := valeurs.keys() - CHAMPS:
        raise DonneesRefusees(f"Ces champs ne se saisissent pas : {', '.join(sorted(inconnus))}.")
    champs = dict(valeurs)
    if champs.get("qualite", Qualite.DEFINITIVE) in QUALITES_SANS_VALEUR:
        return champs | {"valeur": None, "numerateur": None, "denominateur": None}
    if indicateur.est_ratio and champs.get("denominateur") is not None:
        multiple = facteur(indicateur.unite)
        champs["valeur"] = _rapport(champs.get("numerateur"), champs["denominateur"], multiple)
    if champs.get("valeur") is None:
        raise _valeur_manquante(champs)
    return champs


def _valeur_manquante(champs: Mapping[str, Any]) -> DonneesRefusees:
    if champs.get("numerateur") is not None:
        message = "Donnez aussi le dénominateur."
        return DonneesRefusees(message, champs={"denominateur": [message]})
    message = "Donnez une valeur, ou dites qu’elle est indisponible."
    return DonneesRefusees(message, champs={"valeur": [message]})


def _rapport(numerateur: Decimal | None, denominateur: Decimal, multiple: int = 100) -> Decimal:
    if numerateur is None:
        message = "Donnez aussi le numérateur."
        raise DonneesRefusees(message, champs={"numerateur": [message]})
    try:
        return quotient(numerateur, denominateur, multiple)
    except NombreIllisible as erreur:
        raise DonneesRefusees(str(erreur), champs={"denominateur": [str(erreur)]}) from erreur
