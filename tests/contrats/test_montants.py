"""Un montant écrit par une personne se lit d’une seule façon, ou se refuse avec un remède."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.montants import MontantRefuse, ecrire_montant, en_unite, lire_montant
from tests.appuis.proprietes import sans_chrono

LUS = {
    "12 500,50 €": "12500.50",
    "12\u202f500,50\u00a0€": "12500.50",
    "12500.5": "12500.50",
    "1,5 k€": "1500",
    "1.5 k€": "1500",
    "2 M€": "2000000",
    "1.234,56": "1234.56",
    "1,234.56": "1234.56",
    "1.234.567": "1234567",
    "800 euros": "800",
    "0": "0",
}


@pytest.mark.parametrize(("saisie", "valeur"), LUS.items())
def test_un_montant_sans_ambiguite_est_lu(saisie: str, valeur: str) -> None:
    assert lire_montant(saisie).valeur == Decimal(valeur)


@pytest.mark.parametrize("saisie", ["12.500", "12,500", "1.500 k€"])
def test_un_montant_a_deux_lectures_est_refuse_avec_les_deux(saisie: str) -> None:
    with pytest.raises(MontantRefuse, match=r"se lit de deux façons.*pour des milliers"):
        lire_montant(saisie)


@pytest.mark.parametrize(
    "saisie", ["", "€", "NaN", "inf", "1e5", "5000 à 6000", "12 50", "٣", "=1+1", "--5", "1.2.3"]
)
def test_ce_qui_n_est_pas_un_montant_est_refuse_avec_un_exemple(saisie: str) -> None:
    with pytest.raises(MontantRefuse, match="Écrivez un montant comme"):
        lire_montant(saisie)


def test_un_montant_negatif_ou_demesure_dit_pourquoi() -> None:
    with pytest.raises(MontantRefuse, match="négatif"):
        lire_montant("-500 €")
    with pytest.raises(MontantRefuse, match="dix milliards"):
        lire_montant("99999999999")


def test_l_unite_ecrite_est_rendue() -> None:
    assert [lire_montant(s).unite for s in ("0,5 ETP", "10 €", "10")] == ["ETP", "EUROS", ""]


@sans_chrono
@given(st.decimals(min_value=0, max_value="9999999999.99", places=2))
def test_ce_qui_est_ecrit_se_relit_au_centime(valeur: Decimal) -> None:
    assert lire_montant(ecrire_montant(valeur)).valeur == valeur
    assert lire_montant(en_unite(valeur, "EUROS")).valeur == valeur
    assert lire_montant(en_unite(valeur, "ETP")).valeur == valeur


@sans_chrono
@given(st.text(max_size=30))
def test_aucun_texte_ne_fait_tomber_la_lecture(texte: str) -> None:
    with suppress(MontantRefuse):
        assert lire_montant(texte).valeur >= 0
