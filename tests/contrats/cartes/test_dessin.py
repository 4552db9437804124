"""Le dessin d’une carte : chaque territoire une fois, nommé, relié, à sa place dans la légende."""

import gzip
from collections import Counter

import pytest
from django.urls import reverse

from acteurs.fichiers_territoires import DOSSIER, lignes_csv
from acteurs.fonds import fond_des_communes
from acteurs.models import Commune, Epci
from contrats.cartes import mots
from tests.contrats.cartes.cas import carte, lire, titres
from tests.contrats.cartes.national import (
    DESSINEES,
    dessin_de_region,
    fabriquer,
    releve_de_region,
)
from tests.factories import ContratFactory, PerimetreFactory
from tests.factories.territoires import CommuneFactory, DepartementFactory, RegionFactory

pytestmark = pytest.mark.django_db

POIDS_D_UNE_REGION = 25_000
HOSTILE = '<script>alert("1")</script> & "l’île" \x0b]]>'


# Chaque territoire une fois


@pytest.mark.parametrize("region", DESSINEES)
def test_chaque_intercommunalite_de_chaque_region_est_dessinee_une_fois(region):
    releve = releve_de_region(region)
    dessines = titres(dessin_de_region(releve, region))
    assert sorted(dessines) == sorted(mots.nom_lu(t) for t in releve.territoires)


@pytest.mark.parametrize("region", DESSINEES)
def test_la_carte_d_une_region_pese_moins_de_vingt_cinq_kilo_octets(region):
    svg = dessin_de_region(releve_de_region(region), region)
    assert len(gzip.compress(svg.encode(), compresslevel=6)) <= POIDS_D_UNE_REGION


@pytest.mark.parametrize("departement", ["62", "29", "2A", "976"])
def test_la_carte_d_un_departement_reste_legere(departement):
    """Le Pas-de-Calais a le plus de communes : 887."""
    codes = tuple(
        c["code"] for c in lignes_csv(DOSSIER, "communes") if c["departement"] == departement
    )
    fond = fond_des_communes(codes)
    traces = "".join(f'<path d="{chemin}"/>' for chemin in fond.chemins.values())
    assert set(fond.chemins) == set(codes)
    assert len(gzip.compress(traces.encode(), compresslevel=6)) <= 32_000


def test_chaque_commune_du_departement_est_un_lien_vers_son_explication(contrat):
    dessin = carte("departement", "29").svg
    attendues = {
        reverse("contrats:couverture_commune", args=[code])
        for code in Commune.objects.filter(departement="29").values_list("pk", flat=True)
    }
    liens = Counter(lien.get("href") for lien in lire(dessin).iter("a"))
    assert liens == Counter(attendues)


def test_les_liens_gardent_la_date_la_variante_et_les_couches(contrat):
    suite = "?date=2025-06-01&variante=signe_ou_projet"
    liens = [lien.get("href") for lien in lire(carte("region", "53", suite=suite).svg).iter("a")]
    assert liens
    assert all(lien.endswith(suite) for lien in liens)
    assert reverse("contrats:couverture_epci", args=["200068120"]) + suite in liens


def test_les_etats_des_formes_sont_ceux_de_la_legende(contrat):
    PerimetreFactory(contrat=ContratFactory(signe=True))
    lue = carte("departement", "29")
    roles = Counter(
        (forme.get("fill") or forme.get("class")) for forme in lire(lue.svg).iter("path")
        if forme.get("d") and (forme.get("fill") or forme.get("class"))
    )  # fmt: skip
    effectifs = {ligne.libelle: int(ligne.effectif) for ligne in lue.legende}
    assert effectifs["Signé"] == roles["g-plein"] == 13
    assert effectifs["Deux contrats signés ou plus"] == roles["url(#carte-motif-grille)"] == 1
    assert effectifs["Aucun contrat"] == roles["g-aucun"]


def test_les_parts_de_la_legende_font_toute_la_population(contrat):
    parts = [ligne.part for ligne in carte("region", "53").legende if ligne.part]
    total = sum(float(p.replace("\u202f%", "").replace(",", ".")) for p in parts)
    assert total == pytest.approx(100, abs=0.3)


def test_la_france_dessine_chaque_departement_une_fois(contrat):
    lue = carte("france")
    noms = [titre.rpartition(" (")[0].rpartition(" (")[0] or titre for titre in titres(lue.svg)]
    assert sum(titre.startswith("Finistère (29), 98,9") for titre in titres(lue.svg)) == 1
    assert len(noms) == len(set(titres(lue.svg))) == 4


# Ce que la carte ne montre pas


def test_une_commune_sans_contour_est_nommee_a_cote_de_la_carte(contrat):
    CommuneFactory(
        code="98735", nom="Papeete", departement_id="29", region_id="53", population=26_654
    )
    hors = carte("departement", "29").hors_carte
    assert [lien.libelle for lien in hors] == ["Papeete (aucun contrat)"]
    assert hors[0].adresse == reverse("contrats:couverture_commune", args=["98735"])


