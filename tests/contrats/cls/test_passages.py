"""Ce que trois dates et une phase disent du passé : une table, sans base de données."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.etats import Phase
from contrats.import_cls.passages import Dates, Etape, chaine, debut_du_perimetre, se_rejoint

LE = date(2026, 11, 22)
SIGNATURE, DEBUT, FIN = date(2024, 1, 22), date(2024, 1, 1), date(2025, 12, 31)
PASSEES = Dates(SIGNATURE, DEBUT, FIN)
SANS = Dates(None, None, None)


def lue(phase: str, dates: Dates, **connues: date) -> list[tuple[str, date]]:
    return [(e.vers, e.le) for e in chaine(phase, dates, LE, connues)]


@pytest.mark.parametrize(
    ("phase", "dates", "attendu"),
    [
        ("DIAGNOSTIC", SANS, [("DIAGNOSTIC", LE)]),
        ("SIGNATURE", SANS, [("SIGNATURE", LE)]),
        ("SIGNATURE", PASSEES, [("SIGNATURE", SIGNATURE)]),
        ("MISE_EN_OEUVRE", SANS, [("MISE_EN_OEUVRE", LE)]),
        ("MISE_EN_OEUVRE", PASSEES, [("SIGNATURE", SIGNATURE), ("MISE_EN_OEUVRE", SIGNATURE)]),
        (
            "MISE_EN_OEUVRE",
            Dates(DEBUT, SIGNATURE, None),
            [("SIGNATURE", DEBUT), ("MISE_EN_OEUVRE", SIGNATURE)],
        ),
        ("MISE_EN_OEUVRE", Dates(None, DEBUT, None), [("MISE_EN_OEUVRE", DEBUT)]),
        (
            "CLOS",
            PASSEES,
            [("SIGNATURE", SIGNATURE), ("MISE_EN_OEUVRE", SIGNATURE), ("CLOS", FIN)],
        ),
        (
            "RENOUVELE",
            PASSEES,
            [
                ("SIGNATURE", SIGNATURE),
                ("MISE_EN_OEUVRE", SIGNATURE),
                ("CLOS", FIN),
                ("RENOUVELE", FIN),
            ],
        ),
        ("ABANDONNE", SANS, [("ABANDONNE", LE)]),
        ("ABANDONNE", Dates(None, DEBUT, FIN), [("ABANDONNE", FIN)]),
        (
            "EVALUATION",
            Dates(SIGNATURE, DEBUT, date(2027, 1, 1)),
            [("SIGNATURE", SIGNATURE), ("MISE_EN_OEUVRE", SIGNATURE), ("EVALUATION", LE)],
        ),
    ],
)
def test_les_dates_disent_les_passages(phase, dates, attendu):
    assert lue(phase, dates) == attendu


def test_une_signature_a_venir_n_est_pas_un_passage():
    assert lue("SIGNATURE", Dates(date(2027, 1, 1), None, None)) == [("SIGNATURE", LE)]


def test_ce_que_les_dates_ne_disent_pas_garde_le_jour_deja_note():
    assert lue("DIAGNOSTIC", SANS, DIAGNOSTIC=DEBUT) == [("DIAGNOSTIC", DEBUT)]


JOURS = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(st.sampled_from(list(Phase)), JOURS, JOURS, JOURS)
def test_jamais_de_jour_futur_ni_de_retour_en_arriere(phase, signature, debut, fin):
    etapes = chaine(phase.value, Dates(signature, debut, fin), LE)
    jours = [etape.le for etape in etapes]
    assert etapes[-1].vers == phase.value
    assert jours == sorted(jours)
    assert jours[-1] <= LE


@given(st.sampled_from(list(Phase)), JOURS, JOURS, JOURS)
def test_rejouer_la_chaine_avec_ses_jours_la_rend_identique(phase, signature, debut, fin):
    """Le même fichier, donné un autre jour, ne redate rien."""
    dates = Dates(signature, debut, fin)
    premiere = chaine(phase.value, dates, LE)
    plus_tard = chaine(phase.value, dates, LE, {e.vers: e.le for e in premiere})
    assert plus_tard == premiere


def test_le_perimetre_commence_au_premier_jour_connu():
    assert debut_du_perimetre(PASSEES, LE) == DEBUT
    assert debut_du_perimetre(SANS, LE) == LE


def test_une_phase_se_rejoint_par_plusieurs_passages():
    assert se_rejoint("INTENTION", "MISE_EN_OEUVRE")
    assert not se_rejoint("CLOS", "MISE_EN_OEUVRE")
    assert Etape("CLOS", LE).vers == "CLOS"
