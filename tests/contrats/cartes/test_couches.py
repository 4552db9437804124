"""Les couches d’une carte : posées sur les communes, dites en légende et en tableau."""

from collections import Counter
from datetime import date

import pytest

from acteurs.models import Zone, ZoneCommune
from contrats.carte_couverture import carte_couverture
from contrats.cartes.couches import types_de_l_adresse
from tests.contrats.cartes.cas import LE, carte, demande, lire
from tests.factories.donnees import EditionZonageFactory

pytestmark = pytest.mark.django_db

QUIMPER = "200068120"


def zoner(type_zonage: str, zones: dict[str, list[str]], classe: str = "", **champs):
    """Une édition ; chaque zone par son nom et ses communes."""
    edition = EditionZonageFactory(type_id=type_zonage, **champs)
    for rang, (nom, communes) in enumerate(zones.items()):
        zone = Zone.objects.create(
            edition=edition, code=f"Z{rang}", nom=nom, classe=nom if classe else ""
        )
        ZoneCommune.objects.bulk_create(ZoneCommune(zone=zone, commune_id=c) for c in communes)
    return edition


def roles(svg: str) -> Counter:
    return Counter(
        e.get("fill") or e.get("class") for e in lire(svg).iter() if e.tag in {"path", "use"}
    )


def test_sans_zonage_charge_il_n_y_a_rien_a_choisir():
    assert carte("region", "53", couches=("QPV",)).couches.choix == ()


def test_un_zonage_charge_se_propose_sans_etre_pose():
    zoner("CPTS", {"CPTS d’essai": ["29232"]})
    lue = carte("region", "53")
    assert [(c.nom, c.est_choisie) for c in lue.couches.choix] == [("cpts", False)]
    assert lue.couches.surcouches == lue.couches.colonnes == ()


def test_un_zonage_d_une_autre_region_ne_se_propose_pas():
    zoner("CPTS", {"CPTS d’ailleurs": ["31117"]}, region_id="76")
    assert carte("region", "53").couches.choix == ()
    assert len(carte("region", "76").couches.choix) == 1


def test_un_zonage_qui_n_est_pas_encore_en_vigueur_ne_se_propose_pas():
    zoner("CPTS", {"CPTS à venir": ["29232"]}, date_effet=date(2025, 6, 2))
    assert carte("region", "53").couches.choix == ()


def test_l_adresse_ne_garde_que_les_types_charges():
    zoner("ZONAGE_MEDECINS", {"ZIP": ["29232"]})
    assert types_de_l_adresse("qpv,Zonage-Medecins, inconnu", LE) == ("ZONAGE_MEDECINS",)
    assert types_de_l_adresse("", LE) == ()


def test_une_communaute_est_un_contour_borde_de_blanc():
    zoner("CPTS", {"Nord": ["29232", "29051"], "Sud": ["29170"]})
    lue = carte("departement", "29", couches=("CPTS",))
    assert roles(lue.svg)["g-trait-plein"] == 2
    assert roles(lue.svg)["g-bord-de-trait"] == 2
    assert [(li.libelle, li.effectif) for li in lue.couches.legende] == [
        ("Communautés professionnelles territoriales de santé", "2\u00a0zones")
    ]


def test_deux_sortes_de_contours_ont_deux_traits():
    zoner("CPTS", {"CPTS": ["29232"]})
    zoner("CLSM", {"CLSM": ["29232"]})
    vus = roles(carte("departement", "29", couches=("CPTS", "CLSM")).svg)
    assert vus["g-trait-plein"] == vus["g-trait-tirets"] == 1


def test_un_quartier_est_une_marque_par_commune():
    zoner("QPV", {"Quartier 1": ["29232"], "Quartier 2": ["29232"], "Quartier 3": ["29051"]})
    lue = carte("region", "53", couches=("QPV",))
    assert len(lue.couches.marques) == 2
    (colonne,) = lue.couches.colonnes
    assert colonne.par_territoire == {QUIMPER: "3"}


def test_le_zonage_des_medecins_est_une_trame_par_classe():
    zones = {"ZIP": ["29232", "29051"], "ZAC": ["29170"], "HZ": ["29020"]}
    zoner("ZONAGE_MEDECINS", zones, classe="oui")
    lue = carte("departement", "29", couches=("ZONAGE_MEDECINS",))
    vus = roles(lue.svg)
    assert vus["url(#carte-couche-serrees)"] == vus["url(#carte-couche-larges)"] == 1
    assert [li.effectif for li in lue.couches.legende] == ["2\u00a0communes", "1\u00a0commune"]
    assert lue.couches.colonnes[0].par_territoire == {
        "29232": "ZIP", "29051": "ZIP", "29170": "ZAC",
    }  # fmt: skip


def test_une_intercommunalite_compte_ses_communes_de_chaque_classe():
    zones = {"ZIP": ["29232", "29051"], "ZAC": ["29170"]}
    zoner("ZONAGE_MEDECINS", zones, classe="oui")
    lue = carte("region", "53", couches=("ZONAGE_MEDECINS",))
    assert lue.couches.colonnes[0].par_territoire == {
        QUIMPER: "ZIP\u00a0: 2\u00a0communes, ZAC\u00a0: 1\u00a0commune"
    }


def test_le_tableau_des_couches_a_une_case_par_couche():
    zoner("QPV", {"Quartier": ["29232"]})
    zoner("CPTS", {f"CPTS {n}": ["29232"] for n in range(4)} | {"Ailleurs": ["29051"]})
    lue = carte("departement", "29", couches=("QPV", "CPTS"))
    assert [(li.nom, li.cases) for li in lue.tableau if any(li.cases)] == [
        ("Ergué-Gabéric", ("", "Ailleurs")),
        ("Quimper", ("1", "CPTS 0, CPTS 1 et 2 de plus")),
    ]
    assert [c.source for c in lue.couches.colonnes] == [
        f"Essai, zones inventées ({e})" for e in millesimes()
    ]


def millesimes() -> list[str]:
    zones = Zone.objects.order_by("edition__type__ordre", "pk")
    return list(dict.fromkeys(zones.values_list("edition__millesime", flat=True)))


def test_une_couche_ne_prend_ni_la_souris_ni_un_nom():
    zoner("CPTS", {"<b>CPTS</b>": ["29232"]})
    image = lire(carte("departement", "29", couches=("CPTS",)).svg)
    groupe = next(g for g in image.iter("g") if g.get("class") == "g-surcouches")
    assert not list(groupe.iter("title"))
    assert not list(groupe.iter("a"))


def test_deux_editions_gardees_ne_se_confondent_pas(django_assert_num_queries):
    """La carte gardée suit les zonages : un chargement la refait."""
    avant = carte("region", "53", couches=("CPTS",))
    zoner("CPTS", {"CPTS": ["29232"]})
    apres = carte("region", "53", couches=("CPTS",))
    assert avant.couches.legende == ()
    assert len(apres.couches.legende) == 1
    connue = demande("region", "53", couches=("CPTS",))
    with django_assert_num_queries(1):
        assert carte_couverture(connue) == apres
