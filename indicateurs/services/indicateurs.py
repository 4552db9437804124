"""Choisir, décrire, ranger et retirer les indicateurs d’un contrat."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer, supprimer_en_signant, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from contrats.permissions import exiger
from indicateurs.calcul.formule import formules_qui_citent, verifier
from indicateurs.catalogue import REPRIS_DU_CATALOGUE
from indicateurs.models import Calcul, Indicateur, IndicateurModele
from indicateurs.services import listes
from indicateurs.services.cibles import CIBLES, exiger_des_cibles, poser_les_cibles
from indicateurs.services.liens import AUTRE_CONTRAT, poser_les_fiches

# Ce qu’un indicateur reprend de son modèle quand on le laisse vide
# Vides, ils le restent s’il n’y a pas de modèle ; les autres prennent la valeur d’office
FACULTATIFS = frozenset(
    {
        "libelle_public",
        "definition",
        "source",
        "producteur",
        "limites",
        "numerateur",
        "denominateur",
        "seuil",
    }
)
LISTES = ("actions", CIBLES)
HORS_EQUIPE = "Choisissez une personne de l’équipe du contrat, ou ajoutez-la d’abord à l’équipe."
SANS_FORMULE = "Écrivez la formule, par exemple A02 / A01."
SANS_MESURE = "Choisissez ce que la plateforme doit compter."
CODE_CITE = "La formule de «\u00a0{}\u00a0» cite ce code\u00a0: changez-la d’abord."


@transaction.atomic
def creer_indicateur(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Indicateur:
    """Ajoute un indicateur au contrat. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    du_modele = dict.fromkeys(REPRIS_DU_CATALOGUE, "") if valeurs.get("modele") else {}
    champs = completer({**du_modele, **valeurs})
    neuf = Indicateur(contrat=contrat, ordre=listes.rang_suivant(contrat.indicateurs), **champs)
    _exiger(neuf, valeurs)
    indicateur = creer(neuf, par=par, via=via)
    poser_les_fiches(indicateur, valeurs.get("actions", ()), par=par, via=via)
    poser_les_cibles(indicateur=indicateur, cibles=valeurs.get(CIBLES, ()), par=par, via=via)
    return indicateur


@transaction.atomic
def modifier_indicateur(
    *,
    indicateur: Indicateur,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Indicateur:
    """Ce que `valeurs` ne dit pas ne change pas. Lève ConflitVersion, DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    avant = verrouiller(indicateur, version=version)
    champs = completer({"modele": avant.modele, **valeurs})
    _exiger_le_code(avant, champs)
    _exiger(_tel_qu_il_serait(avant, champs), valeurs, responsable=avant.responsable_id)
    a_jour = enregistrer(avant, valeurs=champs, version=None, par=par, via=via)
    if _poser_les_listes(a_jour, valeurs, par=par, via=via) and a_jour.version == avant.version:
        marquer(a_jour, par=par, via=via)
    return a_jour


@transaction.atomic
def supprimer_indicateur(*, indicateur: Indicateur, version: int | None, par: Any) -> None:
    """Ses valeurs partent avec lui ; l’historique les garde, les bilans publiés ne changent pas.

    Lève DroitRefuse ou ConflitVersion.
    """
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    actuel = verrouiller(indicateur, version=version)
    poser_les_fiches(actuel, (), par=par)
    supprimer_en_signant(objet=actuel, version=None, par=par)


def deplacer_indicateur(*, indicateur: Indicateur, vers: str, par: Any) -> bool:
    """« monter » ou « descendre » d’un rang. Lève DroitRefuse."""
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    freres = indicateur.contrat.indicateurs
    return listes.deplacer(objet=indicateur, freres=freres, vers=vers, par=par)


def avertissements_de(indicateur: Indicateur) -> list[str]:
    """Ce que sa formule, acceptée, laisse à vérifier."""
    if indicateur.calcul != Calcul.FORMULE:
        return []
    return verifier(indicateur.formule, indicateur)


def completer(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Les champs d’un indicateur ; ce qui est vide est repris du modèle du catalogue."""
    champs = {nom: v for nom, v in valeurs.items() if nom not in LISTES}
    modele: IndicateurModele | None = champs.get("modele")
    for champ in REPRIS_DU_CATALOGUE:
        if champ not in champs or champs[champ] not in ("", None):
            continue
        if modele:
            champs[champ] = getattr(modele, champ)
        elif champ == "seuil":
            champs[champ] = None
        elif champ not in FACULTATIFS:
            del champs[champ]
    return champs | _calcul(champs)


def _calcul(champs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qui ne va pas avec l’origine choisie s’efface."""
    match champs.get("calcul"):
        case Calcul.SAISIE:
            return {"formule": "", "pilotage": ""}
        case Calcul.FORMULE:
            return {"formule": champs.get("formule", "").strip(), "pilotage": ""}
        case Calcul.PILOTAGE:
            return {"formule": ""}
    return {}


def _tel_qu_il_serait(avant: Indicateur, champs: Mapping[str, Any]) -> Indicateur:
    lus = {f.attname: getattr(avant, f.attname) for f in avant._meta.concrete_fields}
    essai = Indicateur(**lus)
    for nom, valeur in champs.items():
        setattr(essai, nom, valeur)
    essai.contrat = avant.contrat
    return essai


def _exiger(voulu: Indicateur, valeurs: Mapping[str, Any], *, responsable: Any = None) -> None:
    _du_meme_contrat(voulu.contrat, valeurs)
    personne = voulu.responsable_id
    equipe = voulu.contrat.participations
    if personne and personne != responsable and not equipe.filter(utilisateur=personne).exists():
        _refuser("responsable", HORS_EQUIPE)
    if CIBLES in valeurs:
        exiger_des_cibles(voulu, valeurs[CIBLES])
    if voulu.calcul == Calcul.PILOTAGE and not voulu.pilotage:
        _refuser("pilotage", SANS_MESURE)
    if voulu.calcul == Calcul.FORMULE:
        if not voulu.formule:
            _refuser("formule", SANS_FORMULE)
        verifier(voulu.formule, voulu)


def _exiger_le_code(avant: Indicateur, champs: Mapping[str, Any]) -> None:
    """Un code que des formules citent ne change pas sans elles."""
    if avant.code and champs.get("code", avant.code) != avant.code:
        for citant in formules_qui_citent(avant):
            _refuser("code", CODE_CITE.format(citant.libelle))


def _du_meme_contrat(contrat: Contrat, valeurs: Mapping[str, Any]) -> None:
    cites = {nom: [valeurs[nom]] for nom in ("axe", "objectif") if valeurs.get(nom)}
    for champ, lies in {**cites, "actions": valeurs.get("actions", ())}.items():
        if any(element.contrat_id != contrat.pk for element in lies):
            _refuser(champ, AUTRE_CONTRAT)


def _refuser(champ: str, phrase: str) -> None:
    raise DonneesRefusees(phrase, champs={champ: [phrase]})


def _poser_les_listes(
    indicateur: Indicateur, valeurs: Mapping[str, Any], *, par: Any, via: str
) -> bool:
    """Vrai si une liste a changé."""
    fiches = "actions" in valeurs and poser_les_fiches(
        indicateur, valeurs["actions"], par=par, via=via
    )
    cibles = CIBLES in valeurs and poser_les_cibles(
        indicateur=indicateur, cibles=valeurs[CIBLES], par=par, via=via
    )
    return fiches or cibles
