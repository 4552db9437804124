"""SIREN et FINESS : une faute de frappe se voit à la clé, vérifiée par un autre calcul que le nôtre."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from acteurs.models.acteur import verifier_finess, verifier_siren

# Table de Luhn : ce que vaut un chiffre une fois doublé puis réduit
DOUBLES = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
CHIFFRES = st.text("0123456789", min_size=8, max_size=8)


def cle(huit: str) -> str:
    """Neuvième chiffre, par la table : les rangs pairs (2e, 4e…) depuis la gauche sont doublés."""
    simples = sum(int(c) for c in huit[0::2])
    doubles = sum(DOUBLES[int(c)] for c in huit[1::2])
    return str((10 - (simples + doubles) % 10) % 10)


def est_admis(verifier, numero: str) -> bool:
    try:
        verifier(numero)
    except ValidationError:
        return False
    return True


@given(CHIFFRES)
def test_de_dix_cles_possibles_une_seule_est_admise(huit):
    for verifier in (verifier_siren, verifier_finess):
        admises = [c for c in "0123456789" if est_admis(verifier, huit + c)]
        assert admises == [cle(huit)]


@given(CHIFFRES, st.integers(0, 8), st.integers(1, 9))
def test_un_chiffre_faux_est_toujours_vu(huit, rang, ecart):
    juste = huit + cle(huit)
    faux = juste[:rang] + str((int(juste[rang]) + ecart) % 10) + juste[rang + 1 :]
    assert not est_admis(verifier_siren, faux)


@given(CHIFFRES, st.integers(0, 7))
def test_deux_chiffres_voisins_inverses_sont_vus_sauf_zero_et_neuf(huit, rang):
    juste = huit + cle(huit)
    a, b = juste[rang], juste[rang + 1]
    inverse = juste[:rang] + b + a + juste[rang + 2 :]
    attendu = a == b or {a, b} == {"0", "9"}
    assert est_admis(verifier_siren, inverse) is attendu


@given(st.text(max_size=12))
def test_un_texte_quelconque_est_refuse_sans_planter(texte):
    if not (len(texte) == 9 and texte.isascii() and texte.isdigit()):
        assert not est_admis(verifier_siren, texte)


@pytest.mark.parametrize("siren", ["200068120", "243500659", "249740101", "356000000"])
def test_de_vrais_siren_sont_admis(siren):
    verifier_siren(siren)


@pytest.mark.parametrize("siren", ["", "20006812", "2000681200", "20006812O", "٢٠٠٠٦٨١٢٠"])
def test_un_siren_mal_forme_dit_ce_qu_il_faut(siren):
    with pytest.raises(ValidationError, match="neuf chiffres"):
        verifier_siren(siren)


@given(st.sampled_from(["2A", "2B", "2a", "2b"]), st.text("0123456789", min_size=6, max_size=6))
def test_un_finess_de_corse_compte_sa_lettre_comme_un_zero(departement, six):
    numero = departement + six + cle("20" + six)
    assert est_admis(verifier_finess, numero)


@pytest.mark.parametrize("finess", ["", "29000001", "29000001X", "2C0000001"])
def test_un_finess_mal_forme_dit_ce_qu_il_faut(finess):
    with pytest.raises(ValidationError, match="neuf caractères"):
        verifier_finess(finess)
