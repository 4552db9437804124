"""Filtres, balises et galerie : ce que les pages emploient."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.safestring import SafeString

from cls_platform.socle import presentation
from cls_platform.socle.navigation import repartition


def ecrire(gabarit, **contexte):
    charge = "{% load francais composants formulaires %}"
    return Template(charge + gabarit).render(Context(contexte))


def test_une_date_en_html_a_un_vrai_exposant():
    assert "1<sup>er</sup>" in ecrire("{{ jour|date_longue }}", jour=dt.date(2026, 4, 1))


def test_un_moment_est_date_a_paris():
    minuit_moins_dix = dt.datetime(2026, 3, 11, 23, 50, tzinfo=dt.UTC)
    assert ecrire("{{ m|date_longue }}", m=minuit_moins_dix).startswith("12")


@pytest.mark.parametrize(
    "filtre", ["nombre", "pourcent", "euros", "date_longue", "date_courte", "heure", "duree"]
)
def test_une_valeur_absente_n_ecrit_rien(filtre):
    assert ecrire("{{ v|" + filtre + " }}", v=None) == ""


def test_un_texte_saisi_reste_echappe():
    assert ecrire("{{ t|typo }}", t="<b>l'eau</b> ?") == "&lt;b&gt;l’eau&lt;/b&gt;\u202f?"


def test_un_statut_a_une_forme_un_mot_et_une_couleur():
    statut = BeautifulSoup(presentation.statut("EN_RETARD", "En retard"), "html.parser").span
    assert "st-EN_RETARD" in statut["class"]
    assert statut.svg.use["href"].endswith("#st-EN_RETARD")
    assert statut.svg["aria-hidden"] == "true"
    assert statut.get_text() == "En retard"


def test_une_jauge_reste_dans_ses_bornes():
    assert 'width="100"' in presentation.jauge(140)
    assert 'width="0"' in presentation.jauge(-5)


def test_un_nom_a_toujours_la_meme_nuance():
    assert presentation.pastille("CPTS du Sillon") == presentation.pastille("CPTS du Sillon")
    assert "vide" in presentation.pastille("")


def test_le_bouton_en_place_dit_ce_qu_il_modifie():
    html = presentation.champ_en_place("c1", "Statut", "En cours", "/champ/")
    bouton = BeautifulSoup(html, "html.parser").button
    assert " ".join(bouton.get_text().split()) == "Modifier : Statut, En cours"
    assert bouton["form"] == "ouvrir"
    assert bouton["formaction"] == bouton["hx-get"] == "/champ/"


def test_une_valeur_saisie_est_echappee_dans_le_bouton():
    html = presentation.champ_en_place("c1", "Titre", "<script>", "/champ/", lien="/fiche/")
    assert "<script>" not in html
    assert isinstance(html, SafeString)


def test_sans_adresse_un_champ_se_lit_seulement():
    assert "button" not in presentation.champ_en_place("c1", "Pilote", "", "", manque="Sans pilote")


def test_un_filtre_garde_les_autres_et_revient_a_la_premiere_page():
    requete = RequestFactory().get("/plan/", {"statut": "EN_COURS", "page": "3", "tri": "nom"})
    assert ecrire("{% url_avec tri='date' %}", request=requete) == "?statut=EN_COURS&amp;tri=date"
    assert ecrire("{% url_avec statut='' %}", request=requete) == "?tri=nom"


def test_la_repartition_couvre_toute_la_barre():
    parts = repartition(
        [("REALISEE", "réalisées", 1), ("EN_PAUSE", "en pause", 0), ("EN_COURS", "en cours", 3)]
    )
    assert parts.total == 4
    assert [(p.code, p.debut, p.largeur) for p in parts.segments] == [
        ("REALISEE", "0.000%", "25.000%"),
        ("EN_COURS", "25.000%", "75.000%"),
    ]


def test_une_repartition_vide_n_a_pas_de_part():
    assert repartition([]).segments == ()


def test_la_galerie_montre_chaque_composant(client):
    page = BeautifulSoup(client.get(reverse("socle:galerie")).content, "html.parser")
    assert page.h1.get_text() == "Composants et états"
    for classe in (
        "statut",
        "enplace",
        "conflit",
        "resume-erreurs",
        "avis",
        "travail",
        "journal",
        "etat-vide",
    ):
        assert page.select(f".{classe}"), classe


def test_la_galerie_n_existe_pas_hors_developpement(client, settings):
    settings.GALERIE_COMPOSANTS = False
    assert client.get("/galerie/").status_code == 404


def test_chaque_statut_de_la_galerie_a_sa_forme_dans_le_jeu_de_signes(client, settings):
    jeu = (settings.BASE_DIR / "static" / presentation.SPRITE).read_text(encoding="utf-8")
    page = BeautifulSoup(client.get(reverse("socle:galerie")).content, "html.parser")
    signes = {use["href"].partition("#")[2] for use in page.select("use")}
    assert signes
    assert all(f'id="{signe}"' in jeu for signe in signes)
