"""La grille : chaque case s’écrit, se refuse, se dispute et s’annule pour elle ; rien ne se perd."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from contrats.models import Contrat
from indicateurs.models import Calcul, Indicateur, Mesure, Qualite
from tests.factories import IndicateurFactory, MesureFactory, VentilationFactory

ANNEE = 2026
HTMX = {"HX-Request": "true"}


def nom(indicateur: Indicateur, annee: int = ANNEE, version: int = 0, part: str = "") -> str:
    return f"c.{indicateur.pk.hex}.{annee}{f'.{part}' if part else ''}:{version}"


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


@pytest.fixture
def adresse(contrat: Contrat) -> str:
    return reverse("indicateurs:grille", args=[contrat.pk])


def lue(reponse: Any) -> BeautifulSoup:
    return BeautifulSoup(reponse.content, "html.parser")


def test_une_case_remplie_s_enregistre_et_la_reponse_ne_porte_que_sa_ligne(
    client: Client, indicateur: Indicateur, contrat: Contrat, adresse: str
) -> None:
    IndicateurFactory(contrat=contrat, libelle="Une autre ligne")
    reponse = client.post(adresse, {nom(indicateur): "1 234,5"}, headers=HTMX)
    assert reponse.status_code == 200
    assert indicateur.mesures.get(annee=ANNEE).valeur == Decimal("1234.5")
    assert "Une autre ligne" not in reponse.content.decode()
    assert lue(reponse).select_one("#saisie-etat .valide").text.strip().startswith("Enregistré à")
    assert lue(reponse).find(id=f"s-{indicateur.pk.hex}.{ANNEE}")["name"].endswith(":1")


def test_la_case_rendue_est_celle_de_la_page(
    client: Client, indicateur: Indicateur, adresse: str
) -> None:
    reponse = client.post(adresse, {nom(indicateur): "42"}, headers=HTMX)
    cle = f"k-{indicateur.pk.hex}.{ANNEE}"
    assert str(lue(reponse).find(id=cle)) == str(lue(client.get(adresse)).find(id=cle))


def test_sans_javascript_un_formulaire_enregistre_tout_et_garde_ce_qui_est_refuse(
    client: Client, indicateur: Indicateur, contrat: Contrat, adresse: str
) -> None:
    autre = IndicateurFactory(contrat=contrat)
    page = lue(client.get(adresse))
    champs = {c["name"]: c.get("value", "") for c in page.select("#saisie input[name]")}
    assert page.select("#saisie noscript button[type=submit]")
    champs |= {nom(indicateur, 2024): "10", nom(indicateur, 2025): "12O", nom(autre): "3"}
    reponse = client.post(adresse, champs)
    assert reponse.status_code == 422
    assert set(Mesure.objects.values_list("annee", "valeur")) == {(2024, 10), (ANNEE, 3)}
    rendue = lue(reponse)
    refusee = rendue.find(id=f"s-{indicateur.pk.hex}.2025")
    assert refusee["value"] == "12O"
    assert "Vouliez-vous écrire 120" in rendue.find(id=refusee["aria-describedby"]).text
    bouton = rendue.select_one("button[name=remplacer]")
    champs = {c["name"]: c.get("value", "") for c in rendue.select("#saisie input[name]")}
    assert client.post(adresse, champs | {"remplacer": bouton["value"]}).status_code == 200
    assert indicateur.mesures.get(annee=2025).valeur == 120


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("beaucoup", "n’est pas un nombre"),
        ("1.234,5", "plusieurs séparateurs décimaux"),
        ("12,34567", "Quatre décimales au plus"),
        ("-", "Un tiret peut vouloir dire zéro ou inconnu"),
        ("3 / 4", "un seul nombre"),
    ],
)
def test_une_case_refusee_dit_pourquoi(client, indicateur, adresse, texte, raison) -> None:
    reponse = client.post(adresse, {nom(indicateur): texte}, headers=HTMX)
    assert reponse.status_code == 422
    assert raison in lue(reponse).select_one("#saisie-avis").text
    assert lue(reponse).find(id=f"s-{indicateur.pk.hex}.{ANNEE}")["value"] == texte
    assert not Mesure.objects.exists()


def test_un_rapport_se_tape_en_deux_nombres_et_jamais_sur_zero(client, contrat, adresse) -> None:
    part = IndicateurFactory(contrat=contrat, ratio=True)
    refus = client.post(adresse, {nom(part): "5 / 0"}, headers=HTMX)
    assert "On ne divise pas par zéro" in lue(refus).select_one("#saisie-avis").text
    reponse = client.post(adresse, {nom(part): "5 184 / 41 806"}, headers=HTMX)
    mesure = part.mesures.get()
    assert (mesure.numerateur, mesure.denominateur) == (5184, 41806)
    assert mesure.valeur == Decimal("12.4001")
    case = lue(reponse).find(id=f"k-{part.pk.hex}.{ANNEE}")
    assert case.select_one(".dessus").text == "12,4"
    assert case.input["value"] == "5\u202f184 / 41\u202f806"


def test_un_taux_pour_cent_mille_n_est_pas_un_pourcentage(client, contrat, adresse) -> None:
    taux = IndicateurFactory(contrat=contrat, ratio=True, unite="taux pour 100 000")
    client.post(adresse, {nom(taux): "21 / 41 806"})
    assert taux.mesures.get().valeur == Decimal("50.2320")


@pytest.mark.parametrize(
    ("texte", "qualite", "valeur"),
    [
        ("12,4 p", Qualite.PROVISOIRE, Decimal("12.4")),
        ("540e", Qualite.ESTIMEE, Decimal(540)),
        ("secret", Qualite.SECRET_STATISTIQUE, None),
        ("< 5", Qualite.SECRET_STATISTIQUE, None),
        ("nd", Qualite.NON_DISPONIBLE, None),
    ],
)
def test_la_qualite_se_dit_dans_la_case(client, indicateur, adresse, texte, qualite, valeur):
    client.post(adresse, {nom(indicateur): texte})
    mesure = indicateur.mesures.get()
    assert (mesure.qualite, mesure.valeur) == (qualite, valeur)


def test_ce_qui_etonne_est_garde_et_dit(client, contrat, adresse) -> None:
    part = IndicateurFactory(contrat=contrat, ratio=True, annee_reference=None)
    simple = IndicateurFactory(contrat=contrat, annee_reference=None)
    MesureFactory(indicateur=simple, annee=2025, valeur=Decimal(120))
    client.post(adresse, {nom(part): "12 / 10", nom(simple): "1 200", nom(part, 2010): "1 / 4"})
    assert Mesure.objects.count() == 4
    dites = lue(client.get(adresse, {"de": 2010, "a": 2012})).select_one("#saisie-verifier").text
    assert "2010 est avant le contrat" in dites
    dites = lue(client.get(adresse)).select_one("#saisie-verifier").text
    assert "Le premier nombre (12) dépasse le second (10)" in dites
    assert "Dix fois plus que la valeur précédente (120)" in dites


# Le bloc collé


def test_un_bloc_colle_dit_ce_qui_est_pris_et_ce_qui_est_ecarte(client, contrat, adresse) -> None:
    simple = IndicateurFactory(contrat=contrat)
    calcule = IndicateurFactory(contrat=contrat, calcul=Calcul.FORMULE, formule="A01")
    envoi = {
        nom(simple, 2024): "10",
        nom(simple, 2025): "dix",
        nom(calcule, 2024): "77",
        "collage": "1",
        "hors": json.dumps([["Ligne 3, colonne 1 du bloc", "99"]]),
    }
    avis = lue(client.post(adresse, envoi, headers=HTMX)).select_one("#saisie-avis").text
    assert "1\u00a0valeur prise, 3\u00a0écartées" in avis
    assert "« 77 »" in avis
    assert "calculée d’après d’autres indicateurs" in avis
    assert "« 99 »" in avis
    assert "Le bloc dépasse la grille" in avis
    assert Mesure.objects.count() == 1


def test_le_cout_d_un_bloc_ne_depend_pas_de_sa_taille(
    client, contrat, adresse, nombre_requetes
) -> None:
    lignes = IndicateurFactory.create_batch(12, contrat=contrat)

    def coller(quelles: list[Indicateur], version: int, texte: str) -> int:
        envoi = {nom(i, a, version): texte for i in quelles for a in (2024, 2025, 2026)}
        return nombre_requetes(lambda: client.post(adresse, envoi, headers=HTMX))

    coller(lignes[:1], 0, "1")
    assert coller(lignes[1:3], 0, "1") == coller(lignes[3:], 0, "1")
    assert coller(lignes[:2], 1, "2") == coller(lignes[2:], 1, "2")
    assert set(Mesure.objects.values_list("valeur", "version")) == {(2, 2)}
    assert Mesure.objects.count() == 36


def test_annuler_remet_chaque_case_comme_elle_etait(client, indicateur, adresse) -> None:
    MesureFactory(indicateur=indicateur, annee=2025, valeur=Decimal("0.5"))
    envoi = {nom(indicateur, 2025, 1): "", nom(indicateur, 2024): "7"}
    page = lue(client.post(adresse, envoi))
    assert list(indicateur.mesures.values_list("annee", flat=True)) == [2024]
    cases = page.select_one("[data-cls-annuler] [name=cases]")["value"]
    client.post(adresse, {"cases": cases})
    assert [(m.annee, m.valeur) for m in indicateur.mesures.all()] == [(2025, Decimal("0.5"))]


# Qui, où


def test_un_pilote_ne_saisit_que_les_valeurs_de_ses_actions(
    client_de, pilote, contrat, indicateur, adresse
) -> None:
    autre = IndicateurFactory(contrat=contrat, libelle="Pas le sien")
    page = lue(client_de(pilote).get(adresse))
    assert page.find(id=f"k-{autre.pk.hex}.{ANNEE}").input is None
    assert page.find(id=f"k-{indicateur.pk.hex}.{ANNEE}").input
    envoi = {nom(autre): "5", nom(indicateur): "6"}
    reponse = client_de(pilote).post(adresse, envoi, headers=HTMX)
    assert "aucune action dont vous êtes pilote" in reponse.content.decode()
    assert [m.indicateur for m in Mesure.objects.all()] == [indicateur]


def test_la_voisine_ne_trouve_pas_la_grille_et_n_ecrit_rien(
    client_de, voisine, autre_contrat, indicateur, adresse
) -> None:
    client = client_de(voisine)
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, {nom(indicateur): "5"}).status_code == 404
    sienne = reverse("indicateurs:grille", args=[autre_contrat.pk])
    assert "n’est plus dans le contrat" in (
        client.post(sienne, {nom(indicateur): "5"}).content.decode()
    )
    assert not Mesure.objects.exists()


def test_une_lectrice_lit_sans_champ(client_de, lectrice, indicateur, adresse) -> None:
    client = client_de(lectrice)
    assert not lue(client.get(adresse)).select("input.case-valeur")
    assert client.post(adresse, {nom(indicateur): "5"}).status_code == 403


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_indicateurs(
    client, contrat, exiger_requetes_plates, adresse
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            mesure = MesureFactory(indicateur=IndicateurFactory(contrat=contrat))
            VentilationFactory(mesure=mesure, modalite_id="FEMMES")

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))


@pytest.mark.parametrize("annee", ["abc", "1999", ""])
def test_une_annee_qui_n_est_pas_montree_laisse_l_annee_en_cours(
    client, indicateur, adresse, annee
) -> None:
    assert client.get(adresse, {"annee": annee}).context["fenetre"].courante == ANNEE


def test_une_annee_de_plus_se_montre_puis_se_saisit(client, indicateur, adresse) -> None:
    page = lue(client.get(adresse))
    lien = page.find("a", string=lambda t: t and "Ajouter 2027" in t) or next(
        a for a in page.select(".sous-grille a") if "Ajouter 2027" in a.text
    )
    assert lue(client.get(adresse + lien["href"])).find(id=f"s-{indicateur.pk.hex}.2027")
