"""Le rythme d’une instance : quand sa réunion est attendue, quand elle tarde."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.rythme import plus_de_mois, rythme, rythme_en_mots

LE = date(2026, 3, 12)
JOURS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def attendre(**changes):
    depart = {
        "mois": 6,
        "depuis": date(2024, 1, 1),
        "derniere": date(2025, 9, 4),
        "prochaine": None,
        "le": LE,
    }
    return rythme(**(depart | changes))


@given(JOURS, st.integers(0, 60))
def test_ajouter_des_mois_garde_le_jour_ou_prend_le_dernier_du_mois(jour, mois):
    """Comparé à une marche mois par mois depuis le premier du mois."""
    premier = jour.replace(day=1)
    for _ in range(mois):
        premier = (premier + timedelta(days=32)).replace(day=1)
    dernier = (premier + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert plus_de_mois(jour, mois) == premier.replace(day=min(jour.day, dernier.day))


def test_une_instance_tarde_quand_son_rythme_est_depasse():
    lu = attendre()
    assert (lu.attendue_le, lu.est_en_retard) == (date(2026, 3, 4), True)


def test_le_jour_attendu_n_est_pas_encore_un_retard():
    assert not attendre(derniere=date(2025, 9, 12)).est_en_retard


def test_une_reunion_prevue_leve_le_retard():
    assert not attendre(prochaine=date(2026, 6, 1)).est_en_retard


def test_sans_reunion_tenue_on_compte_depuis_le_debut():
    assert attendre(derniere=None).attendue_le == date(2024, 7, 1)


def test_sans_rythme_rien_n_est_attendu():
    lu = attendre(mois=0)
    assert (lu.attendue_le, lu.est_en_retard, lu.phrase) == (None, False, "")


@pytest.mark.parametrize(
    ("mois", "mots"), [(1, "tous les mois"), (6, "tous les 6 mois"), (12, "une fois par an")]
)
def test_un_rythme_se_lit_en_francais(mois, mots):
    assert rythme_en_mots(mois) == mots
