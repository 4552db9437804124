"""Les couleurs d’un contrat : ce qui se lit, ce qui ne se lit pas, et ce que l’on en dit."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from bilans import palette
from bilans.charte import FORME, TEXTE, charte, defauts, dessus, lu, melange
from bilans.instantane import Apparence
from bilans.mise_en_page import contexte
from cls_platform.socle.theme import contraste
from tests.appuis.proprietes import sans_chrono
from tests.bilans import exemples

COULEURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_sans_choix_ce_sont_les_couleurs_de_la_plateforme() -> None:
    couleurs = charte(Apparence())
    assert (couleurs.fond, couleurs.accent) == (palette.NUIT, palette.SOLEIL)
    assert defauts("", "") == {}


def test_un_fond_clair_est_refuse_avec_son_contraste() -> None:
    (dit,) = defauts("#ffc23c", "#0d3440").values()
    assert "1,6" in dit
    assert "4,5" in dit


def test_un_accent_proche_du_fond_est_refuse() -> None:
    assert list(defauts("#0d3440", "#12495a")) == ["couleur_accent"]


def test_un_accent_sans_texte_lisible_n_existe_presque_pas() -> None:
    assert "Aucun texte" in defauts("#000000", "#808080").get("couleur_accent", "Aucun texte")


@pytest.mark.parametrize("faux", ["rouge", "#fff", "#12345g", "url(http://pirate.exemple)"])
def test_ce_qui_n_est_pas_une_couleur_est_refuse(faux: str) -> None:
    assert "n’est pas une couleur" in defauts(faux, "")["couleur_fond"]


@reglages(sans_chrono, max_examples=150)
@given(COULEURS, COULEURS)
def test_une_charte_rendue_se_lit_toujours(fond: str, accent: str) -> None:
    """Refusées, les couleurs laissent la place à celles de la plateforme."""
    couleurs = charte(Apparence(couleur_fond=fond, couleur_accent=accent))
    assert contraste("#ffffff", couleurs.fond) >= TEXTE
    assert contraste(couleurs.sur_accent, couleurs.accent) >= TEXTE
    assert contraste(couleurs.fond, couleurs.accent) >= FORME
    if not defauts(fond, accent):
        assert (couleurs.fond, couleurs.accent) == (fond, accent)


def test_un_contraste_s_arrondit_vers_le_bas() -> None:
    assert (lu(4.49), lu(1.617), lu(21)) == ("4,4", "1,6", "21,0")


def test_le_texte_d_un_accent_est_le_plus_lisible_des_deux() -> None:
    assert (dessus("#ffc23c"), dessus("#12495a")) == (palette.ENCRE, "#ffffff")
    assert melange("#000000", "#ffffff", 0.5) == "#808080"


def test_le_document_prend_les_couleurs_du_contrat() -> None:
    bilan = replace(
        exemples.instantane(),
        apparence=Apparence(couleur_fond="#4a1d5e", couleur_accent="#f2a900"),
    )
    html = render_to_string("bilans/pdf/bilan.html", contexte(bilan))
    assert "--nuit:#4a1d5e;--soleil:#f2a900" in html
    assert 'fill="#f2a900"' in html


def test_une_couleur_mal_ecrite_ne_sort_pas_de_son_attribut() -> None:
    bilan = replace(
        exemples.instantane(),
        apparence=Apparence(couleur_fond='red"><script>', couleur_accent="url(file:///x)"),
    )
    html = render_to_string("bilans/pdf/bilan.html", contexte(bilan))
    assert "<script" not in html
    assert "file:" not in html
