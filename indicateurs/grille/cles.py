"""Le nom d’une case dans la page : l’indicateur, l’année, la part s’il y en a, la version lue."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cls_platform.socle.erreurs import DonneesRefusees

PREFIXE = "c."
CASES_MAX = 4000
TEXTE_MAX = 200
ANNEES = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class Cle:
    """Une case ; `modalite` : le code de la part, vide pour la valeur entière."""

    indicateur: UUID
    annee: int
    modalite: str = ""

    def __str__(self) -> str:
        fin = f".{self.modalite}" if self.modalite else ""
        return f"{self.indicateur.hex}.{self.annee}{fin}"


@dataclass(frozen=True, slots=True)
class Demande:
    """Ce que l’on veut dans une case ; `version` : celle de la valeur lue, 0 si elle était vide."""

    cle: Cle
    version: int
    texte: str

    @property
    def nom(self) -> str:
        return f"{PREFIXE}{self.cle}:{self.version}"


def lire_cle(texte: str) -> Cle | None:
    morceaux = texte.split(".", 2)
    if len(morceaux) < 2:
        return None
    try:
        cle = Cle(UUID(morceaux[0]), int(morceaux[1]), morceaux[2] if len(morceaux) > 2 else "")
    except ValueError:
        return None
    return cle if cle.annee in ANNEES else None


def lire_demande(nom: str, texte: str) -> Demande | None:
    """« c.<indicateur>.<année>[.<part>]:<version> » ; None si ce n’est pas le nom d’une case."""
    cle, _, version = nom.removeprefix(PREFIXE).partition(":")
    lue = lire_cle(cle)
    if lue is None or not version.isdecimal() or len(version) > 9:
        return None
    return Demande(lue, int(version), texte.replace("\x00", "")[:TEXTE_MAX].strip())


def demandes_de(envoi: Mapping[str, Any]) -> list[Demande]:
    """Les cases d’un formulaire, une fois chacune ; `remplacer` l’emporte sur la case.

    `cases` : les mêmes en un document JSON, [[nom, texte], …]. Lève DonneesRefusees.
    """
    paires = [(nom, str(texte)) for nom, texte in envoi.items() if nom.startswith(PREFIXE)]
    paires += _du_document(str(envoi.get("cases", "")))
    if remplacee := str(envoi.get("remplacer", "")):
        nom, _, texte = remplacee.partition("=")
        paires.append((nom, texte))
    if len(paires) > CASES_MAX:
        raise DonneesRefusees(f"Pas plus de {CASES_MAX} cases à la fois. Collez en deux fois.")
    return list(_uniques(paires))


def _uniques(paires: Iterable[tuple[str, str]]) -> Iterator[Demande]:
    lues = {d.cle: d for nom, texte in paires if (d := lire_demande(nom, texte))}
    yield from lues.values()


def _du_document(document: str) -> list[tuple[str, str]]:
    if not document:
        return []
    try:
        paires = [(str(nom), str(texte)) for nom, texte in json.loads(document)]
    except (ValueError, TypeError) as erreur:
        raise DonneesRefusees("Ces cases sont illisibles. Rechargez la page.") from erreur
    return paires


def en_document(demandes: Iterable[Demande]) -> str:
    return json.dumps([[d.nom, d.texte] for d in demandes], ensure_ascii=False)
