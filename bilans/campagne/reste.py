"""Ce qui reste à faire pour publier un bilan, et par qui : le corps du rappel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bilans.campagne.ligne import Etape, LigneCampagne
from bilans.models import (
    SECTIONS_ECRITES,
    AuNomDe,
    AvisBilan,
    CodeSection,
    CommentaireBilan,
    SectionBilan,
    VisaBilan,
)
from cls_platform.socle.typographie import date_longue, pluriel

COORDINATION, ELU = "la coordination", "l’élu ou l’élue"
QUI_VISE = {AuNomDe.ARS: "l’agence régionale de santé", AuNomDe.PORTEUR: "le porteur du contrat"}
AVANT_VALIDATION = (Etape.BROUILLON, Etape.RELECTURE)


@dataclass(frozen=True, slots=True)
class Reste:
    """« Écrire “Le mot de l’élu ou de l’élue” », par l’élu ou l’élue."""

    quoi: str
    qui: str


def reste_a_faire(ligne: LigneCampagne) -> list[Reste]:
    """Dans l’ordre du chemin ; quatre requêtes, aucune si le bilan n’est pas commencé."""
    if ligne.est_remis:
        return []
    if ligne.bilan is None:
        return [Reste("Commencer le bilan", COORDINATION)]
    return list(_restes(ligne, ligne.bilan.id))


def _restes(ligne: LigneCampagne, bilan: UUID) -> Iterator[Reste]:
    yield from _textes(bilan)
    ouverts = CommentaireBilan.objects.non_clos().filter(bilan=bilan).count()
    if ouverts:
        yield Reste(f"Répondre à {pluriel(ouverts, 'commentaire')}", COORDINATION)
    yield from _avis(bilan, ligne.le)
    if ligne.etape in AVANT_VALIDATION:
        yield Reste("Valider le bilan en comité de pilotage", COORDINATION)
    yield from _visas(bilan)
    yield Reste("Publier le bilan", f"{COORDINATION} ou {ELU}")


def _textes(bilan: UUID) -> Iterator[Reste]:
    """Les parties présentes qu’une personne écrit, encore vides."""
    vides = set(
        SectionBilan.objects.filter(
            bilan=bilan, code__in=SECTIONS_ECRITES, est_presente=True, texte=""
        ).values_list("code", flat=True)
    )
    for code in SECTIONS_ECRITES:
        if code in vides:
            qui = ELU if code == CodeSection.EDITO else COORDINATION
            yield Reste(f"Écrire «\u00a0{code.label}\u00a0»", qui)


def _avis(bilan: UUID, le: date) -> Iterator[Reste]:
    demandes: Any = AvisBilan.objects.attendus().filter(bilan=bilan).dans_l_ordre()
    for avis in demandes:
        depuis = "depuis" if avis.attendu_le < le else "pour"
        quand = f"attendu {depuis} le {date_longue(avis.attendu_le)}"
        yield Reste(f"Donner son avis, {quand}", avis.acteur.nom)


def _visas(bilan: UUID) -> Iterator[Reste]:
    donnes = set(VisaBilan.objects.filter(bilan=bilan).values_list("au_nom_de", flat=True))
    for au_nom_de, qui in QUI_VISE.items():
        if au_nom_de not in donnes:
            yield Reste("Donner son visa", qui)
