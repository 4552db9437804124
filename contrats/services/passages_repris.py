"""Les passages de phase qu’écrit l’import d’une liste : déduits des dates, ou mis à la suite."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from contrats.etats import PHASES_EN_PROJET, Phase
from contrats.import_cls.passages import REPRIS, Dates, Etape, chaine
from contrats.import_cls.references import ContratConnu
from contrats.import_cls.regles import est_repris
from contrats.models import PassagePhase

ORDRE = {phase.value: rang for rang, phase in enumerate(Phase)}


@dataclass(slots=True)
class Passages:
    neufs: list[PassagePhase] = field(default_factory=list)
    effaces: list[int] = field(default_factory=list)

    def __iadd__(self, autres: "Passages") -> "Passages":
        self.neufs += autres.neufs
        self.effaces += autres.effaces
        return self


def passages_neufs(contrat: UUID, etapes: Sequence[Etape], par: Any, depuis: str = "") -> Passages:
    de = [depuis, *(etape.vers for etape in etapes)]
    return Passages(
        neufs=[
            PassagePhase(
                contrat_id=contrat,
                de=avant,
                vers=etape.vers,
                date_effet=etape.le,
                raison=REPRIS,
                par=par,
            )
            for avant, etape in zip(de, etapes, strict=False)
        ]
    )


def passages_apres(
    connu: ContratConnu, phase_avant: str, dates: Dates, le: date, par: Any
) -> tuple[Passages, list[Etape]]:
    """Ce qui change, et la suite des phases après le changement.

    Des passages venus de listes se déduisent de nouveau des dates ; des passages notés par une
    personne ne bougent pas : la nouvelle phase s’ajoute après eux.
    """
    actuels = [Etape(p.vers, p.date_effet) for p in connu.passages]
    phase = connu.contrat.phase
    connues = {etape.vers: etape.le for etape in actuels}
    if est_repris(connu):
        etapes = _avec_les_projets(actuels, chaine(phase, dates, le, connues))
        if etapes == actuels:
            return Passages(), actuels
        neufs = passages_neufs(connu.contrat.pk, etapes, par)
        neufs.effaces = [passage.pk for passage in connu.passages]
        return neufs, etapes
    if phase == phase_avant:
        return Passages(), actuels
    suite = _suite(actuels, chaine(phase, dates, le, connues), phase)
    return passages_neufs(connu.contrat.pk, suite, par, phase_avant), [*actuels, *suite]


def _avec_les_projets(actuels: Sequence[Etape], etapes: list[Etape]) -> list[Etape]:
    """Les phases de préparation déjà notées restent : elles disent depuis quand on en parlait."""
    premiere = etapes[0]
    projets = [
        etape
        for etape in actuels
        if etape.vers in PHASES_EN_PROJET
        and etape.le <= premiere.le
        and ORDRE[etape.vers] < ORDRE[premiere.vers]
    ]
    return [*projets, *etapes]


def _suite(actuels: Sequence[Etape], etapes: Sequence[Etape], phase: str) -> list[Etape]:
    """Les phases qui manquent jusqu’à la nouvelle, jamais avant le dernier passage noté."""
    deja = {etape.vers for etape in actuels}
    dernier = actuels[-1].le if actuels else etapes[-1].le
    return [
        Etape(etape.vers, max(etape.le, dernier))
        for etape in etapes
        if etape.vers == phase or etape.vers not in deja
    ]
