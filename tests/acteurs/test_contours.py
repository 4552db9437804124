"""Les contours réels : présents, jointifs, justes à la tolérance près, et petits à l'écran."""

import gzip
import math
import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from acteurs.carte_de_france import carte_de_france
from acteurs.construction.contours import compacter
from acteurs.construction.lacunes import combler, refermer
from acteurs.contours import (
    Contour,
    cadrer,
    contours,
    contours_des_communes,
    contours_du_departement,
    tracer,
)
from acteurs.fichiers_territoires import DOSSIER, lignes_csv
from acteurs.formes import Partie, formes_du_territoire
from acteurs.mailles import cles_des_contours
from acteurs.projections import METROPOLE, PLANS, departement_de, plan_de

CAMPAGNE = {"29020", "29048", "29051", "29106"}
SANS_CONTOUR = {"15031", "15035", "15047", "15171"}
ETENDUES = {
    METROPOLE: ((-5.2, 9.6), (41.3, 51.1)),
    "971": ((-61.9, -60.9), (15.8, 16.6)),
    "972": ((-61.3, -60.8), (14.3, 14.9)),
    "973": ((-54.7, -51.6), (2.1, 5.8)),
    "974": ((55.2, 55.9), (-21.4, -20.8)),
    "976": ((45.0, 45.3), (-13.1, -12.6)),
}
NOMBRES = re.compile(r"-?\d+(?:\.\d+)?")


def surface(contour: Contour) -> shapely.Geometry:
    polygones = [shapely.Polygon(p[0], p[1:]) for p in contour.polygones]
    return shapely.union_all([shapely.make_valid(p) for p in polygones])


def cles_dessinees() -> dict[str, str]:
    """La clé de contour de chaque commune dessinée."""
    regions = {d["code"]: d["region"] for d in lignes_csv(DOSSIER, "departements")}
    lignes = [c | {"region": regions[c["departement"]]} for c in lignes_csv(DOSSIER, "communes")]
    dessinees = {c["code"] for c in lignes if plan_de(c["departement"])} - SANS_CONTOUR
    return {c: cle for c, cle in cles_des_contours(lignes).items() if c in dessinees}


def poids(chemins: list[str]) -> int:
    return len(gzip.compress("".join(f'<path d="{d}"/>' for d in chemins).encode()))


# Projections


def test_lambert_93_place_paris_comme_l_ign() -> None:
    """Point de contrôle : 2,3522° E, 48,8566° N."""
    x, y = PLANS[METROPOLE].projeter(2.3522, 48.8566)
    assert (x, y) == pytest.approx((652_469.0, 6_862_035.3), abs=0.1)


@given(plan=st.sampled_from(sorted(PLANS)), dx=st.floats(0, 1), dy=st.floats(0, 1))
def test_le_retour_rend_la_longitude_et_la_latitude(plan: str, dx: float, dy: float) -> None:
    (ouest, est), (sud, nord) = ETENDUES[plan]
    point = (ouest + dx * (est - ouest), sud + dy * (nord - sud))
    retour = PLANS[plan].deprojeter(*PLANS[plan].projeter(*point))
    assert retour == pytest.approx(point, abs=1e-9)


@pytest.mark.parametrize("plan", sorted(set(PLANS) - {METROPOLE}))
def test_outre_mer_l_echelle_ne_s_ecarte_pas_de_plus_de_trois_pour_mille(plan: str) -> None:
    """Un centième de degré de longitude, mesuré aux latitudes extrêmes."""
    (ouest, _), latitudes = ETENDUES[plan]
    for latitude in latitudes:
        (x0, _), (x1, _) = (PLANS[plan].projeter(ouest + d, latitude) for d in (0, 0.01))
        vraie = math.radians(0.01) * 6_378_137 * math.cos(math.radians(latitude))
        assert (x1 - x0) / vraie == pytest.approx(1, abs=3.5e-3)


@pytest.mark.parametrize(
    ("code", "departement", "plan"),
    [("29232", "29", METROPOLE), ("2A004", "2A", METROPOLE), ("97411", "974", "974"),
     ("97801", "978", None), ("98735", "987", None)],
)  # fmt: skip
def test_le_code_d_une_commune_dit_son_departement_et_son_plan(
    code: str, departement: str, plan: str | None
) -> None:
    assert departement_de(code) == departement
    assert plan_de(departement) == plan


# Fichiers livrés


