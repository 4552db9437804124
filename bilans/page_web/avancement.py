"""Où en sont les actions : une phrase, une ligne par volet, un tableau comparé à l’an passé."""

from dataclasses import dataclass

from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import Instantane
from bilans.lecture_publique import VoletPublic, legende, phrase_d_avancement, volets_publics
from bilans.page_web.photos import Adresser
from cls_platform.socle.typographie import typographier


@dataclass(frozen=True, slots=True)
class LigneEtat:
    """`avant` : None quand l’an passé n’est pas connu."""

    mot: str
    definition: str
    nombre: int
    avant: int | None


@dataclass(frozen=True, slots=True)
class Avancement:
    phrase: str
    volets: tuple[VoletPublic, ...]
    legende: tuple[tuple[str, str], ...]
    lignes: tuple[LigneEtat, ...]
    total: int
    annee: int
    annee_avant: int | None


def lire(page: Instantane, _adresser: Adresser) -> Avancement | None:
    if not page.actions:
        return None
    avant = page.precedent
    anciens = avant.comptes if avant else {}
    presents = [e for e in EtatPublic if page.comptes[e] or anciens.get(e)]
    return Avancement(
        phrase=phrase_d_avancement(page),
        volets=volets_publics(page),
        legende=legende(page),
        lignes=tuple(
            LigneEtat(
                MOTS[e].pluriel,
                typographier(MOTS[e].definition),
                page.comptes[e],
                anciens[e] if avant else None,
            )
            for e in presents
        ),
        total=len(page.actions),
        annee=page.annee,
        annee_avant=avant.annee if avant else None,
    )
