"""La place des professionnels de santé parmi les signataires ; une requête.

Elle est souvent jugée trop faible, celle des libéraux surtout. Comptent comme professionnels de
santé les organisations où ils exercent ou qui les représentent : CPTS, maisons et centres de santé,
URPS, ordres, professionnels libéraux. Hôpitaux et dispositifs d’appui sont comptés à part.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from acteurs.models import FamilleActeur
from contrats.models import Partie
from contrats.pilotage.comptes import CompteDeSignataires, Signataires
from contrats.pilotage.ensemble import Ensemble

PROFESSIONNELS = ("cpts", "msp", "centre_sante", "urps", "ordre", "professionnel_liberal")
DE_SANTE, DE_SOINS = "PROFESSIONNELS", "SOINS"
LIBELLES = {
    DE_SANTE: "Professionnels de santé",
    DE_SOINS: "Établissements de santé et dispositifs d’appui",
    FamilleActeur.ETAT_SANTE.value: "Agence régionale de santé",
}


def signataires(ensemble: Ensemble) -> Signataires:
    """Porteur, copilote, signataire et cosignataire associé des contrats signés."""
    trouves: dict[str, set[tuple[UUID, UUID]]] = defaultdict(set)
    parties = parties_signataires(ensemble).values_list(
        "contrat", "acteur", "acteur__type", "acteur__type__famille"
    )
    for contrat, acteur, type_acteur, famille in parties:
        trouves[groupe_de(type_acteur, famille)].add((contrat, acteur))
    tous = {paire for paires in trouves.values() for paire in paires}
    return Signataires(
        contrats=len(ensemble.signes),
        signataires=len(tous),
        professionnels=len(trouves[DE_SANTE]),
        contrats_avec=len({contrat for contrat, _ in trouves[DE_SANTE]}),
        groupes=tuple(
            CompteDeSignataires(
                groupe=groupe,
                libelle=libelle,
                signataires=len(trouves[groupe]),
                contrats=len({contrat for contrat, _ in trouves[groupe]}),
            )
            for groupe, libelle in GROUPES
            if trouves[groupe] or groupe == DE_SANTE
        ),
    )


def parties_signataires(ensemble: Ensemble) -> Any:
    signent: Any = Partie.objects.signataires()
    return signent.filter(contrat__pk__anyof=ensemble.signes)


def groupe_de(type_acteur: str, famille: str) -> str:
    return DE_SANTE if type_acteur in PROFESSIONNELS else famille


def libelle_du_groupe(groupe: str) -> str:
    return LIBELLES.get(groupe) or str(FamilleActeur(groupe).label)


# Les professionnels d’abord, puis les familles dans leur ordre
GROUPES = tuple((groupe, libelle_du_groupe(groupe)) for groupe in (DE_SANTE, *FamilleActeur.values))
