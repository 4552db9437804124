"""Une contribution telle que le partenaire la voit : ses fiches, ce qu’il a envoyé, la suite."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cls_platform.socle.templatetags.francais import date_longue
from contrats.etats import StatutAction
from contrats.models import (
    Action,
    Contribution,
    Decision,
    ElementPropose,
    EtatContribution,
    GenreElement,
)
from contrats.services.contributions import sans_page
from indicateurs.contribution import etat
from indicateurs.contribution.ecriture import a_verifier, en_mots
from indicateurs.contribution.etat import EtatLu, Valeurs

# Ce que le partenaire lit de l’état de chaque fiche
ETATS: dict[str, str] = {
    EtatContribution.A_REMPLIR: "À remplir",
    EtatContribution.RECUE: "Envoyé",
    EtatContribution.EN_PARTIE: "En cours de lecture",
    EtatContribution.TRAITEE: "Lu par la coordination",
}
RIEN = "Rien de nouveau"
# Ce qu’il lit de la décision prise sur chaque champ
DECISIONS: dict[str, str] = {
    Decision.EN_ATTENTE: "Pas encore relu",
    Decision.ACCEPTE: "Accepté",
    Decision.MODIFIE: "Accepté, modifié",
    Decision.REFUSE: "Non retenu",
}
# La forme de la pastille, parmi celles des statuts
FORMES: dict[str, str] = {
    EtatContribution.A_REMPLIR: "A_VENIR",
    EtatContribution.RECUE: "EN_COURS",
    EtatContribution.EN_PARTIE: "REALISEE_PARTIELLEMENT",
    EtatContribution.TRAITEE: "REALISEE",
    Decision.EN_ATTENTE: "A_VENIR",
    Decision.ACCEPTE: "REALISEE",
    Decision.MODIFIE: "REALISEE",
    Decision.REFUSE: "ABANDONNEE",
}


@dataclass(frozen=True, slots=True)
class FicheDuLien:
    contribution: Contribution
    forme: str
    mot: str
    a_un_brouillon: bool
    peut_dire_rien: bool
    geste: str
    est_la_prochaine: bool


def fiches_du_lien(contributions: Iterable[Contribution]) -> list[FicheDuLien]:
    """Dans l’ordre donné ; la première qui reste à remplir est `est_la_prochaine`.

    Chaque contribution porte `est_rien_de_nouveau` (`pour_liste`).
    """
    lues = list(contributions)
    prochaine = next((c for c in lues if c.etat == EtatContribution.A_REMPLIR), None)
    return [_fiche(c, est_la_prochaine=c is prochaine) for c in lues]


def _fiche(contribution: Contribution, *, est_la_prochaine: bool) -> FicheDuLien:
    a_remplir = contribution.etat == EtatContribution.A_REMPLIR
    brouillon = a_remplir and bool(sans_page(contribution.brouillon))
    mot = RIEN if _vient_de_dire_rien(contribution) else ETATS[contribution.etat]
    geste = "Continuer" if brouillon else "Répondre" if a_remplir else "Relire"
    return FicheDuLien(
        contribution=contribution,
        forme="EN_COURS" if brouillon else FORMES[contribution.etat],
        mot="Brouillon" if brouillon else mot,
        a_un_brouillon=brouillon,
        peut_dire_rien=a_remplir and not brouillon,
        geste=geste,
        est_la_prochaine=est_la_prochaine,
    )


def _vient_de_dire_rien(contribution: Any) -> bool:
    """Rien de nouveau, envoyé, que la coordination n’a pas encore lu."""
    recue = contribution.etat == EtatContribution.RECUE
    return recue and bool(contribution.est_rien_de_nouveau)


def reperes_de(action: Action) -> list[tuple[str, Any]]:
    """Ce qu’un partenaire sait déjà de sa fiche : ni note interne, ni montant, ni personne."""
    reperes: list[tuple[str, Any]] = [("Statut", StatutAction(action.statut).label)]
    if action.date_fin:
        reperes.append(("Échéance", date_longue(action.date_fin)))
    return reperes


@dataclass(frozen=True, slots=True)
class Reponse:
    """Un champ envoyé, et ce qu’il est devenu."""

    libelle: str
    propose: str
    forme: str
    mot: str
    raison: str
    ecrit: str
    a_verifier: str = ""


def proposes_de(contribution: Contribution) -> list[Reponse]:
    lu = etat.lire(contribution)
    elements = contribution.elements.order_by("ordre", "pk")
    return [_reponse(element, lu) for element in elements]


def _reponse(element: ElementPropose, lu: EtatLu) -> Reponse:
    modifie = element.decision == Decision.MODIFIE
    return Reponse(
        libelle=element.libelle,
        propose=mots_de(element, element.propose, lu),
        forme=FORMES[element.decision],
        mot=DECISIONS[element.decision],
        raison=element.raison,
        ecrit=mots_de(element, element.ecrit, lu) if modifie else "",
        a_verifier=doute_de(element, lu),
    )


def doute_de(element: ElementPropose, lu: EtatLu) -> str:
    """Ce qui étonne dans la valeur proposée d’un indicateur, tant que rien n’est décidé."""
    if element.genre != GenreElement.MESURE or element.decision != Decision.EN_ATTENTE:
        return ""
    indicateur = lu.indicateurs.get(element.objet) if element.objet else None
    return a_verifier(element.propose, indicateur, lu.annee, element.lu)


def mots_de(element: ElementPropose, valeurs: Valeurs | None, lu: EtatLu) -> str:
    """La valeur comme on la lit, avec l’unité de son indicateur."""
    indicateur = lu.indicateurs.get(element.objet) if element.objet else None
    return en_mots(element.genre, valeurs, indicateur)
