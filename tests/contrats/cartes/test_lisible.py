"""Une carte se lit sans couleur, imprimée en gris, et reste légère avec une couche."""

import gzip
import io
from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest
from django.conf import settings
from PIL import Image, ImageStat

from acteurs.zonages import ZoneLue
from cls_platform.socle import theme
from cls_platform.socle.svg import carte as svg_carte
from cls_platform.socle.svg.feuille import feuille_de_carte
from cls_platform.socle.svg.image import en_png
from contrats import carte as carte_de_france
from contrats.cartes import france, mots
from contrats.cartes.couches import CouchesDessinees, contour_des_zones
from tests.contrats.cartes.cas import carte, lire, titres
from tests.contrats.cartes.national import dessin_de_region, releve_de_region
from tests.factories import ContratFactory, PerimetreFactory

CARRE = "M0 0h60v60h-60z"
# En gris sur 256 : ce que l’œil distingue sur une feuille imprimée
ECART_DE_TON = 12


def en_gris(role: str) -> tuple[float, float]:
    """Le ton moyen et le contraste d’un carré de cet état, loin de ses bords."""
    forme = svg_carte.Territoire(trace=CARRE, nom="", role=role)
    corps = svg_carte.corps(
        svg_carte.Carte(titre="", description="", territoires=(forme,), largeur=60, hauteur=60)
    )
    style = feuille_de_carte(theme.palette(settings.CLS_ACCENT), 1)
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">'
        f"<style>{style}</style>{''.join(corps)}</svg>"
    )
    gris = Image.open(io.BytesIO(en_png(image))).convert("L").crop((12, 12, 108, 108))
    mesure = ImageStat.Stat(gris)
    return mesure.mean[0], mesure.stddev[0]


def test_en_niveaux_de_gris_aucun_etat_ne_se_confond_avec_un_autre():
    """Deux états diffèrent par leur ton, ou par leur trame."""
    vus = {role: en_gris(role) for role in mots.ROLES.values()}
    for role, (ton, contraste) in vus.items():
        for autre, (ton_autre, contraste_autre) in vus.items():
            if role < autre:
                ecart = max(abs(ton - ton_autre), abs(contraste - contraste_autre))
                assert ecart >= ECART_DE_TON, (role, autre)


def test_une_trame_se_voit_et_un_aplat_n_en_a_pas():
    contrastes = {etat: en_gris(role)[1] for etat, role in mots.ROLES.items()}
    assert contrastes.pop("SIGNE") == contrastes.pop("AUCUN") == 0
    assert all(contraste >= ECART_DE_TON for contraste in contrastes.values())


def test_les_classes_de_la_france_s_assombrissent_a_chaque_rang():
    tons = [en_gris(f"rampe-{rang}")[0] for rang, _ in carte_de_france.CLASSES]
    ecarts = [clair - fonce for clair, fonce in pairwise(tons)]
    assert all(ecart >= ECART_DE_TON for ecart in ecarts)


# Un département qui n’a que des projets


@pytest.fixture
def projet(db):
    projet = ContratFactory(en_projet=True)
    projet.passages.create(vers="DIAGNOSTIC", date_effet=date(2024, 1, 1))
    PerimetreFactory(contrat=projet, commune_id="35069")
    return projet


def test_un_departement_qui_n_a_que_des_projets_est_hachure(projet):
    lue = carte("france")
    ille = [t for t in titres(lue.svg) if t.startswith("Ille-et-Vilaine")]
    assert ille[0].endswith("contrat en projet")
    assert {li.libelle: li.effectif for li in lue.legende}[france.EN_PROJET] == "1"
    (ligne,) = [li for li in lue.tableau if li.nom == "Ille-et-Vilaine"]
    assert (ligne.etat, ligne.couverts) == (france.EN_PROJET, "0")
    assert len([e for e in lire(lue.svg).iter("path") if e.get("class") == "g-motif-hachures"]) == 1


def test_un_projet_compte_comme_un_contrat_quand_on_le_demande(projet):
    lue = carte("france", variante="signe_ou_projet")
    assert france.EN_PROJET not in {li.libelle for li in lue.legende}
    (titre,) = [t for t in titres(lue.svg) if t.startswith("Ille-et-Vilaine")]
    assert "1\u00a0contrat" in titre


def test_un_departement_signe_n_est_pas_hachure(projet):
    PerimetreFactory(contrat=ContratFactory(signe=True), commune_id="35099")
    assert france.EN_PROJET not in {li.libelle for li in carte("france").legende}


@pytest.mark.django_db
def test_la_france_ecrit_ses_plus_grandes_villes():
    ecrits = [t.text for t in lire(carte("france").svg).iter("text")]
    assert "Quimper" in ecrits
    assert "La Possession" not in ecrits  # l’outre-mer a le nom de son cartouche


# Avec une couche


@pytest.mark.django_db
@pytest.mark.parametrize("region", ["76", "84", "44"])
def test_une_couche_n_alourdit_pas_la_carte_de_plus_de_dix_kilo_octets(region):
    """Une intercommunalité sur deux a sa communauté professionnelle : le contour le plus long."""
    releve = releve_de_region(region)
    zones = [
        ZoneLue(n, "", "", "", None, t.codes, uuid4(), "", "")
        for n, t in enumerate(releve.territoires)
    ]
    traces = tuple(
        svg_carte.Surcouche(trace=contour_des_zones([zone], releve.fond), role="trait-plein")
        for zone in zones[::2]
    )
    sans = dessin_de_region(releve, region)
    avec = dessin_de_region(releve, region, CouchesDessinees(surcouches=traces))
    poids_sans, poids_avec = (len(gzip.compress(svg.encode(), 6)) for svg in (sans, avec))
    assert poids_avec - poids_sans <= 10_000
