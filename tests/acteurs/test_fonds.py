"""Les fonds de carte : chaque territoire une fois, dans l’ordre de lecture, à sa place."""

import re
from collections import Counter, defaultdict

import pytest
import shapely
from shapely.geometry import shape

from acteurs.contours import (
    Contour,
    aire_signee,
    contours,
    contours_des_communes,
    contours_du_departement,
    reperes,
)
from acteurs.fichiers_territoires import DOSSIER, lignes_csv
from acteurs.fonds import (
    BANDES,
    UNITE,
    fond_des_communes,
    fond_des_mailles,
    ordre_de_lecture,
    point_interieur,
)
from acteurs.globe import geometrie
from acteurs.lisieres import alleger, bord
from acteurs.mailles import METROPOLE_DU_GRAND_PARIS, contours_des_mailles, maille_de
from acteurs.projections import plan_de

COMMUNES = list(lignes_csv(DOSSIER, "communes"))
REGIONS = {d["code"]: d["region"] for d in lignes_csv(DOSSIER, "departements")}
DESSINEES = sorted({REGIONS[c["departement"]] for c in COMMUNES if plan_de(c["departement"])})
DEPART = re.compile(r"M(-?\d+)[ ]?(-?\d+)l")


def surface(contour: Contour) -> shapely.Geometry:
    return shapely.union_all(
        [shapely.make_valid(shapely.Polygon(p[0], p[1:])) for p in contour.polygones]
    )


def mailles_de(region: str) -> dict[str, set[str]]:
    """Les communes de chaque maille d’une région, sans passer par le code testé."""
    groupes: dict[str, set[str]] = defaultdict(set)
    for c in COMMUNES:
        if REGIONS[c["departement"]] == region:
            grand_paris = c["epci"] == "200054781"
            groupes[c["ept"] or ("" if grand_paris else c["epci"]) or c["code"]].add(c["code"])
    return groupes


# Mailles


@pytest.mark.parametrize("region", DESSINEES)
def test_chaque_maille_d_une_region_est_dessinee_une_fois(region: str) -> None:
    attendues = set(mailles_de(region))
    fond = fond_des_mailles(region, tuple(sorted(attendues)))
    assert fond is not None
    assert set(fond.chemins) == attendues
    assert all(fond.chemins.values())


def test_la_regle_des_mailles_est_celle_que_dit_la_page() -> None:
    assert maille_de("29232", "200068120", None) == "200068120"
    assert maille_de("93066", METROPOLE_DU_GRAND_PARIS, "200057867") == "200057867"
    assert maille_de("75056", METROPOLE_DU_GRAND_PARIS, None) == "75056"
    assert maille_de("29083", None, None) == "29083"  # Île-de-Sein


def test_le_grand_paris_est_montre_par_etablissement_public_territorial() -> None:
    ept = {e["siren"] for e in lignes_csv(DOSSIER, "ept")}
    mailles = set(mailles_de("11"))
    assert ept <= mailles
    assert "75056" in mailles
    assert METROPOLE_DU_GRAND_PARIS not in mailles


def test_une_intercommunalite_a_cheval_est_coupee_a_la_limite_de_la_region() -> None:
    """Cap Atlantique : ses deux parts sont disjointes, chacune a l’aire de ses communes."""
    siren = "244400610"
    parts = {r: contours_des_mailles(r, [siren])[siren] for r in ("52", "53")}
    formes = {r: surface(contour) for r, contour in parts.items()}
    assert formes["52"].intersection(formes["53"]).area < 0.01 * formes["53"].area
    for region, forme in formes.items():
        communes = contours_des_communes(mailles_de(region)[siren])
        attendue = sum(surface(commune).area for commune in communes.values())
        assert forme.area == pytest.approx(attendue, rel=0.06)


def test_une_ile_sans_intercommunalite_est_sur_la_carte_de_sa_region() -> None:
    assert {"29083", "29155", "22016"} <= contours_des_mailles("53", mailles_de("53")).keys()


# Fonds


