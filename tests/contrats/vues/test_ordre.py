"""L’ordre du plan, sans base : rangs, numéros, emboîtements."""

from uuid import UUID, uuid4

import pytest

from contrats.models import NiveauObjectif
from contrats.ordre_du_plan import Charpente, Noeud, emboitement_admis, numeros, placer, rangs

A, B, M, P, F, G, H, S = (UUID(int=n) for n in range(1, 9))


@pytest.fixture
def plan():
    """A contient F et l’objectif M, qui contient G et P, qui contient H ; S n’a pas d’axe."""
    return Charpente(
        axes=[Noeud(A), Noeud(B)],
        objectifs=[Noeud(M, A), Noeud(P, A, M)],
        actions=[Noeud(S), Noeud(H, A, P), Noeud(G, A, M), Noeud(F, A)],
    )


def test_les_rangs_suivent_la_lecture_de_l_arbre(plan):
    assert rangs(plan)["action"] == {F: 1, G: 2, H: 3, S: 4}
    assert rangs(plan)["objectif"] == {M: 1, P: 2}


def test_les_numeros_viennent_de_l_arbre_et_sont_uniques(plan):
    proposes = numeros(plan)
    assert proposes == {
        A: "1", F: "1.1", M: "1.2", G: "1.2.1", P: "1.2.2", H: "1.2.2.1", B: "2", S: "3",
    }  # fmt: skip
    assert len(set(proposes.values())) == len(proposes)


@pytest.mark.parametrize(("position", "attendu"), [(0, 0), (1, 1), (2, 2), (99, 2), (-3, 0)])
def test_placer_met_a_la_position_dite_ou_a_la_fin(position, attendu):
    liste = [Noeud(uuid4()) for _ in range(3)]
    noeud = liste[1]
    placer(liste, noeud, position)
    assert liste.index(noeud) == attendu


def test_un_niveau_ne_contient_que_plus_profond_que_lui():
    n = NiveauObjectif
    assert emboitement_admis(n.STRATEGIQUE, n.OPERATIONNEL)
    assert emboitement_admis(n.SOUS_AXE, n.GENERAL)
    assert emboitement_admis(n.OPERATIONNEL, n.OPERATIONNEL)
    assert not emboitement_admis(n.OPERATIONNEL, n.STRATEGIQUE)
    assert not emboitement_admis(n.GENERAL, n.STRATEGIQUE)
    assert not emboitement_admis(n.SOUS_AXE, n.SOUS_AXE)
