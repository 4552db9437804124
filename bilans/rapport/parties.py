"""Qui a signé, qui participe, et sur quel territoire."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from acteurs.models import EditionTerritoires
from bilans.instantane import Famille, Territoire
from contrats.models import ROLES_SIGNATAIRES, Contrat, Partie, Perimetre, RolePartie

_FAMILLES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Les collectivités", frozenset({"COLLECTIVITE"})),
    ("L’État et l’Agence régionale de santé", frozenset({"ETAT_SANTE", "ETAT"})),
    ("La protection sociale", frozenset({"PROTECTION_SOCIALE"})),
    ("Ceux qui soignent", frozenset({"SOINS", "MEDICO_SOCIAL"})),
    ("Les associations", frozenset({"ASSOCIATIF", "PREVENTION", "HABITANTS"})),
    ("L’école, l’emploi, le logement", frozenset({"ENSEIGNEMENT", "INSERTION", "HABITAT"})),
)
_AUTRES = "Les autres partenaires"
_RANG_DES_ROLES: dict[str, int] = {
    RolePartie.PORTEUR: 0,
    RolePartie.COPILOTE: 1,
    RolePartie.SIGNATAIRE: 2,
    RolePartie.COSIGNATAIRE_ASSOCIE: 3,
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """`cle` range dans l’ordre alphabétique français."""

    id: str
    nom: str
    nom_court: str
    famille: str
    cle: str


@dataclass(frozen=True, slots=True)
class Parties:
    porteur: Organisation | None
    signataires: tuple[Organisation, ...]
    associes: tuple[Organisation, ...]

    @property
    def enseignes(self) -> tuple[str, ...]:
        return tuple(o.nom_court or o.nom for o in self.signataires)


def lire_parties(contrat: Contrat) -> Parties:
    """Une requête. Une organisation qui tient deux rôles n’est citée qu’une fois."""
    lignes = list(
        Partie.objects.filter(contrat=contrat)
        .order_by("acteur__cle_tri", "acteur_id")
        .values_list(
            "role", "acteur_id", "acteur__nom", "acteur__nom_court", "acteur__type__famille",
            "acteur__cle_tri",
        )
    )  # fmt: skip
    lignes.sort(key=lambda ligne: _RANG_DES_ROLES.get(ligne[0], 9))
    uniques: dict[str, Organisation] = {}
    signataires: dict[str, Organisation] = {}
    for role, ident, *suite in lignes:
        organisation = uniques.setdefault(str(ident), Organisation(str(ident), *suite))
        if role in ROLES_SIGNATAIRES:
            signataires[str(ident)] = organisation
    porteur = next((uniques[str(i)] for r, i, *_ in lignes if r == RolePartie.PORTEUR), None)
    associes = tuple(o for i, o in uniques.items() if i not in signataires)
    return Parties(porteur, tuple(signataires.values()), associes)


def en_familles(organisations: Iterable[Organisation]) -> tuple[Famille, ...]:
    """Familles dans l’ordre du bilan, noms dans l’ordre alphabétique, rien de vide."""
    noms: dict[str, list[Organisation]] = {libelle: [] for libelle, _ in _FAMILLES}
    noms[_AUTRES] = []
    for organisation in organisations:
        libelle = next((nom for nom, codes in _FAMILLES if organisation.famille in codes), _AUTRES)
        noms[libelle].append(organisation)
    return tuple(
        Famille(libelle=libelle, noms=tuple(o.nom for o in sorted(liste, key=lambda o: o.cle)))
        for libelle, liste in noms.items()
        if liste
    )


@dataclass(frozen=True, slots=True)
class CommuneLue:
    code: str
    nom: str
    epci: str


def lire_territoire(contrat: Contrat, le: date) -> tuple[Territoire, tuple[CommuneLue, ...]]:
    """Deux requêtes. Le périmètre est celui du jour donné."""
    lignes = list(
        Perimetre.objects.filter(contrat=contrat)
        .au(le)
        .order_by("commune__cle_tri", "commune_id")
        .values_list(
            "commune_id", "commune__nom", "commune__population", "commune__epci__nom_court"
        )
    )
    populations = [population for _, _, population, _ in lignes if population is not None]
    millesime = (
        EditionTerritoires.objects.order_by("-date_effet", "-charge_le")
        .values_list("millesime_population", flat=True)
        .first()
    )
    territoire = Territoire(
        communes=tuple(nom for _, nom, _, _ in lignes),
        intercommunalites=tuple(sorted({epci for *_, epci in lignes if epci})),
        population=sum(populations) if populations else None,
        millesime_population=_millesime(millesime or "", [code for code, *_ in lignes]),
    )
    return territoire, tuple(CommuneLue(c, nom, epci or "") for c, nom, _, epci in lignes)


def _millesime(texte: str, codes: list[str]) -> str:
    """« 2023 (Mayotte : 2017 ; …) » se réduit à l’année qui vaut pour ces communes."""
    general, _, exceptions = texte.partition(" (")
    mayotte = re.search(r"Mayotte\s*: (\d{4})", exceptions)
    if mayotte and codes and all(code.startswith("976") for code in codes):
        return mayotte[1]
    return general
