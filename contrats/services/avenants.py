"""Les avenants d’un contrat : les préparer, les signer, les retirer.

Préparer n’engage rien. Signer a ses effets, dans la même transaction : la fin du contrat avance,
les communes entrent et sortent au jour où l’avenant entre en vigueur. Un avenant signé ne se
modifie plus ; le dernier, et lui seul, se retire, ce qui défait ses effets.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.droits import Droit
from acteurs.models import Commune
from acteurs.services.suivi import creer, enregistrer, marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import Avenant, Contrat, EtatAvenant
from contrats.models.avenant import PERIMETRE, PROROGATION
from contrats.permissions import exiger
from contrats.services import effets_avenant as effets

LISTES = ("types", "communes_entrantes", "communes_sortantes")


@transaction.atomic
def preparer_avenant(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Avenant:
    """Lève DonneesRefusees si le contrat n’est pas signé ou si une valeur ne tient pas."""
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    actuel = verrouiller(contrat, version=None)
    _exiger_un_contrat_signe(actuel)
    champs, listes = _separer(valeurs)
    dernier = actuel.avenants.aggregate(n=Max("numero"))["n"] or 0
    avenant = Avenant(contrat=actuel, **{"numero": dernier + 1, **champs})
    _verifier(avenant, listes)
    creer(avenant, par=par, via=via)
    _poser(avenant, listes)
    return avenant


@transaction.atomic
def modifier_avenant(
    *,
    avenant: Avenant,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Avenant:
    """Lève ErreurMetier s’il est signé, ConflitVersion s’il a changé entre-temps."""
    exiger(par, Droit.MODIFIER_CONTRAT, avenant.contrat)
    actuel = verrouiller(avenant, version=version)
    _exiger_en_preparation(actuel)
    champs, listes = _separer(valeurs)
    for nom, valeur in champs.items():
        setattr(actuel, nom, valeur)
    _verifier(actuel, listes)
    ecrit = enregistrer(avenant, valeurs=champs, version=None, par=par, via=via)
    if _poser(ecrit, listes) and ecrit.version == actuel.version:
        marquer(ecrit, par=par, via=via)
    return ecrit


@transaction.atomic
def choisir_communes(
    *,
    avenant: Avenant,
    sens: str,
    ajoutees: Collection[Commune] = (),
    retirees: Collection[str] = (),
    par: Any,
    via: str = "page",
) -> Avenant:
    """Ajoute ou retire des communes à la liste « communes_entrantes » ou « communes_sortantes »."""
    exiger(par, Droit.MODIFIER_CONTRAT, avenant.contrat)
    actuel = verrouiller(avenant, version=None)
    _exiger_en_preparation(actuel)
    liste = getattr(actuel, sens)
    voulues = {c.pk: c for c in [*liste.all(), *ajoutees] if c.pk not in set(retirees)}
    return modifier_avenant(
        avenant=actuel, valeurs={sens: list(voulues.values())}, version=None, par=par, via=via
    )


@transaction.atomic
def signer_avenant(
    *,
    avenant: Avenant,
    date_signature: date,
    date_effet: date | None = None,
    version: int | None = None,
    par: Any,
    via: str = "page",
) -> Avenant:
    """Signe, puis prolonge le contrat et fait entrer et sortir ses communes.

    Sans `date_effet`, celle qui était prévue, sinon le jour de la signature.
    Lève DonneesRefusees ou ErreurMetier : rien n’est alors écrit.
    """
    exiger(par, Droit.MODIFIER_CONTRAT, avenant.contrat)
    contrat = verrouiller(avenant.contrat, version=None)
    actuel = verrouiller(avenant, version=version)
    _exiger_en_preparation(actuel)
    _exiger_un_contrat_signe(contrat)
    effet = date_effet or actuel.date_effet or date_signature
    _refuser_avant_le_contrat(contrat, date_signature)
    _exiger_ce_que_disent_les_types(actuel)
    valeurs: dict[str, Any] = {
        "etat": EtatAvenant.SIGNE,
        "date_signature": date_signature,
        "date_effet": effet,
    }
    if actuel.date_fin_apres:
        effets.refuser_une_prolongation_mal_rangee(contrat, actuel, max(date_signature, effet))
        valeurs["date_fin_avant"] = contrat.date_fin
    signe = enregistrer(actuel, valeurs=valeurs, version=None, par=par, via=via)
    effets.appliquer(avenant=signe, contrat=contrat, par=par, via=via)
    return signe


@transaction.atomic
def retirer_avenant(
    *, avenant: Avenant, version: int | None = None, par: Any, via: str = "page"
) -> None:
    """Efface un avenant en préparation, ou le dernier signé, dont les effets sont défaits.

    Lève ErreurMetier si un avenant signé le suit, ou si le contrat a changé depuis sa signature.
    """
    exiger(par, Droit.MODIFIER_CONTRAT, avenant.contrat)
    contrat = verrouiller(avenant.contrat, version=None)
    actuel = verrouiller(avenant, version=version)
    if actuel.est_signe:
        if contrat.avenants.signes().filter(numero__gt=actuel.numero).exists():
            raise ErreurMetier(
                "Un avenant signé après celui-ci existe : retirez d’abord le plus récent."
            )
        effets.defaire(avenant=actuel, contrat=contrat, par=par, via=via)
    marquer(actuel, par=par, via=via)
    actuel.delete()


def _separer(valeurs: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    listes = {nom: list(valeurs[nom]) for nom in LISTES if nom in valeurs}
    return {nom: v for nom, v in valeurs.items() if nom not in LISTES}, listes


def _poser(avenant: Avenant, listes: Mapping[str, list[Any]]) -> bool:
    """Vrai si une liste a changé."""
    change = False
    for nom, elements in listes.items():
        relation = getattr(avenant, nom)
        if set(relation.values_list("pk", flat=True)) != {e.pk for e in elements}:
            relation.set(elements)
            change = True
    return change


def _verifier(avenant: Avenant, listes: Mapping[str, list[Any]]) -> None:
    """La nouvelle fin vient après l’actuelle ; une commune n’entre et ne sort pas à la fois."""
    fin = avenant.contrat.date_fin
    if avenant.date_fin_apres and fin is None:
        _refuser("date_fin_apres", "Ce contrat n’a pas de fin : écrivez-la avant de la prolonger.")
    if avenant.date_fin_apres and fin and avenant.date_fin_apres <= fin:
        _refuser(
            "date_fin_apres",
            f"Le contrat finit déjà le {fin:%d/%m/%Y} : la nouvelle fin vient après.",
        )
    if _codes(avenant, listes, "communes_entrantes") & _codes(
        avenant, listes, "communes_sortantes"
    ):
        _refuser("communes_sortantes", "Une commune ne peut pas entrer et sortir par le même acte.")


def _codes(avenant: Avenant, listes: Mapping[str, list[Any]], nom: str) -> set[str]:
    """Les communes de la liste, telles qu’elles seront."""
    if nom in listes:
        return {commune.pk for commune in listes[nom]}
    if avenant._state.adding:  # noqa: SLF001  (interface documentée de Django)
        return set()
    return set(getattr(avenant, nom).values_list("pk", flat=True))


def _exiger_un_contrat_signe(contrat: Contrat) -> None:
    if contrat.date_signature is None:
        raise ErreurMetier(
            "Ce contrat n’est pas encore signé : on le modifie directement, sans avenant."
        )


def _exiger_en_preparation(avenant: Avenant) -> None:
    if avenant.est_signe:
        raise ErreurMetier(
            "Cet avenant est signé : il ne se modifie plus. Préparez-en un autre, ou retirez-le."
        )


def _refuser_avant_le_contrat(contrat: Contrat, date_signature: date) -> None:
    if contrat.date_signature and date_signature < contrat.date_signature:
        _refuser(
            "date_signature",
            f"Le contrat a été signé le {contrat.date_signature:%d/%m/%Y} : un avenant se signe "
            "ce jour-là ou après.",
        )


def _exiger_ce_que_disent_les_types(avenant: Avenant) -> None:
    types = set(avenant.types.values_list("pk", flat=True))
    if PROROGATION in types and not avenant.date_fin_apres:
        _refuser("date_fin_apres", "Cet avenant prolonge le contrat : écrivez sa nouvelle fin.")
    change = avenant.communes_entrantes.exists() or avenant.communes_sortantes.exists()
    if PERIMETRE in types and not change:
        _refuser(
            "communes_entrantes",
            "Cet avenant change le périmètre : choisissez les communes qui entrent ou qui sortent.",
        )


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})
