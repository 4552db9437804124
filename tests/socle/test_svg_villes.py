"""Les noms de villes d’une carte : dans l’image, sans se recouvrir, les plus grandes d’abord."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.placement import Boite
from cls_platform.socle.svg.villes import GRAISSE, TAILLE, NomPose, Ville, poser
from tests.appuis.proprietes import sans_chrono

VILLES = st.lists(
    st.builds(
        Ville,
        nom=st.sampled_from(["Is", "Brest", "Quimper", "Saint-Germain-en-Laye"]),
        x=st.floats(0, 720),
        y=st.floats(0, 420),
    ),
    max_size=24,
)


def boite(nom: NomPose) -> tuple[float, float, float, float]:
    demi = metriques.largeur(nom.texte, TAILLE, GRAISSE) / 2
    return nom.x - demi, nom.y - TAILLE * 0.75, nom.x + demi, nom.y + TAILLE * 0.2


@sans_chrono
@given(VILLES)
def test_aucun_nom_n_en_recouvre_un_autre_ni_ne_sort_de_l_image(villes):
    boites = [boite(nom) for nom in poser(villes, 720, 420)]
    for gauche, haut, droite, bas in boites:
        assert 0 <= gauche <= droite <= 720
        assert 0 <= haut <= bas <= 420
    for a, b in combinations(boites, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_la_plus_grande_ville_a_son_nom_sa_voisine_non():
    grande, voisine = Ville(nom="Rennes", x=300, y=200), Ville(nom="Cesson", x=320, y=205)
    assert [nom.texte for nom in poser([grande, voisine], 720, 420)] == ["Rennes"]


def test_le_premier_nom_reste_sur_un_petit_ecran():
    """Deux fois plus gros, le second recouvrirait le premier : il s’efface."""
    villes = [Ville(nom="Rennes", x=300, y=200), Ville(nom="Vitré", x=370, y=200)]
    assert [nom.est_mineur for nom in poser(villes, 720, 420)] == [False, True]


def test_un_nom_trop_large_pour_l_image_est_omis():
    assert poser([Ville(nom="Saint-Germain-en-Laye", x=40, y=40)], 80, 80) == []


def test_un_nom_laisse_voir_la_marque_de_sa_ville():
    marque = Boite(293, 194, 307, 206)
    (nom,) = poser([Ville(nom="Rennes", x=300, y=200)], 720, 420, [marque])
    _, haut, _, bas = boite(nom)
    assert bas <= marque.haut or haut >= marque.bas
