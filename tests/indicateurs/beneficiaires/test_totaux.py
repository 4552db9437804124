"""Jamais un faux total de personnes : exact si on peut le dire, sinon deux bornes vraies."""

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from indicateurs.beneficiaires.totaux import Nombre, Part, exactement, personnes, presences
from tests.appuis.proprietes import sans_chrono

# Qui est venu où : trois actions, cinq personnes au plus
VENUES = st.lists(st.sets(st.integers(1, 8)), min_size=1, max_size=4)


def est_a_part(rang: int, venues: list[set[int]]) -> bool:
    autres = set(chain.from_iterable(v for k, v in enumerate(venues) if k != rang))
    return not venues[rang] & autres


@settings(sans_chrono, max_examples=200)
@given(VENUES, st.data())
def test_le_vrai_nombre_de_personnes_est_toujours_entre_les_bornes(venues, data):
    """Une action ne se déclare à part que si elle l’est ; le compte vrai est celui de l’union."""
    parts = [
        Part(len(v), est_a_part(rang, venues) and data.draw(st.booleans()))
        for rang, v in enumerate(venues)
    ]
    vrai, lu = len(set().union(*venues)), personnes(parts)
    assert (lu.au_moins or 0) <= vrai <= (lu.au_plus or 0)
    if lu.exact is not None:
        assert lu.exact == vrai


@settings(sans_chrono, max_examples=100)
@given(st.lists(st.integers(0, 50), min_size=2, max_size=5))
def test_les_bornes_sont_atteintes(valeurs):
    """Toutes dans la plus grande, ou toutes différentes : on ne peut pas dire mieux."""
    lu = personnes([Part(v) for v in valeurs])
    assert lu.au_plus == sum(valeurs)
    assert (lu.au_moins or 0) == max(valeurs)


def test_une_seule_action_non_declaree_suffit_a_la_somme():
    parts = [Part(40), Part(10, est_distincte=True), Part(5, est_distincte=True)]
    assert personnes(parts) == exactement(55)
    assert all(
        personnes([Part(n) for n in deux]).exact is None for deux in combinations((3, 4, 5), 2)
    )


def test_les_presences_s_additionnent():
    assert presences([Part(140), Part(12)]).texte == "152"
    assert presences([]) == Nombre()


def test_une_somme_tue_ne_donne_que_ce_qui_est_publie():
    parts = [Part(40, est_tue=True), Part(12), Part(9)]
    assert personnes(parts, est_tu=True).texte == "au moins 12"
    assert presences(parts, est_tu=True).texte == "au moins 21"
    assert personnes([Part(3, est_tue=True)], est_tu=True).texte == "masqué"


def test_une_action_tue_ne_se_lit_pas_dans_la_borne_basse():
    """La plus grande action est tue : le minimum ne vient que des autres."""
    assert personnes([Part(40, est_tue=True), Part(12), Part(9)]).au_moins == 12
