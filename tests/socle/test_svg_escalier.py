"""L’escalier : la part tient jusqu’au jour où elle change, puis saute."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from cls_platform.socle.svg.escalier import Escalier, Serie, Visee, dessiner

SIGNE = Serie(nom="signé", marches=((2020.0, 0.1), (2022.5, 0.6)))
PROJET = Serie(nom="ou projet", marches=((2020.0, 0.2), (2023.0, 0.8)))


def escalier(**options) -> ET.Element:
    voulu = {"titre": "Essai", "description": "Une phrase.", "series": (SIGNE, PROJET)}
    return ET.fromstring(  # noqa: S314  (notre propre image)
        dessiner(Escalier(**{**voulu, "debut": 2020.0, "fin": 2024.0, **options}))
    )


def de_role(image, role: str) -> list[ET.Element]:
    return [e for e in image.iter() if e.get("class") == f"g-{role}"]


def test_un_trait_ne_va_qu_a_l_horizontale_et_a_la_verticale():
    (trait,) = de_role(escalier(), "serie")
    assert set(trait.get("d")) <= set("MHV0123456789. ")


def test_l_image_est_nommee_et_decrite():
    image = escalier()
    assert image.get("role") == "img"
    assert [e.text for e in image[:2]] == ["Essai", "Une phrase."]


def test_chaque_serie_est_nommee_a_son_bout_sans_se_toucher():
    proches = Serie(nom="ou projet", marches=((2020.0, 0.6),))
    image = escalier(series=(SIGNE, proches))
    (un,), (deux,) = de_role(image, "nom-serie"), de_role(image, "nom-tirets")
    assert (un.text, deux.text) == ("signé", "ou projet")
    assert abs(float(un.get("y")) - float(deux.get("y"))) >= 14


def test_la_visee_est_un_pointille_nomme():
    image = escalier(visee=Visee(part=0.9, nom="cible 2028 : 90 %"))
    assert len(de_role(image, "visee")) == 1
    assert de_role(image, "nom-visee")[0].text == "cible 2028 : 90 %"


def test_sans_marche_les_axes_restent():
    image = escalier(series=(Serie(nom="signé", marches=()),))
    assert de_role(image, "axe")
    assert not de_role(image, "serie")


@pytest.mark.parametrize("fin", [2020.5, 2021.0, 2026.9, 2080.0])
def test_les_annees_ne_se_chevauchent_pas(fin):
    textes = [
        e for e in de_role(escalier(fin=fin), "discret") if e.text.isdigit() and len(e.text) == 4
    ]
    places = sorted(float(e.get("x")) for e in textes)
    assert all(b - a >= 28 for a, b in itertools.pairwise(places))
