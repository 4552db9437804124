"""L’accent de l’opérateur : ce qui est refusé, ce qui en dérive."""

import itertools

import pytest
from django.urls import reverse

from cls_platform.socle import theme
from cls_platform.socle.checks import accent_lisible

PRUNE = "#6b2a58"
ADMIS = [PRUNE, "#4a2a8a", "#333333", "#000000", "#5a2a7a"]


@pytest.mark.parametrize("accent", ADMIS)
def test_un_accent_sombre_et_distinct_des_etats_convient(accent):
    assert theme.defauts(accent) == []


@pytest.mark.parametrize("accent", ["", "red", "#12345", "6b2a58", "#6b2a5g", "#6b2a58\n"])
def test_ce_qui_n_est_pas_une_couleur_est_refuse_avec_un_exemple(accent):
    assert "#6b2a58" in theme.defauts(accent)[0]


def test_un_accent_trop_clair_est_refuse_avec_son_contraste():
    assert theme.defauts("#888888") == [
        "#888888 est trop clair : 3,3:1 sur le papier, il faut au moins 7:1."
    ]


@pytest.mark.parametrize(
    ("accent", "etat"),
    [
        ("#1d4f91", "information"),
        ("#004d40", "succès"),
        ("#6b3500", "attention"),
        ("#7a0f1d", "danger"),
    ],
)
def test_un_accent_proche_d_un_etat_est_refuse(accent, etat):
    assert any(etat in raison for raison in theme.defauts(accent))


@pytest.mark.parametrize("accent", ADMIS)
def test_les_derivees_gardent_les_contrastes_de_la_charte(accent):
    couleurs = theme.palette(accent)
    assert theme.contraste(couleurs.accent, "#ffffff") >= 7
    assert theme.contraste(couleurs.fonce, "#ffffff") >= 7
    assert theme.contraste(couleurs.accent, couleurs.pale) >= 6
    assert theme.contraste(couleurs.sur_moyen, couleurs.moyen) >= 7


@pytest.mark.parametrize("accent", ADMIS)
def test_la_rampe_fonce_a_chaque_pas(accent):
    contrastes = [theme.contraste(couleur, "#ffffff") for couleur in theme.palette(accent).rampe]
    assert contrastes == sorted(contrastes)
    assert all(b / a > 1.2 for a, b in itertools.pairwise(contrastes))


def test_le_controle_au_demarrage_dit_quoi_corriger(settings):
    settings.CLS_ACCENT = "#cccccc"
    (erreur,) = accent_lisible()
    assert erreur.id == "socle.E001"
    assert "CLS_ACCENT" in erreur.hint


def test_la_feuille_du_theme_est_gardee_un_an(client, settings):
    settings.CLS_ACCENT = "#4a2a8a"
    reponse = client.get(reverse("socle:theme"))
    assert reponse["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in reponse["Cache-Control"]
    assert b"--accent:#4a2a8a" in reponse.content


def test_l_adresse_de_la_feuille_change_avec_l_accent():
    assert theme.empreinte(PRUNE) != theme.empreinte("#4a2a8a")
