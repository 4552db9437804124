"""Ce que la grille dit d’un bloc collé."""

from dataclasses import replace

import pytest

from indicateurs.grille.resultat import RIEN_DE_FAIT


@pytest.mark.parametrize(
    ("inchangees", "phrase"),
    [(1, "0\u00a0valeur prise, 1\u00a0déjà là"), (2, "0\u00a0valeur prise, 2\u00a0déjà là")],
)
def test_une_valeur_deja_la_ne_prend_jamais_d_s(inchangees: int, phrase: str) -> None:
    assert replace(RIEN_DE_FAIT, inchangees=inchangees).phrase == phrase
