import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.svg import metriques, trace
from cls_platform.socle.svg.echelle import Echelle, bornes, graduations
from cls_platform.socle.svg.placement import Boite
from tests.appuis.proprietes import sans_chrono


def lire(image: str) -> ET.Element:
    return ET.fromstring(image)  # noqa: S314  (image produite par le code testé)


HOSTILES = ("<script>alert(1)</script>", '" onload="x', "a\x00b\x0bc", "]]>", "&amp;", "’«»…")


@pytest.mark.parametrize("hostile", HOSTILES)
def test_un_texte_hostile_reste_du_texte(hostile: str) -> None:
    image = trace.figure(
        trace.CLASSES, 10, 10, [trace.texte(trace.CLASSES, "texte", 0, 0, hostile)],
        titre=hostile, description=hostile, classe=hostile,
    )  # fmt: skip
    racine = lire(image)
    assert {element.tag for element in racine.iter()} == {"svg", "title", "desc", "text"}
    attendu = re.sub(r"[\x00-\x08\x0b]", "", hostile)
    assert racine.findtext("text") == attendu
    assert not [a for element in racine.iter() for a in element.attrib if a.startswith("on")]


def test_un_role_devient_une_classe_a_l_ecran_et_des_couleurs_en_pdf() -> None:
    encre = trace.Palette({"axe": {"stroke": "#123"}}, "Police")
    assert 'class="g-axe"' in trace.chemin(trace.CLASSES, "axe", "M0 0")
    assert 'stroke="#123"' in trace.chemin(encre, "axe", "M0 0")
    assert "class" not in trace.chemin(encre, "axe", "M0 0")


def test_l_image_de_l_ecran_relie_son_nom_et_sa_description() -> None:
    racine = lire(trace.figure(trace.CLASSES, 1, 1, [], titre="T", description="D"))
    titre, description = racine.find("title"), racine.find("desc")
    assert racine.get("role") == "img"
    assert racine.get("aria-labelledby") == f"{titre.get('id')} {description.get('id')}"


def test_l_image_du_pdf_tient_son_texte_dans_un_seul_titre() -> None:
    racine = lire(
        trace.figure(
            trace.Palette({}, "P"), 1, 1, [], titre="Courbe : x", description="Elle monte."
        )
    )
    assert racine.findtext("{*}title") == "Courbe : x. Elle monte."
    assert racine.find("desc") is None


def test_les_nombres_ecrits_sont_courts() -> None:
    assert [trace.arrondi(v) for v in (12.04, 3.0, -0.01, 0.25)] == ["12", "3", "0", "0.2"]


@sans_chrono
@given(st.text(max_size=40), st.floats(6, 60))
def test_une_largeur_croit_avec_le_texte(texte: str, taille: float) -> None:
    assert metriques.largeur(texte + "a", taille) > metriques.largeur(texte, taille) >= 0


@sans_chrono
@given(st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=30))
def test_couper_ne_perd_aucun_mot(mots: list[str]) -> None:
    lignes = metriques.couper(" ".join(mots), 12, 80)
    assert " ".join(lignes) == " ".join(mots)
    assert all(metriques.largeur(ligne, 12) <= 80 or " " not in ligne for ligne in lignes)


@sans_chrono
@given(st.text(max_size=60), st.floats(20, 300))
def test_abreger_tient_dans_la_place(texte: str, place: float) -> None:
    assert metriques.largeur(metriques.abreger(texte, 12, place), 12) <= place


@sans_chrono
@given(st.lists(st.floats(-1e6, 1e6), max_size=8), st.booleans())
def test_les_bornes_ne_sont_jamais_confondues(valeurs: list[float], zero: bool) -> None:
    bas, haut = bornes(valeurs, zero=zero)
    assert bas < haut
    assert not valeurs or (bas <= min(valeurs) and max(valeurs) <= haut)
    assert not zero or bas <= 0 <= haut
    assert len(graduations(bas, haut)) <= 6


def test_une_etendue_nulle_ne_divise_pas_par_zero() -> None:
    assert Echelle(5, 5, 10, 20)(5) == 10


def test_une_boite_connait_ses_voisines_et_les_traits_qui_la_coupent() -> None:
    boite = Boite(10, 10, 20, 20)
    assert boite.touche(Boite(15, 15, 30, 30))
    assert not boite.touche(Boite(30, 10, 40, 20))
    assert boite.traversee_par((0, 0, 30, 30))
    assert boite.traversee_par((0, 15, 30, 15))
    assert not boite.traversee_par((0, 0, 30, 0))
    assert not boite.traversee_par((0, 30, 5, 0))
