"""La carte à emporter : une image qui se suffit, et des formes en longitude et latitude."""

import re
import struct
from datetime import date

import orjson
import pytest
import shapely.geometry
from fontTools.ttLib import TTFont

from acteurs.contours import contours_des_communes
from cls_platform.socle.svg.image import en_png
from cls_platform.socle.svg.police import PoliceAbsente, fichiers_de_police, police_incorporee
from contrats.carte_couverture import fichier_de_carte
from contrats.cartes.territoire import CarteVide
from contrats.couverture import Niveau, couverture
from tests.contrats.cartes.cas import LE, SVG, demande, lire
from tests.factories import ContratFactory, PerimetreFactory
from tests.factories.donnees import EditionZonageFactory
from tests.factories.territoires import CommuneFactory, DepartementFactory, RegionFactory

pytestmark = pytest.mark.django_db

PROPRIETES = {
    "code", "nom", "nature", "etat", "etat_libelle", "population", "population_couverte",
    "contrats", "noms_des_contrats", "date", "variante",
}  # fmt: skip


def svg(niveau: str, code: str = "", **champs) -> str:
    return fichier_de_carte(demande(niveau, code, **champs), "svg").octets.decode()


def objets(niveau: str, code: str = "", **champs) -> list[dict]:
    return orjson.loads(fichier_de_carte(demande(niveau, code, **champs), "geojson").octets)[
        "features"
    ]


@pytest.fixture
def papeete(db):
    region = RegionFactory(code="987", nom="Polynésie française")
    departement = DepartementFactory(code="987", nom="Polynésie française", region=region)
    return CommuneFactory(code="98735", nom="Papeete", departement=departement, region=region)


# SVG


def test_l_image_porte_ses_styles_ses_polices_et_ne_demande_rien_a_personne(contrat):
    image = svg("region", "53")
    style = lire(image).findtext(f"{SVG}style")
    assert style.count("@font-face") == 2
    assert "data:font/woff2;base64," in style
    adresses = re.findall(r"(?:href|src)=\"([^\"]*)\"|url\((?!data:|#)([^)]*)\)", image)
    assert not [a for a in adresses if not a[0].startswith("#")]


def test_chaque_classe_de_l_image_a_un_style(contrat):
    PerimetreFactory(contrat=ContratFactory(signe=True))
    image = lire(svg("departement", "29"))
    style = image.findtext(f"{SVG}style")
    classes = {e.get("class") for e in image.iter() if (e.get("class") or "").startswith("g-")}
    sans = {c for c in classes if f".{c}" not in style}
    assert sans <= {"g-texte"}  # la couleur de tout texte


def test_l_image_dit_son_titre_sa_date_et_ses_sources(contrat):
    textes = " ".join(t.text or "" for t in lire(svg("region", "53")).iter(f"{SVG}text"))
    assert "Bretagne\u00a0: la couverture par un contrat local de santé" in textes
    assert "au 1er\u00a0juin 2025" in textes
    assert "IGN ADMIN EXPRESS" in textes
    assert "tous les contrats sont fictifs" in textes


def test_chaque_territoire_de_l_image_garde_son_nom_sans_lien(contrat):
    image = lire(svg("region", "53"))
    noms = [
        g.findtext(f"{SVG}title")
        for g in image.iter(f"{SVG}g")
        if g.find(f"{SVG}title") is not None
    ]
    assert any(nom.startswith("CA Quimper Bretagne Occidentale") for nom in noms)
    assert not list(image.iter(f"{SVG}a"))


def test_la_police_n_a_que_les_signes_de_l_image():
    """La police entière pèse dix fois plus."""
    assert (
        len(police_incorporee(["Abc"], [400]))
        < len(police_incorporee(["Abcdefghijklmnopq"], [400]))
        < 8_000
    )


