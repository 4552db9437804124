"""De petits bilans à comparer : une année, un volet, quelques actions ou un indicateur."""

from dataclasses import replace
from typing import Any

from bilans.etats_publics import EtatPublic
from bilans.instantane import Instantane, Volet
from indicateurs.series import Serie
from tests.bilans import exemples


def serie(annee: int, valeurs: dict[int, str | None], libelle: str = "Personnes formées") -> Serie:
    return exemples.serie(libelle, valeurs).jusqu_a(annee)


def bilan(annee: int, volets: tuple[Volet, ...], **plus: object) -> Instantane:
    textes = replace(exemples.instantane().textes, perspectives=None)
    return exemples.instantane(annee=annee, volets=volets, carte=None, textes=textes, **plus)


def volet(actions: tuple[Any, ...] = (), indicateurs: tuple[Any, ...] = ()) -> Volet:
    return Volet(
        numero="1", titre="Santé", promesse="", couleur="prevention", actions=actions,
        indicateurs=indicateurs, citation=None, utile="",
    )  # fmt: skip


def action(titre: str, etat: EtatPublic = EtatPublic.EN_COURS, cle: str = "") -> Any:
    return replace(exemples.action("1", titre, etat), cle=cle)
