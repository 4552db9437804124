"""Deux versions d’un texte, mot à mot."""

from hypothesis import given
from hypothesis import strategies as st

from contrats.comparaison import comparer, reunir, souligner

LIBELLES = {"titre": "Titre", "description": "Description"}


def test_les_mots_qui_different_sont_soulignes_des_deux_cotes():
    mienne, sienne = souligner("600 bilans, dont la moitié ici", "720 bilans, dont un tiers ici")
    assert mienne == "<ins>600</ins> bilans, dont <ins>la moitié</ins> ici"
    assert sienne == "<ins>720</ins> bilans, dont <ins>un tiers</ins> ici"


def test_le_html_tape_par_quelqu_un_est_echappe():
    mienne, _ = souligner("<b>gras</b>", "")
    assert mienne == "<ins>&lt;b&gt;gras&lt;/b&gt;</ins>"


def test_un_texte_vide_se_dit():
    assert "(vide)" in souligner("", "quelque chose")[0]


def test_seuls_les_champs_qui_different_sont_compares():
    differences = comparer(
        {"titre": "Le même", "description": "La mienne"},
        {"titre": "Le même", "description": "La sienne"},
        LIBELLES,
    )
    assert [d.champ for d in differences] == ["description"]


def test_les_fins_de_ligne_d_un_navigateur_ne_comptent_pas():
    assert not comparer({"titre": "un\r\ndeux"}, {"titre": "un\ndeux"}, LIBELLES)


def test_reunir_met_les_deux_textes_l_un_sous_l_autre_une_seule_fois():
    assert reunir("la mienne", "la sienne") == "la mienne\n\nla sienne"
    assert reunir("pareil", "pareil") == "pareil"
    assert reunir("", "la sienne") == "la sienne"


@given(st.text(alphabet="ab <>&\n"), st.text(alphabet="ab <>&\n"))
def test_aucun_chevron_tape_ne_passe_et_aucun_mot_ne_se_perd(mienne, sienne):
    html = souligner(mienne, sienne)[0]
    nu = html.replace("<ins>", "").replace("</ins>", "")
    if mienne.strip():
        assert "<" not in nu
        assert (
            nu.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split()
            == mienne.split()
        )
