import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.svg import anneau, barres, carte, colonnes, courbe, empilee, etincelle
from cls_platform.socle.svg.anneau import Anneau
from cls_platform.socle.svg.barres import Barre, Barres
from cls_platform.socle.svg.carte import Carte, Cartouche, Territoire
from cls_platform.socle.svg.colonnes import Colonne, Colonnes
from cls_platform.socle.svg.courbe import Courbe, Point, Repere
from cls_platform.socle.svg.empilee import Empilee, Part, Rangee
from cls_platform.socle.svg.metriques import largeur
from tests.appuis.proprietes import sans_chrono

VALEURS = st.one_of(st.none(), st.just(0.0), st.floats(-1e7, 1e7))


def lire(image: str) -> ET.Element:
    """L’image est du XML, sans nombre impossible."""
    traces = re.sub(r">[^<]*<", "><", image)  # un nom peut contenir ces mots
    assert not re.search(r"\b(nan|inf)\b", traces)
    return ET.fromstring(image)  # noqa: S314  (image produite par le code testé)


def textes_dedans(racine: ET.Element) -> bool:
    """Chaque texte tient dans le cadre, d’après la largeur estimée."""
    x0, y0, l0, h0 = (float(v) for v in racine.get("viewBox").split())
    for noeud in racine.iter("text"):
        taille, graisse = float(noeud.get("font-size")), int(noeud.get("font-weight", "400"))
        large = largeur(noeud.text or "", taille, graisse)
        gauche = float(noeud.get("x"))
        if noeud.get("text-anchor") == "middle":
            gauche -= large / 2
        y = float(noeud.get("y"))
        if gauche < x0 - 0.2 or gauche + large > x0 + l0 + 0.2 or y > y0 + h0 or y < y0:
            return False
    return True


def faire_courbe(valeurs: list[float | None], taille: int = 650, **champs: object) -> Courbe:
    points = tuple(
        Point(x=2018 + rang, valeur=v, etiquette="" if v is None else f"{v:.0f}")
        for rang, v in enumerate(valeurs)
    )
    return Courbe(
        titre="Courbe", description="Une courbe.", points=points, courant=2017 + len(valeurs),
        largeur=taille, **champs,
    )  # fmt: skip


@sans_chrono
@given(
    st.lists(VALEURS, max_size=12), st.sampled_from([310, 650]), st.booleans(),
    st.one_of(st.none(), st.floats(-1e7, 1e7)),
)  # fmt: skip
def test_une_courbe_tient_avec_n_importe_quelles_valeurs(
    valeurs: list[float | None], taille: int, zero: bool, visee: float | None
) -> None:
    cible = Point(x=2031, valeur=visee, etiquette="10") if visee is not None else None
    spec = faire_courbe(valeurs, taille, zero=zero, cible=cible, nom_cible="Objectif 2031")
    assert textes_dedans(lire(courbe.dessiner(spec)))


@pytest.mark.parametrize("valeurs", [[], [5.0], [0.0, 0.0], [7.0, 7.0, 7.0], [None], [None, 3.0]])
def test_une_courbe_sans_relief_n_invente_rien(valeurs: list[float | None]) -> None:
    racine = lire(courbe.dessiner(faire_courbe(valeurs)))
    assert len(racine.findall("circle")) == len([v for v in valeurs if v is not None])


def test_une_annee_sans_valeur_interrompt_le_trait() -> None:
    racine = lire(courbe.dessiner(faire_courbe([1.0, 2.0, None, 3.0, 4.0])))
    assert len([p for p in racine.iter("path") if p.get("class") == "g-serie"]) == 2


def test_une_valeur_provisoire_est_creuse_et_pointillee() -> None:
    points = (
        Point(x=2024, valeur=1, etiquette="1"),
        Point(x=2025, valeur=2, etiquette="2", provisoire=True),
    )
    racine = lire(courbe.dessiner(Courbe(titre="T", description="", points=points, courant=2025)))
    classes = [e.get("class") for e in racine.iter()]
    assert "g-disque-creux" in classes
    assert "g-provisoire" in classes
    assert "g-serie" not in classes


def test_la_valeur_de_l_annee_est_toujours_ecrite() -> None:
    racine = lire(courbe.dessiner(faire_courbe([10.0, 50.0, 10.0, 50.0, 12.0], 310)))
    assert "12" in [t.text for t in racine.iter("text")]


def test_les_etiquettes_d_une_courbe_ne_se_chevauchent_pas() -> None:
    spec = faire_courbe([14.2, 14.1, 14.0, 13.9, 14.2, 14.1, 14.3, 14.2], 310)
    textes = [t for t in lire(courbe.dessiner(spec)).iter("text") if t.get("class") == "g-valeur"]
    for rang, premier in enumerate(textes):
        for autre in textes[rang + 1 :]:
            meme_ligne = abs(float(premier.get("y")) - float(autre.get("y"))) < 10
            gauche, droite = sorted((premier, autre), key=lambda t: float(t.get("x")))
            fin = float(gauche.get("x")) + largeur(gauche.text, 14, 700)
            assert not (meme_ligne and fin > float(droite.get("x")))


def test_un_repere_et_une_comparaison_se_dessinent_avec_leurs_noms() -> None:
    spec = faire_courbe(
        [5.0, 4.0, 3.0, 3.0], repere=Repere(x=2019.5, lignes=("Mars 2019 :", "signature")),
        comparaison=(Point(x=2018, valeur=6), Point(x=2021, valeur=6)), nom_comparaison="région",
        ecrire_graduation=((0.0, "0 %"), (4.0, "4 %")),
    )  # fmt: skip
    ecrits = [t.text for t in lire(courbe.dessiner(spec)).iter("text")]
    assert {"signature", "région", "4 %"} <= set(ecrits)


