"""Le masquage, éprouvé par un lecteur indépendant : il résout, il énumère, il ne retrouve rien."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicateurs.secret.audit import Audit
from indicateurs.secret.masquage import masquer
from indicateurs.secret.tableau import Addition, Tableau
from tests.appuis.proprietes import sans_chrono

SEUIL = 5
NOMBRES = st.one_of(st.integers(0, 8), st.integers(0, 60))
PLAFOND = 14


def table(hauteur: int, largeur: int, nombres: st.SearchStrategy[int] = NOMBRES) -> Any:
    """Un tableau de nombres, d’une case à hauteur × largeur."""
    tailles = st.tuples(st.integers(1, hauteur), st.integers(1, largeur))
    return tailles.flatmap(
        lambda t: st.lists(
            st.lists(nombres, min_size=t[1], max_size=t[1]), min_size=t[0], max_size=t[0]
        )
    )


TABLES, GRANDES_TABLES = table(3, 3), table(6, 5)


def tableau(lignes: list[list[int]]) -> Tableau:
    """Un tableau à deux entrées et toutes ses marges."""
    hauteur, largeur = range(len(lignes)), range(len(lignes[0]))
    t = Tableau()
    for i, j in product(hauteur, largeur):
        t.poser((i, j), lignes[i][j])
    for i in hauteur:
        t.additionner((i, "t"), [(i, j) for j in largeur], rang=1)
    for j in largeur:
        t.additionner(("t", j), [(i, j) for i in hauteur], rang=1)
    t.additionner(("t", "t"), [(i, "t") for i in hauteur], rang=2)
    t.additions.append(Addition(("t", "t"), tuple(("t", j) for j in largeur)))
    return t


def recalculables(t: Tableau, tues: frozenset) -> set:
    """Les cellules tues que les additions publiées déterminent, par une élimination à part."""
    inconnues = [c for c in t.cellules if c in tues or not t.cellules[c].est_publiee]
    matrice = [[Fraction(a.termes.get(c, 0)) for c in inconnues] for a in t.additions]
    rang = 0
    for colonne in range(len(inconnues)):
        pivot = next((r for r in range(rang, len(matrice)) if matrice[r][colonne]), None)
        if pivot is None:
            continue
        matrice[rang], matrice[pivot] = matrice[pivot], matrice[rang]
        matrice[rang] = [v / matrice[rang][colonne] for v in matrice[rang]]
        for r, ligne in enumerate(matrice):
            if r != rang and ligne[colonne]:
                matrice[r] = [
                    v - ligne[colonne] * p for v, p in zip(ligne, matrice[rang], strict=True)
                ]
        rang += 1
    seules = [[c for c, v in zip(inconnues, ligne, strict=True) if v] for ligne in matrice]
    return {ligne[0] for ligne in seules if len(ligne) == 1} & set(tues)


def valeurs_possibles(lignes: list[list[int]], tues: frozenset) -> dict:
    """Toutes les façons de remplir les cases tues d’un petit tableau, essayées une par une.

    Le lecteur sait que ce qui est tu vaut 1 ou plus ; au-delà de PLAFOND, il a déjà assez vu.
    """
    cases = [c for c in product(range(len(lignes)), range(len(lignes[0]))) if c in tues]
    vrais = totaux(lignes)
    vues: dict = {c: set() for c in tues}
    for essai in product(range(1, PLAFOND + 1), repeat=len(cases)):
        rempli = [list(ligne) for ligne in lignes]
        for (i, j), v in zip(cases, essai, strict=True):
            rempli[i][j] = v
        lus = totaux(rempli)
        if all(lus[c] == vrais[c] for c in lus if c not in tues):
            for c in tues:
                vues[c].add(lus[c] if c in lus else rempli[c[0]][c[1]])
    return vues


def totaux(lignes: list[list[int]]) -> dict:
    """Les marges, calculées sans le tableau."""
    marges = {(i, "t"): sum(ligne) for i, ligne in enumerate(lignes)}
    marges |= {("t", j): sum(colonne) for j, colonne in enumerate(zip(*lignes, strict=True))}
    return marges | {("t", "t"): sum(map(sum, lignes))}


@sans_chrono
@given(TABLES)
def test_aucune_case_tue_ne_se_recalcule_par_les_additions(lignes):
    t = tableau(lignes)
    assert recalculables(t, masquer(t, SEUIL)) == set()


@settings(sans_chrono, max_examples=40)
@given(GRANDES_TABLES)
def test_un_grand_tableau_ne_se_recalcule_pas_non_plus(lignes):
    t = tableau(lignes)
    assert recalculables(t, masquer(t, SEUIL)) == set()


@settings(sans_chrono, max_examples=60)
@given(table(3, 3, st.integers(0, 9)))
def test_un_petit_nombre_tu_peut_toujours_atteindre_le_seuil(lignes):
    tues = masquer(tableau(lignes), SEUIL)
    detail = [c for c in tues if "t" not in c]
    if not 0 < len(detail) <= 4:
        return
    vues, vrais = valeurs_possibles(lignes, tues), tableau(lignes).cellules
    for case in tues:
        assert len(vues[case]) > 1, f"{case} se retrouve : {vues[case]}"
        if vrais[case].valeur < SEUIL:
            assert max(vues[case]) >= SEUIL, f"{case} est trahie petite : {vues[case]}"


@settings(sans_chrono, max_examples=40)
@given(GRANDES_TABLES)
def test_ce_qui_est_petit_est_tu_et_un_zero_ne_l_est_jamais(lignes):
    t = tableau(lignes)
    tues = masquer(t, SEUIL)
    assert {c for c, v in t.cellules.items() if 0 < v.valeur < SEUIL} <= tues
    assert all(t.cellules[c].valeur > 0 for c in tues)


@sans_chrono
@given(st.lists(st.lists(st.sampled_from([0, 5, 9, 40]), min_size=3, max_size=3), min_size=1))
def test_sans_petit_nombre_rien_n_est_tu(lignes):
    assert masquer(tableau(lignes), SEUIL) == frozenset()


@settings(sans_chrono, max_examples=40)
@given(GRANDES_TABLES)
def test_aucune_case_n_est_tue_pour_rien(lignes):
    t = tableau(lignes)
    tues, audit = masquer(t, SEUIL), Audit(t, SEUIL)
    for case in (c for c in tues if t.cellules[c].valeur >= SEUIL):
        assert audit.faibles(tues - {case})


@settings(sans_chrono, max_examples=40)
@given(GRANDES_TABLES, st.randoms(use_true_random=False))
def test_les_memes_donnees_donnent_les_memes_masques(lignes, hasard):
    t = tableau(lignes)
    melange = Tableau()
    cles = list(t.cellules)
    hasard.shuffle(cles)
    melange.cellules = {c: t.cellules[c] for c in cles}
    melange.additions = hasard.sample(t.additions, len(t.additions))
    assert masquer(melange, SEUIL) == masquer(t, SEUIL)


@pytest.mark.parametrize(
    ("lignes", "tues"),
    [
        pytest.param(
            [[3, 20], [30, 40]], {(0, 0), (0, 1), (1, 0), (1, 1)}, id="un carré protège une case"
        ),
        pytest.param([[3, 3, 40]], {(0, 0), (0, 1)}, id="deux petites se protègent l’une l’autre"),
        pytest.param([[2, 3]], {(0, 0), (0, 1), (0, "t")}, id="une somme trop petite se tait"),
        pytest.param([[4, 0, 0]], {(0, 0), (0, "t")}, id="les zéros restent"),
    ],
)
def test_exemples_faits_a_la_main(lignes, tues):
    t = tableau(lignes)
    if len(lignes) == 1:
        t = Tableau()
        for j, valeur in enumerate(lignes[0]):
            t.poser((0, j), valeur)
        t.additionner((0, "t"), [(0, j) for j in range(len(lignes[0]))], rang=1)
    assert masquer(t, SEUIL) == tues


def test_un_reste_qui_se_deduit_est_protege_comme_une_case():
    """20 venus, 18 du quartier : deux n’en sont pas, sans que personne ne l’écrive."""
    t = Tableau()
    t.poser("venus", 20, rang=1)
    t.poser("du quartier", 18)
    t.inclure("venus", ["du quartier"])
    assert masquer(t, SEUIL) == {"du quartier"}


def test_un_seuil_plus_haut_tait_davantage():
    t = tableau([[8, 20], [30, 40]])
    assert masquer(t, 5) == frozenset()
    assert masquer(t, 11)


def test_un_nombre_negatif_est_refuse():
    with pytest.raises(ValueError, match="négatif"):
        Tableau().poser("a", -1)
