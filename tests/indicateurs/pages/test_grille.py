"""La grille de saisie : une case s’enregistre seule, se vide, se refuse, se dispute."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from contrats.models import Contrat
from indicateurs.models import Indicateur, Mesure
from tests.factories import IndicateurFactory, MesureFactory

ANNEE = 2026
HTMX = {"HX-Request": "true"}


def adresse_de(indicateur: Indicateur, annee: int = ANNEE) -> str:
    return reverse("indicateurs:case", args=[indicateur.pk, annee])


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


def test_une_case_remplie_sans_javascript_s_enregistre_et_ramene_a_la_grille(
    client: Client, indicateur: Indicateur
) -> None:
    reponse = client.post(adresse_de(indicateur), {"valeur": "1 234,5", "version": "0"})
    assert reponse.status_code == 302
    assert indicateur.mesures.get(annee=ANNEE).valeur == Decimal("1234.5")


def test_le_fragment_est_la_ligne_meme_de_la_page(client: Client, indicateur: Indicateur) -> None:
    client.post(adresse_de(indicateur), {"valeur": "42", "version": "0"})
    page = client.get(reverse("indicateurs:grille", args=[indicateur.contrat_id])).content.decode()
    fragment = client.post(
        adresse_de(indicateur), {"valeur": "42", "version": "1"}, headers=HTMX
    ).content.decode()
    debut = f'<tr id="ligne-{indicateur.pk}">'
    assert fragment.strip().startswith(debut)
    entete = fragment.split("<form")[0].split(debut)[1]
    assert entete in page


def test_une_lettre_a_la_place_d_un_chiffre_est_refusee_et_la_saisie_reste(
    client: Client, indicateur: Indicateur
) -> None:
    reponse = client.post(adresse_de(indicateur), {"valeur": "12O", "version": "0"}, headers=HTMX)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert 'value="12O"' in html
    assert "Vouliez-vous écrire 120" in html
    assert not Mesure.objects.exists()


def test_une_saisie_refusee_sans_javascript_est_reprise_sur_la_fiche_de_la_valeur(
    client: Client, indicateur: Indicateur
) -> None:
    reponse = client.post(adresse_de(indicateur), {"valeur": "12O", "version": "0"}, follow=True)
    assert 'value="12O"' in reponse.content.decode()
    assert "csrfmiddlewaretoken" not in reponse.redirect_chain[-1][0]


def test_deux_personnes_sur_une_case_la_seconde_voit_la_valeur_de_la_premiere(
    client: Client, client_de: Callable[..., Client], pilote: Utilisateur, indicateur: Indicateur
) -> None:
    client_de(pilote).post(adresse_de(indicateur), {"valeur": "71", "version": "0"})
    reponse = client.post(adresse_de(indicateur), {"valeur": "72", "version": "0"}, headers=HTMX)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Paul Pilote a écrit 71" in html
    assert 'value="72"' in html
    assert indicateur.mesures.get().valeur == 71
    client.post(adresse_de(indicateur), {"valeur": "72", "version": "1"}, headers=HTMX)
    assert indicateur.mesures.get().valeur == 72


def test_vider_une_case_efface_la_valeur(client: Client, indicateur: Indicateur) -> None:
    mesure = MesureFactory(indicateur=indicateur, annee=ANNEE)
    client.post(adresse_de(indicateur), {"valeur": "", "version": str(mesure.version)})
    assert not indicateur.mesures.exists()


def test_un_pilote_ne_saisit_que_les_valeurs_de_ses_actions(
    client_de: Callable[..., Client], pilote: Utilisateur, contrat: Contrat
) -> None:
    autre = IndicateurFactory(contrat=contrat)
    reponse = client_de(pilote).post(adresse_de(autre), {"valeur": "5", "version": "0"})
    assert reponse.status_code == 403
    assert "aucune action dont vous êtes pilote" in reponse.content.decode()


def test_la_voisine_ne_trouve_ni_la_grille_ni_la_case(
    client_de: Callable[..., Client], voisine: Utilisateur, indicateur: Indicateur
) -> None:
    client = client_de(voisine)
    grille = reverse("indicateurs:grille", args=[indicateur.contrat_id])
    assert client.get(grille).status_code == 404
    reponse = client.post(adresse_de(indicateur), {"valeur": "5", "version": "0"})
    assert reponse.status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_indicateurs(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            MesureFactory(indicateur=IndicateurFactory(contrat=contrat))

    adresse = reverse("indicateurs:grille", args=[contrat.pk])
    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))


@pytest.mark.parametrize("annee", ["abc", "1999", ""])
def test_une_annee_qui_n_existe_pas_montre_l_annee_en_cours(
    client: Client, indicateur: Indicateur, annee: str
) -> None:
    adresse = reverse("indicateurs:grille", args=[indicateur.contrat_id])
    reponse: Any = client.get(adresse, {"annee": annee})
    assert reponse.status_code == 200
    assert reponse.context["courante"] == ANNEE
