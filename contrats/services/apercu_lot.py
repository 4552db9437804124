"""L’aperçu d’un lot : pour chaque fiche, ce qui changerait, ou pourquoi rien ne change.

Les règles sont celles de l’écriture d’une seule fiche ; elles se lisent ici sans requête par fiche.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from acteurs.droits import Droit
from acteurs.models import Acteur
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from contrats.lots import (
    COLONNES,
    DATES,
    DECALAGE_MAX,
    FIN_DU_STATUT,
    HORS_CALENDRIER,
    NOMENCLATURES,
    Demande,
    en_code,
)
from contrats.models import Action, Contrat, EtatLigne, LigneDeLot
from contrats.models.organisations import personnes_de
from contrats.permissions import peut_sur_action
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.plan import CHAMPS_DU_PLAN
from contrats.services.regles_fiche import elements_de, exiger_coherence
from contrats.services.statut import avec_raison
from contrats.services.valeurs_lot import CLES, MODELES_CITES, actuelles, en_colonnes, lire_fiches

MODELES = {nom: MODELES_CITES[nom] for nom in NOMENCLATURES}
ENTRAINES = frozenset({*FIN_DU_STATUT, "est_publique", "themes", "sous_themes"})
PERMIS = frozenset({*COLONNES, *NOMENCLATURES, *ROLE_DU_LIEN}) - {
    "est_publique",
    "statut_est_impose",
}
RAISON_SEULE = "Une raison explique un nouveau statut : choisissez-le aussi."
RIEN_DE_DEMANDE = "Choisissez au moins un changement."
PAS_SA_FICHE = "Vous n’êtes pas pilote de cette fiche : demandez à la coordination du contrat."
CHAMP_DU_PLAN = "Seule la coordination du contrat change le pilote d’une fiche."
SOUS_THEME_ORPHELIN = (
    "Cette fiche porte un sous-thème du thème à retirer. Retirez aussi ce sous-thème."
)
SANS_DATE = "Sans date : il n’y a rien à décaler."
DEUX_SENS = "Ces éléments sont à la fois à ajouter et à retirer. Choisissez l’un ou l’autre."
INCONNUS = "Ces éléments n’existent pas ou ne sont pas de ce contrat : {}."
DEUX_DATES = "Donnez une date, ou décalez celle de chaque fiche : pas les deux."
TROP_LOIN = f"Décalez de {DECALAGE_MAX['jours']} jours ou de {DECALAGE_MAX['mois']} mois au plus."
FIN_AVANT_DEBUT = next(
    str(c.violation_error_message)
    for c in Action._meta.constraints
    if c.name == "action_fin_apres_debut"
)


@dataclass(frozen=True, slots=True)
class Contexte:
    """Ce qui vaut pour toutes les fiches du lot."""

    contrat: Contrat
    demande: Demande
    par: Any
    via: str
    droits: frozenset[Droit]
    elements: Mapping[str, Mapping[str, Any]]


def apercevoir(
    *,
    contrat: Contrat,
    pks: Iterable[UUID],
    demande: Demande,
    par: Any,
    via: str,
    droits: frozenset[Droit],
) -> list[LigneDeLot]:
    """Une ligne par fiche encore dans le plan, dans l’ordre donné. Lève DonneesRefusees."""
    elements = exiger_demande(contrat, demande, via)
    contexte = Contexte(contrat, demande, par, via, droits, elements)
    pks = list(pks)
    fiches = lire_fiches(pks, demande.champs)
    return [ligne_de(fiches[pk], rang, contexte) for rang, pk in enumerate(pks) if pk in fiches]


def ligne_de(action: Action, rang: int, contexte: Contexte) -> LigneDeLot:
    ligne = LigneDeLot(action_id=action.pk, rang=rang, version=action.version)
    try:
        exiger_de_changer(action, contexte)
        ligne.avant, ligne.apres = changement(action, contexte)
    except ErreurMetier as refus:
        ligne.etat, ligne.motif = EtatLigne.REFUSEE, _motif(refus)
    else:
        ligne.etat = EtatLigne.A_FAIRE if ligne.apres else EtatLigne.INCHANGEE
        ligne.motif = "" if ligne.apres else _pourquoi_rien(action, contexte.demande)
    return ligne


def exiger_de_changer(action: Action, contexte: Contexte) -> None:
    """Un pilote change ses fiches, et n’en change pas le pilote. Lève DroitRefuse."""
    if not peut_sur_action(contexte.par, Droit.MODIFIER_PLAN, action, contexte.droits):
        raise DroitRefuse(PAS_SA_FICHE)
    if Droit.MODIFIER_PLAN not in contexte.droits and contexte.demande.champs & CHAMPS_DU_PLAN:
        raise DroitRefuse(CHAMP_DU_PLAN)


def changement(action: Action, contexte: Contexte) -> tuple[dict[str, Any], dict[str, Any]]:
    """Les codes avant et après, pour les seuls champs qui changent. Lève DonneesRefusees."""
    demande = contexte.demande
    # Les thèmes et sous-thèmes se lisent ensemble, et seulement si la demande les touche
    suivis = {
        nom
        for nom in demande.champs | ENTRAINES
        if nom not in NOMENCLATURES or NOMENCLATURES_LIEES.get(nom, {nom}) & demande.champs
    }
    presents = actuelles(action, suivis)
    voulus = {**_colonnes(action, demande), **_listes(action, presents, contexte)}
    complets = exiger_coherence(contrat=contexte.contrat, valeurs=voulus, action=action)
    complets = avec_raison(action, complets, via=contexte.via)
    codes = {nom: _code(nom, valeur) for nom, valeur in complets.items()}
    _exiger_dates_en_ordre(action, codes)
    changes = sorted(nom for nom, code in codes.items() if code != presents[nom])
    return {n: presents[n] for n in changes}, {n: codes[n] for n in changes}


NOMENCLATURES_LIEES = {
    "themes": frozenset({"themes", "sous_themes"}),
    "sous_themes": frozenset({"themes", "sous_themes"}),
}


def _colonnes(action: Action, demande: Demande) -> dict[str, Any]:
    try:
        return demande.colonnes_pour(vars(action))
    except OverflowError as erreur:
        raise DonneesRefusees(HORS_CALENDRIER) from erreur


def _listes(
    action: Action, presents: Mapping[str, Any], contexte: Contexte
) -> dict[str, list[Any]]:
    """Les listes voulues : des objets pour les nomenclatures, que lisent les règles de la fiche."""
    listes: dict[str, list[Any]] = {}
    for nom, codes in contexte.demande.listes_pour(presents).items():
        if nom in MODELES:
            connus = {e.pk: e for e in elements_de(action, nom)} | dict(contexte.elements[nom])
            listes[nom] = [connus[code] for code in codes]
        else:
            listes[nom] = list(codes)
    return listes


def _code(nom: str, valeur: Any) -> Any:
    if nom in NOMENCLATURES:
        return sorted(element.pk for element in valeur)
    return valeur if nom in ROLE_DU_LIEN else en_code(valeur)


def _exiger_dates_en_ordre(action: Action, codes: Mapping[str, Any]) -> None:
    """La contrainte de la base, dite fiche par fiche avant d’écrire."""
    if not set(DATES) & codes.keys():
        return
    colonnes = en_colonnes(codes)
    debut, fin = (colonnes.get(nom, getattr(action, nom)) for nom in DATES)
    if debut and fin and fin < debut:
        raise DonneesRefusees(FIN_AVANT_DEBUT, champs={"date_fin": [FIN_AVANT_DEBUT]})


def _motif(refus: ErreurMetier) -> str:
    return SOUS_THEME_ORPHELIN if "themes" in refus.champs else refus.message[:400]


def _pourquoi_rien(action: Action, demande: Demande) -> str:
    seules = demande.champs <= set(DATES) and demande.decalages
    sans_date = all(getattr(action, nom) is None for nom in demande.decalages)
    return SANS_DATE if seules and sans_date else ""


# La demande elle-même ---------------------------------------------------------------------------


def exiger_demande(contrat: Contrat, demande: Demande, via: str) -> dict[str, dict[str, Any]]:
    """Rend les éléments à ajouter ou retirer, par liste et par code. Lève DonneesRefusees."""
    if demande.est_vide:
        raise DonneesRefusees(RIEN_DE_DEMANDE)
    if inconnus := demande.champs - PERMIS:
        raise DonneesRefusees(f"Ces champs ne se modifient pas en lot : {', '.join(inconnus)}.")
    _exiger_dates(demande)
    _exiger_valeurs(demande)
    avec_raison(Action(), _du_statut(demande), via=via)
    _exiger_pilotes(contrat, demande)
    elements = {nom: _elements(nom, demande) for nom in MODELES if nom in demande.listes}
    _exiger_organisations(demande)
    return elements


def _du_statut(demande: Demande) -> dict[str, Any]:
    """La raison se demande une fois pour toutes, et avec un nouveau statut seulement."""
    trouvees = {n: demande.valeurs[n] for n in ("statut", "statut_raison") if n in demande.valeurs}
    if "statut_raison" in trouvees and "statut" not in trouvees:
        raise DonneesRefusees(RAISON_SEULE, champs={"statut": [RAISON_SEULE]})
    return trouvees


def _exiger_dates(demande: Demande) -> None:
    for nom, decalage in demande.decalages.items():
        if nom in demande.valeurs:
            raise DonneesRefusees(DEUX_DATES, champs={nom: [DEUX_DATES]})
        if nom not in DATES or abs(decalage.nombre) > DECALAGE_MAX[decalage.unite]:
            raise DonneesRefusees(TROP_LOIN, champs={nom: [TROP_LOIN]})


def _exiger_valeurs(demande: Demande) -> None:
    """Les règles de chaque colonne, une fois pour toutes les fiches."""
    essai = Action(**en_colonnes(demande.valeurs))
    autres = {c.name for c in Action._meta.fields if c.name not in demande.valeurs}
    try:
        essai.clean_fields(exclude=autres | set(CLES))
    except ValidationError as erreur:
        raise DonneesRefusees.depuis(erreur) from erreur


def _exiger_pilotes(contrat: Contrat, demande: Demande) -> None:
    permis: dict[str, Any] = {
        "pilote": Acteur.objects.all(),
        "pilote_personne": personnes_de(contrat),
    }
    for nom, possibles in permis.items():
        cle = demande.valeurs.get(nom)
        if cle and not possibles.filter(pk=cle).exists():
            message = INCONNUS.format(cle)
            raise DonneesRefusees(message, champs={nom: [message]})


def _elements(nom: str, demande: Demande) -> dict[str, Any]:
    retouche = demande.listes[nom]
    objets = MODELES[nom].objects.filter(pk__in=retouche.ajouter | retouche.retirer)
    if nom == "sous_themes":
        objets = objets.select_related("theme")
    trouves = {objet.pk: objet for objet in objets}
    _exiger_retouche(nom, demande, set(trouves))
    return trouves


def _exiger_organisations(demande: Demande) -> None:
    roles = [nom for nom in ROLE_DU_LIEN if nom in demande.listes]
    cites = {cle for nom in roles for cle in demande.listes[nom].ajouter}
    connus = set(map(str, Acteur.objects.filter(pk__in=cites).values_list("pk", flat=True)))
    for nom in roles:
        _exiger_retouche(nom, demande, connus | demande.listes[nom].retirer)


def _exiger_retouche(nom: str, demande: Demande, connus: set[str]) -> None:
    retouche = demande.listes[nom]
    message = DEUX_SENS if retouche.ajouter & retouche.retirer else ""
    if inconnus := (retouche.ajouter | retouche.retirer) - connus:
        message = INCONNUS.format(", ".join(sorted(inconnus)))
    if message:
        raise DonneesRefusees(message, champs={nom: [message]})