def test_une_collectivite_sans_contour_est_nommee_a_cote_de_la_france(db):
    region = RegionFactory(code="987", nom="Polynésie française")
    departement = DepartementFactory(code="987", nom="Polynésie française", region=region)
    CommuneFactory(code="98735", departement=departement, region=region, population=26_654)
    assert "Polynésie française (0,0\u202f%)" in [li.libelle for li in carte("france").hors_carte]


def test_sans_aucun_contour_il_n_y_a_pas_de_dessin_mais_la_legende_compte(db):
    region = RegionFactory(code="987", nom="Polynésie française")
    departement = DepartementFactory(code="987", nom="Polynésie française", region=region)
    CommuneFactory(code="98735", departement=departement, region=region)
    lue = carte("region", "987")
    assert lue.svg == ""
    assert lue.hors_carte == ()
    assert {li.libelle: li.effectif for li in lue.legende}["Aucun contrat"] == "1"


def test_un_territoire_sans_commune_a_une_carte_vide(db):
    RegionFactory(code="06", nom="Mayotte")
    lue = carte("region", "06")
    assert lue.svg == ""
    assert lue.phrase == "0\u00a0intercommunalité."


def test_sans_contrat_la_carte_le_dit_partout(db):
    lue = carte("region", "53")
    assert "avec" not in lue.phrase
    assert all("aucun contrat" in titre for titre in titres(lue.svg))


# Noms et repères


def test_un_nom_hostile_reste_un_nom(contrat):
    Epci.objects.filter(pk="200068120").update(nom=HOSTILE)
    Commune.objects.filter(pk="29232").update(nom=HOSTILE)
    contrat.nom = HOSTILE
    contrat.save()
    svg = carte("region", "53").svg
    propre = HOSTILE.replace("\x0b", "")
    assert any(
        titre.startswith(f"{propre}\u00a0:") and titre.endswith(propre) for titre in titres(svg)
    )
    assert [t.text for t in lire(svg).iter("text") if t.text == propre]
    assert not list(lire(svg).iter("script"))


def test_deux_cartes_d_une_page_n_ont_aucun_repere_en_commun(contrat):
    premiere, seconde = (carte("departement", "29", prefixe=p).svg for p in ("carte", "autre"))
    reperes = [
        {e.get("id") for e in lire(svg).iter() if e.get("id")} for svg in (premiere, seconde)
    ]
    assert all(reperes)
    assert not reperes[0] & reperes[1]


def test_un_territoire_signe_en_partie_porte_une_marque(db):
    PerimetreFactory(contrat=ContratFactory(signe=True))
    lue = carte("region", "53")
    assert (
        len([e for e in lire(lue.svg).iter("circle") if e.get("class") == "g-marque-disque"]) == 1
    )
    assert {li.libelle: li.effectif for li in lue.legende}[mots.EN_PARTIE] == "1"


def test_une_ville_couverte_deux_fois_se_voit_sur_la_carte_de_sa_region(contrat):
    """L’intercommunalité reste signée ; deux disques et son nom disent le recouvrement."""
    PerimetreFactory(contrat=ContratFactory(signe=True), commune_id="29051")
    lue = carte("region", "53")
    assert len([e for e in lire(lue.svg).iter("circle") if e.get("class")]) == 2
    assert {li.libelle: li.effectif for li in lue.legende}[mots.DOUBLE] == "1"
    (titre,) = [t for t in titres(lue.svg) if "sous deux contrats" in t]
    assert "signé, 102\u202f542\u00a0habitants, 1\u00a0commune sous deux contrats." in titre
    (ligne,) = [li for li in lue.tableau if "deux contrats" in li.etat]
    assert ligne.etat == "Signé, 1\u00a0commune sous deux contrats"


def test_le_nom_lu_dit_l_etat_les_habitants_et_les_contrats():
    t = fabriquer("200068120", [{"code": "29232", "nom": "Quimper", "population": "64385"}], 0)
    assert mots.nom_lu(t) == (
        f"{t.nom}\u00a0: contrat signé, 64\u202f385\u00a0habitants. "
        f"Contrat local de santé 1 de {t.nom}, Contrat local de santé 2 de {t.nom} (en projet)"
    )


def test_au_dela_de_trois_contrats_le_nom_lu_compte_les_autres(db):
    for rang in range(5):
        PerimetreFactory(contrat=ContratFactory(nom=f"CLS {rang}", signe=True))
    (titre,) = [t for t in titres(carte("departement", "29").svg) if t.startswith("Quimper")]
    assert titre.endswith("CLS 0, CLS 1, CLS 2 et 2\u00a0autres")
