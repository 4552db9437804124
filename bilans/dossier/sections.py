"""Ce qu’un dossier peut montrer d’une fiche, et les réglages de qui le demande."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices

from acteurs.droits import Droit


class SectionFiche(TextChoices):
    """Dans l’ordre de lecture."""

    PILOTAGE = "PILOTAGE", "Pilotage"
    OBJECTIFS = "OBJECTIFS", "Contexte et objectifs"
    DESCRIPTION = "DESCRIPTION", "Description"
    ETAPES = "ETAPES", "Étapes"
    PUBLICS = "PUBLICS", "Publics et territoire"
    PARTENAIRES = "PARTENAIRES", "Partenaires"
    CALENDRIER = "CALENDRIER", "Calendrier"
    MOYENS = "MOYENS", "Moyens"
    BUDGET = "BUDGET", "Budget et financements"
    INDICATEURS = "INDICATEURS", "Indicateurs"
    EVALUATION = "EVALUATION", "Évaluation"
    FREINS = "FREINS", "Freins et leviers"
    RATTACHEMENTS = "RATTACHEMENTS", "Thèmes et projet régional de santé"
    LIBRES = "LIBRES", "Champs du contrat"
    JOURNAL = "JOURNAL", "Journal"
    DOCUMENTS = "DOCUMENTS", "Documents joints"


class FormatDossier(TextChoices):
    PDF = "PDF", "PDF, pour lire et imprimer"
    DOCX = "DOCX", "Word, pour reprendre le texte"


# Le droit qu’il faut en plus de celui de lire la fiche
DROIT_DE_LA_SECTION = {SectionFiche.BUDGET: Droit.VOIR_BUDGET}
# Le travail en cours ne part pas sans qu’on le demande
SUR_DEMANDE = frozenset({SectionFiche.JOURNAL, SectionFiche.DOCUMENTS})


def sections_permises(droits: Collection[Droit]) -> list[SectionFiche]:
    return [s for s in SectionFiche if DROIT_DE_LA_SECTION.get(s) in {None, *droits}]


def sections_proposees(droits: Collection[Droit]) -> list[SectionFiche]:
    """Celles que l’on montre quand personne n’a choisi."""
    return [s for s in sections_permises(droits) if s not in SUR_DEMANDE]


@dataclass(frozen=True, slots=True)
class Reglages:
    """`vides` : écrire « à compléter » dans les champs courants qui n’ont rien."""

    sections: tuple[str, ...]
    couverture: bool = False
    sommaire: bool = False
    vides: bool = False
    une_par_page: bool = True

    def montre(self, section: SectionFiche) -> bool:
        return section in self.sections

    def en_simple(self) -> dict[str, Any]:
        return asdict(self) | {"sections": list(self.sections)}


def reglages(sections: Iterable[str], **options: bool) -> Reglages:
    """Chaque section une fois, dans l’ordre de lecture."""
    demandees = set(sections)
    return Reglages(tuple(s.value for s in SectionFiche if s in demandees), **options)


def relire(simple: dict[str, Any]) -> Reglages:
    return Reglages(**{**simple, "sections": tuple(simple["sections"])})
