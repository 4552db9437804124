"""Lire un nombre tapé à la française."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.saisie import NombreIllisible, lire_nombre


@given(
    st.decimals(
        min_value=-99_999_999, max_value=99_999_999, places=3, allow_nan=False, allow_infinity=False
    )
)
def test_un_nombre_ecrit_a_la_francaise_est_relu_a_l_identique(nombre: Decimal) -> None:
    ecrit = f"{nombre:,.3f}".replace(",", "\u202f").replace(".", ",")
    assert lire_nombre(ecrit) == nombre


@pytest.mark.parametrize("texte", ["", "  ", "\u00a0"])
def test_une_case_blanche_n_est_pas_zero(texte: str) -> None:
    assert lire_nombre(texte) is None


@pytest.mark.parametrize("texte", ["douze", "1,2,3", "--4", "1e9", "∞", "12 %5"])
def test_ce_qui_n_est_pas_un_nombre_est_refuse_avec_un_exemple(texte: str) -> None:
    with pytest.raises(NombreIllisible, match=r"1 234,5|Vouliez-vous"):
        lire_nombre(texte)


def test_une_lettre_qui_ressemble_a_un_chiffre_donne_une_proposition() -> None:
    with pytest.raises(NombreIllisible, match="Vouliez-vous écrire 120"):
        lire_nombre("12O")


def test_un_nombre_trop_grand_est_refuse_sans_erreur_de_la_base() -> None:
    with pytest.raises(NombreIllisible, match="trop grand"):
        lire_nombre("123456789012345")
