"""Du découpage officiel aux fichiers compacts : noms développés, parties, octets constants."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from acteurs.construction.codes import construire_codes, lire_parties, nommer_epci
from acteurs.construction.limites import lire_limites
from acteurs.fichiers_territoires import lignes_csv
from cls_platform.socle.erreurs import ErreurMetier

BRETAGNE = {"code": "53", "nom": "Bretagne"}
FINISTERE = {"code": "29", "nom": "Finistère", "region": "53"}


def objet(code: str, nom: str, type_: str = "commune-actuelle", **valeurs: Any) -> dict[str, Any]:
    return {"code": code, "nom": nom, "type": type_, "departement": "29", "region": "53"} | valeurs


@pytest.fixture
def decoupage(tmp_path: Path) -> Path:
    membres = [{"code": "29002"}]
    tables = {
        "regions": [BRETAGNE],
        "departements": [FINISTERE],
        "epci": [{"code": "200000001", "nom": "CC d'Essai", "type": "CC", "membres": membres}],
        "ept": [],
        "communes": [
            objet("29003", "Ville", population=10, codesPostaux=["29200", "29100"]),
            objet("29002", "Bourg", population=5, anciensCodes=["29001"]),
            objet("29001", "Hameau", "commune-deleguee", chefLieu="29002"),
            objet("29002", "Bourg", "commune-deleguee", chefLieu="29002"),
        ],
    }
    for nom, lignes in tables.items():
        (tmp_path / f"{nom}.json").write_text(json.dumps(lignes), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "nature", "nom", "court"),
    [
        ("CC du Pays Rhénan", "CC", "Communauté de communes du Pays Rhénan", "Pays Rhénan"),
        ("CA d'Ici (CAI)", "CA", "Communauté d'agglomération d'Ici (CAI)", "Ici"),
        ("CC Decazeville Communauté", "CC", "Decazeville Communauté", "Decazeville Communauté"),
        ("CC le Grand Lac", "CC", "Communauté de communes le Grand Lac", "Le Grand Lac"),
        ("Brest Métropole", "METRO", "Brest Métropole", "Brest Métropole"),
        ('CC Val "Lumière"', "CC", "Communauté de communes Val Lumière", "Val Lumière"),
    ],
)
def test_une_intercommunalite_a_un_nom_entier_et_un_nom_court(
    source: str, nature: str, nom: str, court: str
) -> None:
    assert nommer_epci(source, nature) == (nom, court)


def test_les_lignes_sont_triees_et_les_parties_rattachees(decoupage: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    construire_codes(decoupage, sortie)
    bourg, ville = lignes_csv(sortie, "communes")
    assert (bourg["code"], bourg["autres_codes"], bourg["autres_noms"]) == (
        "29002", "29001", "Hameau",
    )  # fmt: skip
    assert bourg["epci"] == "200000001"
    assert ville["codes_postaux"] == "29100 29200"
    assert next(lignes_csv(sortie, "departements"))["population"] == "15"
    assert next(lignes_csv(sortie, "epci"))["population"] == "5"


def test_memes_sources_memes_octets(decoupage: Path, tmp_path: Path) -> None:
    for nom in ("un", "deux"):
        construire_codes(decoupage, tmp_path / nom)
    premiers = sorted((tmp_path / "un").iterdir())
    assert len(premiers) == 5
    assert all(f.read_bytes() == (tmp_path / "deux" / f.name).read_bytes() for f in premiers)


def test_une_limite_absente_est_la_reunion_des_communes_deleguees(
    decoupage: Path, tmp_path: Path
) -> None:
    def carre(x: int) -> str:
        return f"POLYGON (({x} 0, {x + 1} 0, {x + 1} 1, {x} 1, {x} 0))"

    contours = tmp_path / "communes.csv"
    contours.write_text(
        "type,code,geometry\nCOM,29002,\\N\n"
        f'COMD,29001,"{_wkb(carre(0))}"\nCOMD,29002,"{_wkb(carre(1))}"\n'
    )
    limites = lire_limites(contours, lire_parties(decoupage))
    assert limites.communes["29002"].area == pytest.approx(2)
    assert "29003" not in limites.communes


def _wkb(wkt: str) -> str:
    return shapely.to_wkb(shapely.from_wkt(wkt), hex=True)


def test_un_fichier_geojson_d_admin_express_est_lu(decoupage: Path, tmp_path: Path) -> None:
    carre = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    objets = [{"type": "Feature", "properties": {"INSEE_COM": "29003"}, "geometry": carre}]
    contours = tmp_path / "commune.geojson"
    contours.write_text(json.dumps({"type": "FeatureCollection", "features": objets}))
    limites = lire_limites(contours, lire_parties(decoupage))
    assert limites.communes.keys() == {"29003"}


def test_un_fichier_sans_limite_est_refuse(decoupage: Path, tmp_path: Path) -> None:
    vide = tmp_path / "vide.csv"
    vide.write_text("type,code,geometry\n")
    with pytest.raises(ErreurMetier, match="Aucune limite"):
        lire_limites(vide, lire_parties(decoupage))


def test_un_dossier_incomplet_est_refuse(tmp_path: Path) -> None:
    with pytest.raises(ErreurMetier, match=r"regions\.json manque"):
        construire_codes(tmp_path, tmp_path)
