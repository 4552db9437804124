"""Le calendrier en barres : ce qu’on lit, et ce qu’on lit sans couleur."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from cls_platform.socle.svg.echelle import Echelle
from cls_platform.socle.svg.gantt import Etape, Gantt, Tache, bornes, dessiner, portee

JOUR = date(2026, 3, 12)
TACHES = (
    Tache(nom="Normale", mot="En cours", debut=date(2025, 1, 1), fin=date(2026, 12, 31)),
    Tache(
        nom="Tardive <b>",
        mot="En retard",
        debut=date(2024, 6, 1),
        fin=date(2025, 12, 31),
        role="retard",
        adresse="/fiche/1/",
        etapes=(Etape(jour=date(2024, 9, 1), faite=True), Etape(jour=JOUR, faite=False)),
    ),
    Tache(nom="Échéance seule", mot="À venir", debut=None, fin=date(2027, 3, 1)),
    Tache(nom="Sans fin", mot="En cours", debut=date(2026, 1, 1), fin=None),
)


def spec(**suite):
    return Gantt(titre="Calendrier", description="", taches=TACHES, aujourdhui=JOUR, **suite)


@pytest.mark.parametrize(("largeur", "etroit"), [(1040, False), (330, True)])
def test_le_dessin_est_du_xml_et_dit_le_retard_par_une_forme_et_un_mot(largeur, etroit):
    svg = dessiner(spec(largeur=largeur, etroit=etroit))
    racine = ET.fromstring(svg)  # noqa: S314  (SVG ou gabarit du projet)
    assert racine.get("width") == str(largeur)
    textes = "".join(racine.itertext())
    assert "En retard" in textes
    assert "Aujourd’hui" in textes
    assert svg.count(f'url(#g-hachures-{largeur})"') == 1
    assert svg.count('href="/fiche/1/"') == 1
    assert "Tardive &lt;b&gt;" in svg


def test_les_bornes_sont_des_annees_entieres_qui_contiennent_tout():
    assert bornes(spec()) == (date(2024, 1, 1), date(2028, 1, 1))
    vide = Gantt(titre="", description="", taches=(), aujourdhui=JOUR)
    assert bornes(vide) == (date(2026, 1, 1), date(2027, 1, 1))


def test_une_barre_va_du_debut_au_soir_de_la_fin():
    echelle = Echelle(JOUR.toordinal(), JOUR.toordinal() + 10, 0, 100)
    un_jour = Tache(nom="", mot="", debut=JOUR, fin=JOUR)
    assert portee(un_jour, echelle) == (0, 10)
    sans_fin = Tache(nom="", mot="", debut=JOUR, fin=None)
    assert portee(sans_fin, echelle) == (0, 100)


def test_une_etape_faite_est_pleine():
    svg = dessiner(spec())
    assert svg.count('class="g-etape-faite"') == 1
    assert svg.count('class="g-etape"') == 1
