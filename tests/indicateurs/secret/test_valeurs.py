"""Les valeurs d’un indicateur : ni un trimestre, ni une commune, ni une part ne se retrouve."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicateurs.secret.valeurs import An, ValeurLue, valeurs_tues
from tests.appuis.proprietes import sans_chrono

SEUIL = 5


def valeur(cle: str, effectif: int, mois: tuple[int, int] = (1, 12), **suite) -> ValeurLue:
    debut, fin = date(2025, mois[0], 1), date(2025, mois[1], 28)
    return ValeurLue(cle=cle, annee=2025, debut=debut, fin=fin, effectif=Decimal(effectif), **suite)


@settings(sans_chrono, max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_un_trimestre_tu_ne_se_retrouve_pas_en_retirant_les_autres_de_l_annee(effectifs):
    """Une seule inconnue dans l’addition se calcule : il n’y en a jamais une seule."""
    trimestres = [valeur(f"T{n}", e, (3 * n + 1, 3 * n + 3)) for n, e in enumerate(effectifs)]
    tues = valeurs_tues(trimestres, SEUIL, annees={2025: Decimal(sum(effectifs))})
    assert {v.cle for v in trimestres if 0 < v.effectif < SEUIL} <= tues
    assert (
        len(tues & {An(2025), *(v.cle for v in trimestres)}) != 1
        or sum(1 for e in effectifs if e) == 0
    )
    if not [e for e in effectifs if 0 < e < SEUIL]:
        assert not tues


def test_une_commune_tue_ne_se_deduit_pas_du_total_ni_des_autres():
    communes = [
        valeur(code, n, niveau="commune", territoire=code)
        for code, n in {"56001": 3, "56002": 40, "56003": 50}.items()
    ]
    tues = valeurs_tues([valeur("tout", 93), *communes], SEUIL)
    assert "56001" in tues
    assert len(tues) > 1


def test_les_communes_que_l_on_ne_cite_pas_se_deduiraient_du_reste():
    """93 en tout, 40 et 51 cités : les deux d’ailleurs ne se lisent pas."""
    communes = [
        valeur(code, n, niveau="commune", territoire=code)
        for code, n in {"56002": 40, "56003": 51}.items()
    ]
    assert valeurs_tues([valeur("tout", 93), *communes], SEUIL)


def test_des_parts_par_sexe_se_taisent_a_deux():
    """3 hommes sur 43 : les 40 femmes les donneraient."""
    total = valeur("tout", 43, parts=(("SEXE", "H", Decimal(3)), ("SEXE", "F", Decimal(40))))
    assert valeurs_tues([total], SEUIL) in ({"H", "F"}, {"H", "tout"})


def test_des_parts_qui_ne_font_pas_tout_ne_se_trahissent_pas():
    """12 des quartiers sur 60 : 48 n’en sont pas, rien n’est petit."""
    total = valeur("tout", 60, parts=(("QPV", "qpv", Decimal(12)),))
    assert valeurs_tues([total], SEUIL) == frozenset()


@pytest.mark.parametrize(
    ("haut", "bas", "est_tue"), [(3, 40, True), (11, 12, True), (38, 40, False), (9, 18, False)]
)
def test_un_rapport_suit_son_numerateur_et_son_petit_reste(haut, bas, est_tue):
    assert bool(valeurs_tues([valeur("r", haut, ensemble=Decimal(bas))], SEUIL)) == est_tue


def test_l_annee_saisie_entiere_se_tait_avec_sa_ligne():
    assert valeurs_tues([valeur("an", 3)], SEUIL, annees={2025: Decimal(3)}) == {"an", An(2025)}


def test_une_annee_dont_on_ne_sait_pas_de_quoi_elle_est_faite_se_tait_par_prudence():
    trimestres = [valeur("T1", 3, (1, 3)), valeur("T2", 40, (4, 6))]
    tues = valeurs_tues(trimestres, SEUIL, annees={2025: Decimal(22)})
    assert An(2025) in tues
    assert "T1" in tues


def test_un_nombre_negatif_n_est_pas_un_effectif():
    assert valeurs_tues([valeur("solde", -3)], SEUIL) == frozenset()