def test_chaque_territoire_a_un_contour_sauf_ceux_qui_sont_annonces() -> None:
    attendus = {d["code"] for d in lignes_csv(DOSSIER, "departements") if plan_de(d["code"])}
    assert contours("departements").keys() == attendus
    assert len(contours("regions")) == 18
    assert contours("mailles").keys() == set(cles_dessinees().values())
    communes = {c["code"] for c in lignes_csv(DOSSIER, "communes") if plan_de(c["departement"])}
    dessinees = {c for d in attendus for c in contours_du_departement(d)}
    assert communes - dessinees == SANS_CONTOUR
    assert dessinees <= communes


def test_les_fichiers_tiennent_en_huit_mega_octets() -> None:
    assert sum(f.stat().st_size for f in DOSSIER.rglob("*") if f.is_file()) < 8_000_000


@pytest.mark.parametrize("departement", ["29", "75", "2B", "972"])
def test_les_communes_reunies_ont_l_aire_de_leurs_parties(departement: str) -> None:
    """Ni jour ni recouvrement entre voisines : au plus un dix-millième de l'aire."""
    formes = [surface(c) for c in contours_du_departement(departement).values()]
    somme = sum(f.area for f in formes)
    assert shapely.union_all(formes).area == pytest.approx(somme, rel=1e-4)


def test_les_departements_de_metropole_se_touchent_sans_trou() -> None:
    """Le seul trou est l'enclave espagnole de Llívia."""
    formes = [surface(c) for c in contours("departements").values() if c.plan == METROPOLE]
    assert shapely.union_all(formes).area == pytest.approx(sum(f.area for f in formes), rel=1e-4)
    terres = shapely.get_parts(shapely.union_all(formes))
    trous = [shapely.Polygon(anneau) for terre in terres for anneau in terre.interiors]
    assert [t.contains(shapely.Point(616_200, 6_152_400)) for t in trous if t.area > 1e6] == [True]


def test_un_departement_a_l_aire_de_ses_communes_a_la_tolerance_pres() -> None:
    communes = sum(surface(c).area for c in contours_du_departement("35").values())
    assert surface(contours("departements")["35"]).area == pytest.approx(communes, rel=0.01)


def test_le_geojson_revient_en_longitude_et_latitude() -> None:
    geometrie = contours("departements", ["974"])["974"].en_geojson()
    assert geometrie["type"] == "MultiPolygon"
    (anneau, *_), *_ = geometrie["coordinates"]
    assert anneau[0] == anneau[-1]
    assert all(55.2 < x < 55.9 and -21.5 < y < -20.8 for x, y in anneau)


def test_un_code_inconnu_est_absent_du_resultat() -> None:
    assert contours("mailles", ["000000000"]) == {}
    assert contours_des_communes(["15031", "98735", "29232"]).keys() == {"29232"}


# Dessin


def test_la_carte_de_france_a_ses_101_departements_et_reste_legere() -> None:
    carte = carte_de_france()
    assert len(carte.chemins) == 101
    assert all(carte.chemins.values())
    assert [c.nom for c in carte.cartouches] == [
        "Petite couronne", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte",
    ]  # fmt: skip
    assert poids(list(carte.chemins.values())) <= 21_000


def test_la_petite_couronne_se_choisit_dans_son_cartouche_et_garde_sa_place() -> None:
    carte = carte_de_france()
    assert carte.reduits.keys() == {"75", "92", "93", "94"}
    assert all(carte.chemins[code] != reduit for code, reduit in carte.reduits.items())


@pytest.mark.parametrize(("departement", "limite"), [("29", 25_000), ("974", 25_000)])
def test_les_communes_d_un_departement_restent_legeres(departement: str, limite: int) -> None:
    formes = contours_du_departement(departement).values()
    cadrage = cadrer(formes, 650, 650)
    assert poids([cadrage.chemin(f) for f in formes]) <= limite


def test_un_cadrage_remplit_le_rectangle_sans_deborder_ni_deformer() -> None:
    formes = list(contours_des_communes(CAMPAGNE).values())
    cadrage = cadrer(formes, 300, 200, gauche=10, haut=20)
    points = [cadrage.placer(p) for f in formes for p in f.points()]
    abscisses, ordonnees = zip(*points, strict=True)
    assert min(abscisses) >= 10 - 1e-6
    assert max(abscisses) <= 310 + 1e-6
    assert min(ordonnees) >= 20 - 1e-6
    assert max(ordonnees) <= 220 + 1e-6
    assert max(abscisses) - min(abscisses) == pytest.approx(300) or max(ordonnees) - min(
        ordonnees
    ) == pytest.approx(200)


def test_deux_plans_ne_se_melangent_pas() -> None:
    formes = contours("departements", ["29", "974"]).values()
    with pytest.raises(ValueError, match="un seul plan"):
        cadrer(formes, 100, 100)


