"""Les bénéficiaires d’un contrat : ce qui se tait, et ce que personne n’en retrouve."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from indicateurs.secret.comptes import PERSONNES, PRESENCES, Case, Compte, cases_tues, tableau_de
from tests.appuis.proprietes import sans_chrono
from tests.indicateurs.secret.test_masquage import recalculables

SEUIL = 5


@st.composite
def comptes(tirer) -> list[Compte]:
    """Des actions dont les publics et les quartiers tiennent dans le total."""
    tires = []
    for action in tirer(st.lists(st.sampled_from("ABC"), min_size=1, unique=True)):
        total = tirer(st.one_of(st.integers(0, 12), st.integers(0, 90)))
        tires.append(Compte(action=action, personnes=total, presences=total * 2))
        publics = tirer(st.lists(st.sampled_from(["jeunes", "seniors"]), unique=True))
        tires += [
            Compte(action=action, public=public, personnes=tirer(st.integers(0, total)))
            for public in publics
        ]
        reste = total
        for quartier in tirer(st.lists(st.sampled_from(["Q1", "Q2"]), unique=True)):
            habitants = tirer(st.integers(0, reste))
            reste -= habitants
            tires.append(Compte(action=action, quartier=quartier, personnes=habitants))
    return tires


@settings(sans_chrono, max_examples=60)
@given(comptes())
def test_aucun_compte_tu_ne_se_recalcule(lus):
    tableau = tableau_de(lus)
    tues = cases_tues(lus, SEUIL)
    assert recalculables(tableau, tues) == set()


@settings(sans_chrono, max_examples=60)
@given(comptes())
def test_ni_un_petit_compte_ni_un_petit_reste_ne_se_lit_dans_ce_qui_est_publie(lus):
    tues = cases_tues(lus, SEUIL)
    publies = {c.case: c.personnes for c in lus if Case(PERSONNES, *c.case) not in tues}
    assert not [n for n in publies.values() if n and n < SEUIL]
    for (action, public, quartier), nombre in publies.items():
        total = publies.get((action, "", ""))
        if total is not None and public and not quartier:
            assert not 0 < total - nombre < SEUIL


@settings(sans_chrono, max_examples=30)
@given(comptes(), st.randoms(use_true_random=False))
def test_l_ordre_des_lignes_ne_change_pas_les_masques(lus, hasard):
    assert cases_tues(hasard.sample(lus, len(lus)), SEUIL) == cases_tues(lus, SEUIL)


def test_un_petit_public_se_tait_seul_quand_rien_ne_le_trahit():
    lus = [Compte(action="A", personnes=60), Compte(action="A", public="jeunes", personnes=3)]
    assert cases_tues(lus, SEUIL) == {
        Case(PERSONNES, "A", "jeunes", ""),
        Case(PERSONNES, "", "jeunes", ""),
    }


def test_le_total_du_contrat_ne_trahit_pas_une_petite_action():
    """A + B = 43 publié et B = 40 publié donneraient A : une autre case se tait."""
    lus = [Compte(action="A", personnes=3), Compte(action="B", personnes=40)]
    tues = cases_tues(lus, SEUIL)
    assert Case(PERSONNES, "A", "", "") in tues
    assert tues & {Case(PERSONNES, "B", "", ""), Case(PERSONNES, "", "", "")}


def test_les_presences_ne_trahissent_pas_les_personnes():
    """Quatre présences : au plus quatre personnes. Le nombre de venues se tait aussi."""
    lus = [Compte(action="A", personnes=3, presences=4)]
    assert Case(PRESENCES, "A", "", "") in cases_tues(lus, SEUIL)
    beaucoup = [Compte(action="A", personnes=3, presences=40), Compte(action="B", presences=9)]
    tues = cases_tues(beaucoup, SEUIL)
    assert Case(PERSONNES, "A", "", "") in tues
    assert Case(PRESENCES, "A", "", "") not in tues


def test_des_comptes_qui_se_contredisent_ne_font_pas_echouer_le_masquage():
    lus = [Compte(action="A", personnes=3), Compte(action="A", public="jeunes", personnes=9)]
    assert Case(PERSONNES, "A", "", "") in cases_tues(lus, SEUIL)


def test_le_croisement_suit_son_public_et_son_quartier():
    lus = [
        Compte(action="A", personnes=50),
        Compte(action="A", public="jeunes", personnes=20),
        Compte(action="A", quartier="Q1", personnes=20),
        Compte(action="A", public="jeunes", quartier="Q1", personnes=18),
    ]
    tues = cases_tues(lus, SEUIL)
    assert Case(PERSONNES, "A", "jeunes", "Q1") in tues
    assert all(c.nature == PERSONNES for c in tues)
    assert tableau_de(lus).cellules[Case(PERSONNES, "", "jeunes", "")].valeur == Fraction(20)
