"""Le périmètre d’un contrat à l’écran : communes groupées, entrées et sorties, recherche."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from acteurs.models import Commune, Departement, Epci
from contrats.models import Contrat

LIMITE_COMMUNES = 40
LIMITE_GROUPES = 10


@dataclass(frozen=True, slots=True)
class GroupeDeCommunes:
    """Une intercommunalité, ou les communes qui n’en ont pas."""

    nom: str
    communes: list[Mapping[str, Any]]

    @property
    def population(self) -> int:
        return sum(ligne["commune__population"] or 0 for ligne in self.communes)


@dataclass(frozen=True, slots=True)
class Mouvement:
    le: date
    entrees: list[str]
    sorties: list[str]


@dataclass(frozen=True, slots=True)
class Trouves:
    """Ce qu’une recherche propose ; `presentes` : codes des communes déjà dans le contrat."""

    epcis: list[Epci]
    departements: list[Departement]
    communes: list[Commune]
    presentes: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.epcis or self.departements or self.communes)


def par_intercommunalite(lignes: Iterable[Mapping[str, Any]]) -> list[GroupeDeCommunes]:
    """`lignes` vient de `PerimetreQuerySet.pour_liste`, déjà dans l’ordre."""
    return [
        GroupeDeCommunes(nom or "Sans intercommunalité", list(groupe))
        for nom, groupe in groupby(lignes, key=lambda ligne: ligne["commune__epci__nom"])
    ]


def mouvements(lignes: Iterable[Mapping[str, Any]]) -> list[Mouvement]:
    """Qui est entré, qui est sorti, jour par jour, du plus récent au plus ancien."""
    entrees: dict[date, list[str]] = defaultdict(list)
    sorties: dict[date, list[str]] = defaultdict(list)
    for ligne in lignes:
        entrees[ligne["date_entree"]].append(ligne["commune__nom"])
        if ligne["date_sortie"]:
            sorties[ligne["date_sortie"]].append(ligne["commune__nom"])
    jours = sorted(entrees.keys() | sorties.keys(), reverse=True)
    return [Mouvement(jour, entrees.get(jour, []), sorties.get(jour, [])) for jour in jours]


def chercher(texte: str, contrat: Contrat) -> Trouves:
    """Intercommunalités, départements et communes ; accents et traits d’union ignorés."""
    presentes = frozenset(contrat.perimetres.ouvertes().values_list("commune_id", flat=True))
    if not texte.strip():
        return Trouves([], [], [], presentes)
    return Trouves(
        epcis=list(Epci.objects.actuelles().rechercher(texte)[:LIMITE_GROUPES]),
        departements=list(Departement.objects.actuelles().rechercher(texte)[:LIMITE_GROUPES]),
        communes=list(
            Commune.objects.actuelles()
            .rechercher(texte)
            .select_related("departement", "epci")[:LIMITE_COMMUNES]
        ),
        presentes=presentes,
    )