@given(
    st.lists(
        st.tuples(st.integers(-9_000, 9_000), st.integers(-9_000, 9_000)), min_size=3, max_size=30
    )
)
def test_un_chemin_relatif_repasse_par_tous_les_points(entiers: list[tuple[int, int]]) -> None:
    points = [(x / 10, y / 10) for x, y in entiers]
    distincts = [p for p, q in zip(entiers, [None, *entiers], strict=False) if p != q]
    chemin = tracer(points)
    if len(distincts) < 3:
        assert chemin == ""
        return
    nombres = [round(float(n) * 10) for n in NOMBRES.findall(chemin)]
    x, y, retrouves = 0, 0, []
    for dx, dy in zip(nombres[::2], nombres[1::2], strict=True):
        x, y = x + dx, y + dy
        retrouves.append((x, y))
    assert retrouves == distincts


# Forme d'un territoire


@pytest.fixture(scope="module")
def parties() -> list[Partie]:
    communes = list(lignes_csv(DOSSIER, "communes"))
    epci = {"200068120": "Quimper Bretagne Occidentale", "242900645": "Douarnenez Communauté"}
    return [
        Partie(code=s, nom=n, communes=tuple(c["code"] for c in communes if c["epci"] == s))
        for s, n in epci.items()
    ]


def test_la_forme_d_un_territoire_tient_dans_sa_place(parties: list[Partie]) -> None:
    formes = formes_du_territoire(parties, place=(60, 450, 670, 430))
    assert formes is not None
    x, y, largeur, hauteur = formes.cadre
    assert x >= 59.9
    assert y >= 449.9
    assert x + largeur <= 730.1
    assert y + hauteur <= 880.1
    assert [p.code for p in formes.parties] == [p.code for p in parties]
    assert formes.contour.startswith("M")


def test_le_nom_s_ecrit_a_l_interieur_de_sa_forme(parties: list[Partie]) -> None:
    formes = formes_du_territoire(parties)
    assert formes is not None
    x, y, largeur, hauteur = formes.cadre
    for partie in formes.parties:
        assert x < partie.x < x + largeur
        assert y < partie.y < y + hauteur
        assert partie.rayon > 10


def test_les_ondes_s_eloignent_et_ne_sortent_pas_de_la_page(parties: list[Partie]) -> None:
    formes = formes_du_territoire(parties)
    assert formes is not None
    assert len(formes.ondes) >= 10
    assert len("".join(formes.ondes)) < 20_000
    for onde in formes.ondes:
        for sous_chemin in onde.removeprefix("M").split("M"):
            nombres = [float(n) for n in NOMBRES.findall(sous_chemin)]
            assert -2.1 <= nombres[0] <= 796.1
            assert -2.1 <= nombres[1] <= 971.5


def test_un_territoire_sans_contour_n_a_pas_de_forme() -> None:
    assert formes_du_territoire([Partie(code="", nom="Papeete", communes=("98735",))]) is None


def test_la_meme_demande_donne_le_meme_dessin(parties: list[Partie]) -> None:
    assert formes_du_territoire(parties) == formes_du_territoire(parties)


# Construction


def test_compacter_arrondit_et_garde_les_differences() -> None:
    carre = shapely.box(1_004, 2_006, 1_104, 2_106)
    assert compacter(carre, 10) == [[[110, 201, 0, 10, -10, 0, 0, -10]]]


def test_un_trou_est_donne_a_la_commune_incomplete_qui_le_borde_le_plus() -> None:
    cadre = shapely.box(0, 0, 3_000, 3_000).difference(shapely.box(1_000, 1_000, 2_000, 2_000))
    ouest = cadre.intersection(shapely.box(0, 0, 1_200, 3_000))
    est = cadre.difference(ouest)
    comblees = combler({"A": ouest, "B": est}, [{"A"}, {"B"}])
    assert comblees["A"].area == pytest.approx(ouest.area + 1e6)
    assert comblees["B"].equals(est)


def test_un_trou_sans_commune_incomplete_reste() -> None:
    cadre = shapely.box(0, 0, 3_000, 3_000).difference(shapely.box(1_000, 1_000, 2_000, 2_000))
    assert combler({"A": cadre}, [set(), set()])["A"].equals(cadre)


def test_un_trou_ouvert_sur_la_frontiere_est_referme() -> None:
    pays = shapely.box(0, 0, 20_000, 20_000).difference(shapely.box(8_000, 15_000, 10_000, 20_000))
    bourg = shapely.box(8_500, 16_000, 9_000, 16_500)
    completees = refermer({"A": pays.difference(bourg), "B": bourg}, {"B"})
    assert completees.keys() == {"B"}
    assert completees["B"].area == pytest.approx(2_000 * 5_000, rel=0.15)
