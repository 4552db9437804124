"""Les graphiques d’une trajectoire : rien ne sort du cadre, rien ne se recouvre, tout est échappé."""

import itertools
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.svg import piles, planche, trajectoire
from cls_platform.socle.svg.courbe import Point, Repere
from cls_platform.socle.svg.metriques import largeur
from cls_platform.socle.svg.piles import Pile, Piles
from cls_platform.socle.svg.planche import Planche, Vignette
from cls_platform.socle.svg.suites import suites
from cls_platform.socle.svg.trace import Palette
from tests.appuis.proprietes import sans_chrono
from tests.socle.test_svg_graphiques import lire, textes_dedans

VALEURS = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=12)
VISEES = st.one_of(st.none(), st.floats(-1e6, 1e6))
PIEGE = '<b>"&\x00'


def observes(valeurs: list[float | None], *, provisoire: bool = False) -> tuple[Point, ...]:
    return tuple(
        Point(
            x=2016 + rang, valeur=v, etiquette="" if v is None else f"{v:.1f}",
            provisoire=provisoire and rang == len(valeurs) - 1,
        )
        for rang, v in enumerate(valeurs)
    )  # fmt: skip


def faire(
    valeurs: list[float | None], visee: float | None, taille: int = 650
) -> trajectoire.Trajectoire:
    cible = Point(x=2030, valeur=visee, etiquette=f"cible {visee:.1f}") if visee else None
    prevue = (Point(x=2016, valeur=0.0), Point(x=2030, valeur=visee)) if visee else ()
    spec = trajectoire.Trajectoire(
        titre="Trajectoire", description="Une phrase.", observes=observes(valeurs, provisoire=True),
        prevue=prevue, marge=12.5, cible=cible, nom="Golfe et îles",
        comparaison=observes(valeurs[:3]), nom_comparaison="région 12,4",
        reperes=tuple(Repere(x=2017 + n / 2, lignes=("bus santé, avril 2025",)) for n in range(3)),
        courant=2015 + len(valeurs), largeur=taille, hauteur=290 if taille > 400 else 230,
    )  # fmt: skip
    nombres = trajectoire.graduations_de(trajectoire.valeurs_de(spec))
    return replace(spec, graduations=tuple((v, f"{v:g} %") for v in nombres))


def boites(racine: ET.Element, *roles: str) -> list[tuple[float, float, float, float]]:
    """(gauche, haut, droite, bas) de chaque texte de ces rôles, d’après sa largeur estimée."""
    lues = []
    for noeud in racine.iter("text"):
        if noeud.get("class") in roles:
            taille, graisse = float(noeud.get("font-size")), int(noeud.get("font-weight", "400"))
            x, y = float(noeud.get("x")), float(noeud.get("y"))
            lues.append((x, y - 0.75 * taille, x + largeur(noeud.text or "", taille, graisse), y))
    return lues


