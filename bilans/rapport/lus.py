"""Tout ce qu’un lecteur du bilan lira : pour y trouver les sigles et les mots à expliquer."""

from collections.abc import Iterator

from bilans.instantane import Instantane
from bilans.lieux import lieux


def textes_lus(instantane: Instantane) -> Iterator[str]:
    """Dans l’ordre d’origine, un texte par lieu du bilan."""
    return (lieu.tout for lieu in lieux(instantane))