@sans_chrono
@given(st.lists(st.floats(-1e6, 1e6), max_size=5))
def test_des_colonnes_tiennent_avec_n_importe_quelles_valeurs(valeurs: list[float]) -> None:
    spec = Colonnes(
        titre="C", description="",
        colonnes=tuple(
            Colonne(nom=str(2020 + r), valeur=v, etiquette=f"{v:.0f} journées", courte=f"{v:.0f}")
            for r, v in enumerate(valeurs)
        ),
    )  # fmt: skip
    racine = lire(colonnes.dessiner(spec))
    assert all(float(r.get("height")) >= 0 for r in racine.iter("rect"))
    assert textes_dedans(racine)


@sans_chrono
@given(st.lists(st.tuples(st.text(max_size=60), st.floats(-10, 1e6)), max_size=8))
def test_des_barres_gardent_leur_nom_et_leur_base(lignes: list[tuple[str, float]]) -> None:
    spec = Barres(
        titre="B", description="",
        barres=tuple(Barre(nom=n, valeur=v, etiquette="12 345") for n, v in lignes),
    )  # fmt: skip
    racine = lire(barres.dessiner(spec))
    assert all(float(r.get("width")) >= 0 for r in racine.iter("rect"))
    assert textes_dedans(racine)


@sans_chrono
@given(st.lists(st.integers(0, 400), min_size=1, max_size=7))
def test_une_barre_empilee_occupe_toute_la_largeur(valeurs: list[int]) -> None:
    parts = tuple(Part(role=str(r), nom=f"part {r}", valeur=v) for r, v in enumerate(valeurs))
    rangee = Rangee(nom="2025", parts=parts)
    places = empilee.repartir(rangee, 58, 658, 30)
    assert [part.valeur for part, _, _ in places] == [v for v in valeurs if v]
    if places:
        _, x, large = places[-1]
        assert x + large == pytest.approx(658)
        assert min(large for _, _, large in places) >= 30 - 1e-6
    spec = Empilee(titre="E", description="", rangees=(rangee, rangee))
    assert textes_dedans(lire(empilee.dessiner(spec)))


def test_des_parts_trop_etroites_passent_en_legende() -> None:
    def noms(valeurs: tuple[int, ...]) -> list[str]:
        parts = tuple(Part(role="r", nom="pas encore commencées", valeur=v) for v in valeurs)
        spec = Empilee(titre="E", description="", rangees=(Rangee(nom="2025", parts=parts),))
        return [t.text for t in lire(empilee.dessiner(spec)).iter("text")]

    assert "1 pas encore commencées" in noms((1, 60))
    assert "1 pas encore commencées" not in noms((30, 30))


@pytest.mark.parametrize("part", [-1.0, 0.0, 0.4, 1.0, 3.0, float("nan")])
def test_un_anneau_reste_entre_zero_et_un(part: float) -> None:
    racine = lire(anneau.dessiner(Anneau(titre="40 %", part=part, etiquette="40 %", taille=90)))
    assert len(racine.findall("circle")) == (2 if part > 0 else 1)


@sans_chrono
@given(st.lists(VALEURS, max_size=10))
def test_une_etincelle_tient_avec_n_importe_quelles_valeurs(valeurs: list[float | None]) -> None:
    racine = lire(etincelle.dessiner(valeurs))
    assert racine.get("aria-hidden") == "true"
    assert bool(racine.findall("circle")) == any(v is not None for v in valeurs)


def faire_carte(**champs: object) -> Carte:
    territoires = (
        Territoire(trace="M0 0h50v50h-50z", nom="Ouest, signé", role="t-signe", lien="/a?b=1&c=2",
                   etiquette="Ouest", x=25, y=25),
        Territoire(trace="M50 0h50v50h-50z", nom="Est <b>", role="motif-hachures",
                   etiquette="Est très proche", x=30, y=26),
    )  # fmt: skip
    return Carte(
        titre="Carte", description="", territoires=territoires, largeur=100, hauteur=50, **champs
    )


def test_chaque_territoire_de_la_carte_est_un_lien_nomme() -> None:
    racine = lire(carte.dessiner(faire_carte()))
    lien = next(racine.iter("a"))
    assert lien.get("href") == "/a?b=1&c=2"
    assert lien.findtext("title") == "Ouest, signé"
    assert "Est <b>" in [titre.text for titre in racine.iter("title")]


def test_une_trame_est_definie_une_fois_et_reference_son_prefixe() -> None:
    racine = lire(carte.dessiner(faire_carte(prefixe="p1")))
    assert [m.get("id") for m in racine.iter("pattern")] == ["p1-motif-hachures"]
    assert 'fill="url(#p1-motif-hachures)"' in carte.dessiner(faire_carte(prefixe="p1"))


def test_un_nom_qui_en_recouvrirait_un_autre_est_omis() -> None:
    racine = lire(carte.dessiner(faire_carte()))
    assert [t.text for t in racine.iter("text")] == ["Ouest"]
    assert textes_dedans(racine)


def test_un_cartouche_encadre_et_nomme_un_territoire_lointain() -> None:
    cartouche = Cartouche(nom="La Réunion", x=2, y=2, largeur=60, hauteur=40)
    racine = lire(carte.dessiner(faire_carte(cartouches=(cartouche,))))
    assert "La Réunion" in [t.text for t in racine.iter("text")]


@pytest.mark.parametrize("role", ["t-signe", *carte.MOTIFS])
def test_la_legende_a_un_echantillon_par_role(role: str) -> None:
    assert lire(carte.pastille(role)).get("aria-hidden") == "true"
