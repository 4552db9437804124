"""Les étapes d’une action : qui s’en charge, pour quand, et ce qu’elles deviennent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Jalon
from contrats.permissions import exiger_sur_action

ANNUELLE_SANS_DATE = "Une étape qui revient tous les ans a besoin d’une échéance."


@transaction.atomic
def ajouter_jalon(
    *, action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Jalon:
    """Ajoute une étape à la fin. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    verrouiller(action, version=None)
    _verifier(valeurs.get("est_annuel", False), valeurs.get("echeance"))
    return creer(Jalon(action=action, ordre=_suite(action), **valeurs), par=par, via=via)


@transaction.atomic
def modifier_jalon(
    *, jalon: Jalon, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Jalon:
    """Écrit les valeurs données si l’étape est encore à `version`.

    Une étape annuelle que l’on termine fait naître celle de l’an prochain, une seule fois. Lève
    ConflitVersion, DonneesRefusees ou DroitRefuse.
    """
    exiger_sur_action(par, Droit.MODIFIER_PLAN, jalon.action)
    action = verrouiller(jalon.action, version=None)
    avant = verrouiller(jalon, version=version)
    annuelle = valeurs.get("est_annuel", avant.est_annuel)
    _verifier(annuelle, valeurs.get("echeance", avant.echeance))
    apres = enregistrer(avant, valeurs=valeurs, version=None, par=par, via=via)
    if annuelle and apres.fait_le and avant.fait_le is None:
        _ouvrir_l_an_prochain(action, apres, par=par, via=via)
    return apres


def terminer_jalon(*, jalon: Jalon, le: date, version: int | None, par: Any) -> Jalon:
    valeurs = {"fait_le": jalon.fait_le or le, "est_abandonne": False}
    return modifier_jalon(jalon=jalon, valeurs=valeurs, version=version, par=par)


def rouvrir_jalon(*, jalon: Jalon, version: int | None, par: Any) -> Jalon:
    """Ni faite, ni abandonnée."""
    valeurs = {"fait_le": None, "est_abandonne": False}
    return modifier_jalon(jalon=jalon, valeurs=valeurs, version=version, par=par)


def abandonner_jalon(*, jalon: Jalon, version: int | None, par: Any) -> Jalon:
    """L’étape reste dans la liste ; elle ne compte plus dans l’avancement."""
    valeurs = {"fait_le": None, "est_abandonne": True}
    return modifier_jalon(jalon=jalon, valeurs=valeurs, version=version, par=par)


@transaction.atomic
def supprimer_jalon(*, jalon: Jalon, version: int | None, par: Any) -> None:
    """Efface une étape ; l’historique en garde chaque état. Lève ConflitVersion."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, jalon.action)
    supprimer_en_signant(objet=jalon, version=version, par=par)


@transaction.atomic
def deplacer_jalon(
    *, jalon: Jalon, de: int, version: int | None, par: Any, via: str = "page"
) -> None:
    """Monte (−1) ou descend (+1) l’étape d’un rang ; au bout de la liste, rien ne bouge.

    Les rangs sont réécrits de 1 à n : deux étapes de même rang se séparent. Lève ConflitVersion.
    """
    exiger_sur_action(par, Droit.MODIFIER_PLAN, jalon.action)
    action = verrouiller(jalon.action, version=None)
    verrouiller(jalon, version=version)
    etapes = list(action.jalons.all().dans_l_ordre())
    rang = next(r for r, etape in enumerate(etapes) if etape.pk == jalon.pk)
    cible = min(max(rang + de, 0), len(etapes) - 1)
    etapes.insert(cible, etapes.pop(rang))
    for ordre, etape in enumerate(etapes, start=1):
        enregistrer(etape, valeurs={"ordre": ordre}, version=None, par=par, via=via)


def _verifier(est_annuel: bool, echeance: date | None) -> None:  # noqa: FBT001  (un seul drapeau, nommé à l’appel)
    if est_annuel and echeance is None:
        raise DonneesRefusees(ANNUELLE_SANS_DATE, champs={"echeance": [ANNUELLE_SANS_DATE]})


def _suite(action: Action) -> int:
    dernier = action.jalons.order_by("-ordre").values_list("ordre", flat=True).first() or 0
    return dernier + 1


def _ouvrir_l_an_prochain(action: Action, jalon: Jalon, *, par: Any, via: str) -> None:
    """La même étape, un an plus tard : rien si elle existe déjà, ou si l’action finit avant."""
    echeance = suivante(jalon, action)
    deja = action.jalons.filter(est_annuel=True, libelle=jalon.libelle)
    if echeance is None or deja.filter(echeance__gt=jalon.echeance).exists():
        return
    prochaine = Jalon(
        action=action,
        libelle=jalon.libelle,
        echeance=echeance,
        est_annuel=True,
        pilote_id=jalon.pilote_id,
        pilote_nom=jalon.pilote_nom,
        ordre=_suite(action),
    )
    creer(prochaine, par=par, via=via)


def suivante(jalon: Jalon, action: Action) -> date | None:
    """L’échéance de l’an prochain ; None après la fin de l’action, ou à défaut du contrat."""
    if jalon.echeance is None:
        return None
    an_prochain = un_an_apres(jalon.echeance)
    fin = action.date_fin or action.contrat.date_fin
    return None if fin and an_prochain > fin else an_prochain


def un_an_apres(jour: date) -> date:
    """Le même jour ; le 28 février après un 29."""
    if (jour.month, jour.day) == (2, 29):
        return date(jour.year + 1, 2, 28)
    return jour.replace(year=jour.year + 1)