def test_les_territoires_se_suivent_dans_l_ordre_de_lecture() -> None:
    fond = fond_des_mailles("53", tuple(sorted(mailles_de("53"))))
    assert fond is not None
    bande = fond.hauteur / BANDES
    places = [(fond.centres[c][1] // bande, fond.centres[c][0]) for c in fond.chemins]
    assert places == sorted(places)


def test_deux_territoires_au_meme_endroit_ont_un_ordre_fixe() -> None:
    assert ordre_de_lecture({"b": (1, 1), "a": (1, 1)}, 100) == ["a", "b"]


@pytest.mark.parametrize("region", ["11", "53", "01", "94", "06"])
def test_le_dessin_tient_dans_son_cadre(region: str) -> None:
    fond = fond_des_mailles(region, tuple(sorted(mailles_de(region))))
    assert fond is not None
    for chemin in fond.chemins.values():
        for x, y in DEPART.findall(chemin):
            assert 0 <= int(x) * UNITE <= fond.largeur
            assert 0 <= int(y) * UNITE <= fond.hauteur


@pytest.mark.parametrize("departement", ["29", "75", "2A", "976"])
def test_un_departement_montre_toutes_ses_communes(departement: str) -> None:
    codes = tuple(c["code"] for c in COMMUNES if c["departement"] == departement)
    fond = fond_des_communes(codes)
    assert fond is not None
    assert sorted(fond.chemins) == sorted(codes)


def test_sans_contour_il_n_y_a_pas_de_fond() -> None:
    assert fond_des_communes(("98735", "15031")) is None
    assert fond_des_mailles("987", ("98735",)) is None


def test_un_contrat_de_deux_plans_montre_celui_de_la_plupart() -> None:
    fond = fond_des_communes(("29232", "29020", "97411"))
    assert fond is not None
    assert set(fond.chemins) == {"29232", "29020"}


def test_le_nom_d_une_ville_s_ecrit_dans_sa_commune() -> None:
    plan, point = reperes()["29232"]
    assert surface(contours_du_departement("29")["29232"]).contains(shapely.Point(point))
    assert plan == "FXX"


def test_le_centre_d_un_territoire_est_a_l_interieur() -> None:
    """Même creusé ou en croissant : celui où l’on pose une marque n’est pas chez le voisin."""
    for code, contour in contours("mailles").items():
        plus_grand = max((p[0] for p in contour.polygones), key=lambda a: abs(aire_signee(a)))
        assert (
            shapely.Polygon(plus_grand).buffer(1).covers(shapely.Point(point_interieur(plus_grand)))
        ), code


def test_une_forme_plate_a_quand_meme_un_centre() -> None:
    assert point_interieur(((0, 0), (10, 0), (20, 0))) == (0, 0)


# Lisières


@pytest.mark.parametrize("departement", ["29", "972", "75"])
def test_le_bord_d_un_groupe_a_l_aire_de_ses_communes(departement: str) -> None:
    formes = list(contours_du_departement(departement).values())
    aire = sum(aire_signee(anneau) for anneau in bord(formes))
    assert aire == pytest.approx(sum(surface(f).area for f in formes), rel=1e-3)


def test_le_bord_d_une_commune_est_son_contour() -> None:
    forme = contours_du_departement("29")["29232"]
    points = Counter(point for anneau in bord([forme]) for point in anneau)
    assert points == Counter(
        p for polygone in forme.polygones for anneau in polygone for p in anneau
    )


def test_deux_communes_voisines_perdent_leur_limite_commune() -> None:
    communes = contours_du_departement("29")
    seules = sum(len(a) for c in ("29232", "29051") for a in bord([communes[c]]))
    ensemble = sum(len(a) for a in bord([communes["29232"], communes["29051"]]))
    assert ensemble < seules


@pytest.mark.parametrize("departement", ["29", "972"])
def test_un_bord_allege_reste_a_un_ecart_pres(departement: str) -> None:
    for anneau in bord(list(contours_du_departement(departement).values())):
        leger = alleger(anneau, 500)
        assert set(leger) <= set(anneau)
        ligne = shapely.LinearRing(leger) if len(leger) > 2 else shapely.LineString(leger)
        assert max(ligne.distance(shapely.Point(p)) for p in anneau) <= 500


def test_un_anneau_sans_detour_n_est_pas_allege() -> None:
    carre = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    assert alleger(carre, 1) == list(carre)
    assert alleger(carre[:3], 1) == list(carre[:3])
    assert alleger(((0.0, 0.0), (50.0, 0.0), (100.0, 0.0), (0.0, 100.0)), 1) == [
        (0.0, 0.0), (100.0, 0.0), (0.0, 100.0),
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["13055", "29135", "249720053"])
def test_un_contour_qui_se_touche_est_repare_avant_de_partir(code: str) -> None:
    """Marseille, Loctudy, l’Espace Sud de la Martinique."""
    contour = (contours_des_communes([code]) | contours("mailles", [code]))[code]
    avant = shape(contour.en_geojson())
    apres = shape(geometrie(contour))
    assert not avant.is_valid
    assert apres.is_valid
    assert apres.geom_type == "MultiPolygon"
    assert apres.area == pytest.approx(avant.buffer(0).area, rel=5e-3)
    assert all(p.exterior.is_ccw for p in apres.geoms)


@pytest.mark.parametrize("departement", ["2A", "34", "56", "973"])
def test_chaque_contour_emporte_est_valide(departement: str) -> None:
    for contour in contours_du_departement(departement).values():
        assert shape(geometrie(contour)).is_valid


def test_un_geojson_tourne_dans_le_sens_de_la_norme() -> None:
    """RFC 7946 : l’extérieur dans le sens direct, les trous dans l’autre."""
    for contour in contours("departements").values():
        for exterieur, *trous in contour.en_geojson()["coordinates"]:
            assert aire_signee(exterieur) > 0
            assert all(aire_signee(trou) < 0 for trou in trous)