def se_recouvrent(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """À un quart de pixel près : les coordonnées sont écrites au dixième."""
    marge = 0.25
    return (
        a[0] + marge < b[2] and b[0] + marge < a[2] and a[1] + marge < b[3] and b[1] + marge < a[3]
    )


ECRITS = ("g-valeur", "g-nom-cible", "g-texte", "g-discret", "g-annee")


@sans_chrono
@given(VALEURS, VISEES, st.sampled_from([310, 650]))
def test_les_textes_d_une_trajectoire_restent_dans_le_cadre_sans_se_recouvrir(
    valeurs: list[float | None], visee: float | None, taille: int
) -> None:
    spec = replace(faire(valeurs, visee, taille), graduations=())
    racine = lire(trajectoire.dessiner(spec))
    assert textes_dedans(racine)
    for une, autre in itertools.combinations(boites(racine, *ECRITS), 2):
        assert not se_recouvrent(une, autre)


@sans_chrono
@given(VALEURS, VISEES, st.sampled_from([310, 650]))
def test_l_axe_ecrit_au_plus_cinq_nombres_dans_le_cadre(
    valeurs: list[float | None], visee: float | None, taille: int
) -> None:
    spec = faire(valeurs, visee, taille)
    assert len(spec.graduations) <= 5
    assert textes_dedans(lire(trajectoire.dessiner(spec)))


@sans_chrono
@given(st.lists(VALEURS, max_size=7), VISEES)
def test_une_planche_garde_chaque_vignette_dans_son_cadre(
    series: list[list[float | None]], visee: float | None
) -> None:
    cible = Point(x=2030, valeur=visee, etiquette=f"{visee:.0f}") if visee else None
    vignettes = tuple(
        Vignette(nom="Participants aux ateliers " * 3, description="", observes=observes(v),
                 cible=cible, de=2016, a=2030)
        for v in series
    )  # fmt: skip
    racine = lire(planche.dessiner_planche(Planche(titre="P", description="", vignettes=vignettes)))
    assert textes_dedans(racine)
    for une, autre in itertools.combinations(boites(racine, *ECRITS), 2):
        assert not se_recouvrent(une, autre)
    for vignette in vignettes:
        assert textes_dedans(lire(planche.dessiner(vignette)))


@sans_chrono
@given(st.lists(st.lists(st.one_of(st.none(), st.floats(-5, 1e6)), min_size=4, max_size=4),
                max_size=8), st.sampled_from([310, 650]))  # fmt: skip
def test_des_piles_empilent_leurs_parts_connues_depuis_zero(
    annees: list[list[float | None]], taille: int
) -> None:
    suite = tuple(
        Pile(nom=str(2018 + n), valeurs=tuple(v), total="12",
             etiquettes=tuple("" if x is None else f"{x:.0f}" for x in v))
        for n, v in enumerate(annees)
    )  # fmt: skip
    spec = Piles(
        titre="P", description="", parts=("Femmes", "Hommes", "Autres", "Inconnu"), piles=suite,
        largeur=taille,
    )  # fmt: skip
    racine = lire(piles.dessiner(spec))
    assert textes_dedans(racine)
    # sans les quatre échantillons de la légende, les fonds des trames, ni ceux des nombres
    hauteurs = [
        float(r.get("height")) for r in list(racine.findall("rect"))[4:]
        if r.get("class") != "g-cartel"
    ]  # fmt: skip
    assert len(hauteurs) == sum(1 for v in annees for x in v if x is not None and x > 0)
    assert all(h >= 0 for h in hauteurs)


@pytest.mark.parametrize(
    ("valeurs", "attendues"),
    [([1.0, 2.0, None, 3.0, 4.0], 2), ([1.0, None, 2.0], 0), ([1.0, 2.0, 3.0], 1), ([], 0)],
)
def test_un_trou_interrompt_le_trait(valeurs: list[float | None], attendues: int) -> None:
    assert len(suites(observes(valeurs))) == attendues


def test_une_valeur_provisoire_est_creuse_et_pointillee() -> None:
    racine = lire(trajectoire.dessiner(faire([14.2, 13.6, 13.1, 12.4], 10.0)))
    classes = [e.get("class") for e in racine.iter()]
    assert classes.count("g-disque-creux") == 1
    assert classes.count("g-provisoire") == 1
    assert classes.count("g-carre") == 3


def test_la_valeur_courante_et_la_cible_sont_ecrites_aux_deux_largeurs() -> None:
    for taille in (310, 650):
        ecrits = [t.text for t in lire(trajectoire.dessiner(faire([14.2, 13.6, 13.1, 12.4], 10.0, taille))).iter("text")]  # fmt: skip
        assert {"12.4", "cible 10.0"} <= set(ecrits)


def test_tout_texte_est_echappe_et_l_image_est_nommee() -> None:
    spec = replace(faire([1.0, 2.0], 3.0), titre=PIEGE, description=PIEGE, nom=PIEGE)
    image = trajectoire.dessiner(spec)
    racine = lire(image)
    assert racine.findtext("title") == '<b>"&'
    assert racine.get("aria-labelledby").split() == [
        racine.find("title").get("id"), racine.find("desc").get("id"),
    ]  # fmt: skip
    assert "<b>" not in image


def test_le_meme_dessin_prend_les_couleurs_d_un_document() -> None:
    palette = Palette({"serie": {"stroke": "#123456"}, "trame-trait": {"stroke": "#123456"}}, "P")
    image = trajectoire.dessiner(faire([1.0, 2.0, 3.0], 3.0), palette)
    assert "class=" not in image
    assert "#123456" in image
    pile = Pile(nom="2025", valeurs=(3.0, 4.0), etiquettes=("3", "4"))
    spec = Piles(titre="P", description="", parts=("Femmes", "Hommes"), piles=(pile,))
    assert "#123456" in piles.dessiner(spec, palette)


def test_deux_images_d_une_page_ne_partagent_aucun_repere() -> None:
    pile = Pile(nom="2025", valeurs=(3.0, 4.0), etiquettes=("3", "4"))
    large = Piles(titre="P", description="", parts=("Femmes", "Hommes"), piles=(pile,))
    reperes = [
        {e.get("id") for e in lire(piles.dessiner(spec)).iter() if e.get("id")}
        for spec in (large, replace(large, largeur=310))
    ]
    assert reperes[0].isdisjoint(reperes[1])


def test_douze_series_de_dix_ans_tiennent_sur_une_planche() -> None:
    vignettes = tuple(
        Vignette(
            nom=f"Indicateur {n}", description="", de=2016, a=2028, marge=2,
            observes=observes([float((k * 7 + n * 5) % 9) for k in range(10)]),
            prevue=(Point(x=2016, valeur=3), Point(x=2028, valeur=9)),
            cible=Point(x=2028, valeur=9, etiquette="9"),
        )
        for n in range(12)
    )  # fmt: skip
    spec = Planche(titre="Planche", description="", vignettes=vignettes)
    dessin = planche.dessiner_planche(spec)
    assert [n for n in range(12) if f"Indicateur {n}" not in dessin] == []


@sans_chrono
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8))
def test_un_axe_porte_de_trois_a_cinq_graduations_rondes(valeurs: list[float]) -> None:
    lues = trajectoire.graduations_de([round(v, 2) for v in valeurs])
    assert 3 <= len(lues) <= 5
    ecarts = {round(b - a, 6) for a, b in itertools.pairwise(lues)}
    assert max(ecarts) - min(ecarts) < 1e-5


@pytest.mark.parametrize("valeurs", [[4.0], [4.0, 5.0], [0.0, 1.0], [12.0, 13.0, 14.0]])
def test_ce_qui_se_compte_entier_se_gradue_de_un_en_un(valeurs: list[float]) -> None:
    lues = trajectoire.graduations_de(valeurs, pas_minimal=1.0)
    assert lues
    assert all(v == int(v) for v in lues)


def test_une_part_trop_mince_porte_son_nombre_a_cote_de_la_colonne() -> None:
    pile = Pile(nom="2026", valeurs=(3.0, 200.0), etiquettes=("3", "200"), total="203")
    spec = Piles(
        titre="Par âge", description="Une phrase.", parts=("Jeunes", "Âgés"), piles=(pile,)
    )
    ecrits = {t.text: float(t.get("x")) for t in lire(piles.dessiner(spec)).iter("text")}
    assert ecrits["3"] > ecrits["200"]
