"""Ce qu’il advient d’une case demandée : prise, inchangée ou refusée, et pourquoi. Sans la base."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from cls_platform.socle.templatetags.francais import heure
from indicateurs.calcul.facteur import facteur
from indicateurs.grille.cles import Cle, Demande
from indicateurs.models import Calcul, Indicateur
from indicateurs.saisie import NombreIllisible
from indicateurs.saisie_case import Lue, ecrire_case, lire_case

CALCULEES = {
    Calcul.FORMULE: "Cette valeur est calculée d’après d’autres indicateurs.",
    Calcul.PILOTAGE: "Cette valeur est calculée par la plateforme.",
}
PAS_LA_SIENNE = "Cet indicateur n’est lié à aucune action dont vous êtes pilote."
EN_PERIODES = (
    "Cette année est saisie par périodes ou par territoires\u00a0: changez-les sur sa page."
)
SANS_TOTAL = "Saisissez d’abord la valeur de l’ensemble, puis sa répartition."
A_DES_PARTS = "Videz d’abord les lignes «\u00a0dont\u00a0»\u00a0: elles répartissent cette valeur."
EFFACEE = "Quelqu’un a effacé cette valeur entre-temps. Enregistrez de nouveau pour la remettre."
INCONNUE = "Cette ligne n’est plus dans le contrat. Rechargez la page."


class Sort(StrEnum):
    PRISE = "PRISE"
    INCHANGEE = "INCHANGEE"
    REFUSEE = "REFUSEE"


@dataclass(frozen=True, slots=True)
class Issue:
    """`avant` : ce que la case disait, à retaper pour annuler ; `lue` None : la case se vide."""

    demande: Demande
    sort: Sort
    raison: str = ""
    proposition: str = ""
    lue: Lue | None = None
    objet: Any = None
    avant: str = ""

    @property
    def est_refusee(self) -> bool:
        return self.sort == Sort.REFUSEE

    @property
    def est_prise(self) -> bool:
        return self.sort == Sort.PRISE


@dataclass(slots=True)
class EtatDesCases:
    """Ce que la base contient des cases demandées.

    `valeurs` : par case, la valeur ou la part ; `anciennes` : ce qu’une version passée disait ;
    `en_periodes` : les années sans valeur entière, saisies autrement.
    """

    indicateurs: Mapping[UUID, Indicateur]
    saisissables: set[UUID]
    modalites: set[str]
    valeurs: dict[Cle, Any] = field(default_factory=dict)
    anciennes: Mapping[tuple[Cle, int], str] = field(default_factory=dict)
    en_periodes: set[tuple[UUID, int]] = field(default_factory=set)


def etudier(demande: Demande, etat: EtatDesCases) -> Issue:
    cle = demande.cle
    indicateur = etat.indicateurs.get(cle.indicateur)
    if indicateur is None or (cle.modalite and cle.modalite not in etat.modalites):
        return Issue(demande, Sort.REFUSEE, INCONNUE)
    objet = etat.valeurs.get(cle)
    avant = ecrire_case(objet) if objet else ""
    if demande.texte == avant:
        return Issue(demande, Sort.INCHANGEE, objet=objet)
    if raison := _interdit(indicateur, demande, etat):
        vide = not demande.texte
        return Issue(demande, Sort.INCHANGEE if vide else Sort.REFUSEE, raison, objet=objet)
    return _lire(demande, indicateur, objet, avant, etat)


def _interdit(indicateur: Indicateur, demande: Demande, etat: EtatDesCases) -> str:
    if not indicateur.est_saisi:
        return CALCULEES[Calcul(indicateur.calcul)]
    if indicateur.pk not in etat.saisissables:
        return PAS_LA_SIENNE
    if (indicateur.pk, demande.cle.annee) in etat.en_periodes:
        return EN_PERIODES
    return ""


def _lire(
    demande: Demande, indicateur: Indicateur, objet: Any, avant: str, etat: EtatDesCases
) -> Issue:
    try:
        lue = lire_case(
            demande.texte, est_ratio=indicateur.est_ratio, multiple=facteur(indicateur.unite)
        )
    except NombreIllisible as erreur:
        raison, proposition = str(erreur), erreur.proposition
        return Issue(demande, Sort.REFUSEE, raison, proposition, objet=objet, avant=avant)
    if (ecrire_case(lue) if lue else "") == avant:
        return Issue(demande, Sort.INCHANGEE, objet=objet)
    version = objet.version if objet else 0
    if version != demande.version:
        if etat.anciennes.get((demande.cle, demande.version)) == demande.texte:
            return Issue(demande, Sort.INCHANGEE, objet=objet)
        return Issue(demande, Sort.REFUSEE, _conflit(objet, avant), objet=objet, avant=avant)
    return Issue(demande, Sort.PRISE, lue=lue, objet=objet, avant=avant)


def _conflit(objet: Any, avant: str) -> str:
    if objet is None:
        return EFFACEE
    qui = objet.modifie_par or "Quelqu’un"
    return (
        f"{qui} a écrit {avant} à {heure(objet.modifie_le)}. "
        "Enregistrez de nouveau pour garder votre valeur."
    )