def test_sans_les_polices_construites_l_erreur_dit_quoi_lancer(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(PoliceAbsente, match="construire_vendor"):
        fichiers_de_police()


def test_un_nom_hostile_reste_du_texte(contrat):
    contrat.nom = "</title><script>&"
    contrat.save()
    image = lire(svg("region", "53"))
    assert not list(image.iter(f"{SVG}script"))


# PNG


def test_le_png_a_deux_fois_la_taille_du_dessin(contrat):
    octets = fichier_de_carte(demande("region", "53"), "png").octets
    assert octets.startswith(b"\x89PNG\r\n\x1a\n")
    racine = lire(svg("region", "53"))
    largeur, hauteur = struct.unpack(">II", octets[16:24])
    assert largeur == 2 * float(racine.get("width"))
    assert hauteur == pytest.approx(2 * float(racine.get("height")), abs=1)


def test_le_png_ecrit_ses_mots():
    """Sans police, le moteur n’écrirait rien, sans le dire."""
    modele = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">{}</text></svg>'
    assert en_png(modele.format("Bretagne")) != en_png(modele.format(""))


def test_une_image_qui_n_en_est_pas_une_est_refusee():
    with pytest.raises(ValueError, match="."):
        en_png("<html>")


# GeoJSON


def test_chaque_commune_est_a_sa_place_sur_le_globe(contrat):
    formes = {o["id"]: o["geometry"] for o in objets("departement", "29")}
    assert formes["29232"] == contours_des_communes(["29232"])["29232"].en_geojson()
    for forme in formes.values():
        longitude, latitude = forme["coordinates"][0][0][0]
        assert -5.2 < longitude < -3.3
        assert 47.6 < latitude < 48.8


def test_chaque_objet_a_les_proprietes_annoncees(contrat):
    for objet in objets("region", "53", variante="signe_ou_projet"):
        assert objet["type"] == "Feature"
        assert set(objet["properties"]) == PROPRIETES
        assert objet["properties"]["date"] == "2025-06-01"
        assert objet["properties"]["variante"] == "signe_ou_projet"


def test_un_objet_dit_les_couches_posees(contrat):
    edition = EditionZonageFactory(type_id="CPTS", communes=["29232"])
    nom = edition.zones.get().nom
    lus = {o["id"]: o["properties"] for o in objets("departement", "29", couches=("CPTS",))}
    assert lus["29232"]["couches"] == {"CPTS": nom}
    assert lus["29051"]["couches"] == {}


@pytest.mark.parametrize(
    ("niveau", "code"), [("france", ""), ("region", "53"), ("departement", "29")]
)
def test_chaque_geometrie_est_valide_sur_le_globe(niveau, code, contrat):
    """Des surfaces sans croisement, en degrés WGS84."""
    formes = [shapely.geometry.shape(o["geometry"]) for o in objets(niveau, code) if o["geometry"]]
    assert formes
    for forme in formes:
        assert forme.geom_type == "MultiPolygon"
        assert forme.is_valid
        ouest, sud, est, nord = forme.bounds
        assert -180 <= ouest < est <= 180
        assert -90 <= sud < nord <= 90


@pytest.mark.parametrize("variante", ["signe", "signe_ou_projet"])
def test_la_somme_du_fichier_est_le_chiffre_de_la_page(variante, contrat):
    projet = ContratFactory(en_projet=True, epci="243500659")
    projet.passages.create(vers="DIAGNOSTIC", date_effet=date(2024, 1, 1))
    (ligne,) = [
        li for li in couverture(le=LE, niveau=Niveau.REGION, variante=variante) if li.code == "53"
    ]
    lus = [o["properties"] for o in objets("region", "53", variante=variante)]
    assert sum(o["population_couverte"] for o in lus) == ligne.population_couverte
    assert sum(o["population"] for o in lus) == ligne.population
    assert {n for o in lus for n in o["noms_des_contrats"]} == (
        {contrat.nom} if variante == "signe" else {contrat.nom, projet.nom}
    )


def test_la_france_donne_la_classe_de_chaque_departement(contrat):
    finistere = next(o for o in objets("france") if o["id"] == "29")
    assert finistere["properties"]["etat"] == "CLASSE_5"
    assert finistere["properties"]["population_couverte"] == 102_542


def test_un_territoire_sans_contour_garde_ses_chiffres(papeete):
    (objet,) = objets("region", "987")
    assert objet["geometry"] is None
    assert objet["properties"]["nom"] == "Papeete"


@pytest.mark.parametrize("forme", ["svg", "png"])
def test_une_image_sans_aucun_contour_est_refusee_en_disant_quoi_prendre(forme, papeete):
    with pytest.raises(CarteVide, match="GeoJSON"):
        fichier_de_carte(demande("region", "987"), forme)


def test_chaque_signe_ecrit_existe_dans_la_police(contrat):
    """Le premier du mois s’écrit « 1er » : la police n’a pas les lettres en exposant."""
    connus = TTFont(fichiers_de_police()[0]).getBestCmap()
    textes = "".join(t.text or "" for t in lire(svg("region", "53")).iter(f"{SVG}text"))
    assert {signe for signe in textes if ord(signe) not in connus} == set()
