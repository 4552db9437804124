"""À deux sur une case, et des parts sous leur total : rien ne s’écrase, rien ne se perd."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from indicateurs.models import Indicateur, Mesure
from tests.factories import MesureFactory, VentilationFactory
from tests.indicateurs.pages.test_grille import ANNEE, HTMX, lue, nom


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def adresse(contrat):
    return reverse("indicateurs:grille", args=[contrat.pk])


def test_deux_personnes_sur_une_case_la_seconde_voit_la_valeur_de_la_premiere(
    client, client_de, pilote, indicateur, adresse
) -> None:
    client_de(pilote).post(adresse, {nom(indicateur): "71"})
    reponse = client.post(adresse, {nom(indicateur): "72"}, headers=HTMX)
    assert reponse.status_code == 422
    assert "Paul Pilote a écrit 71" in reponse.content.decode()
    assert indicateur.mesures.get().valeur == 71
    case = lue(reponse).find(id=f"s-{indicateur.pk.hex}.{ANNEE}")
    assert (case["value"], case["data-avant"]) == ("72", "71")
    client.post(adresse, {case["name"]: "72"})
    assert indicateur.mesures.get().valeur == 72


def test_une_case_que_l_on_n_a_pas_touchee_n_ecrase_pas_celle_d_une_autre(
    client, client_de, pilote, indicateur, adresse
) -> None:
    client_de(pilote).post(adresse, {nom(indicateur): "71"})
    page_ancienne = {nom(indicateur, version=1): "71", nom(indicateur, 2025): "5"}
    client_de(pilote).post(adresse, {nom(indicateur, version=1): "80"})
    assert client.post(adresse, page_ancienne).status_code == 200
    assert indicateur.mesures.get(annee=ANNEE).valeur == 80


def test_vider_une_case_efface_la_valeur_et_l_historique_dit_qui(
    client, coordinatrice, indicateur, adresse
) -> None:
    mesure = MesureFactory(indicateur=indicateur, annee=ANNEE)
    client.post(adresse, {nom(indicateur, version=1): ""})
    assert not indicateur.mesures.exists()
    copies = Mesure.events.rel.related_model.objects.filter(pgh_obj_id=mesure.pk)
    assert copies.get(pgh_label="delete").modifie_par == coordinatrice


# Répartition


def test_les_parts_se_saisissent_sous_leur_total_qui_ne_se_vide_pas_sans_elles(
    client, indicateur, adresse
) -> None:
    mesure = MesureFactory(indicateur=indicateur, annee=ANNEE, valeur=Decimal(100))
    VentilationFactory(mesure=mesure, modalite_id="FEMMES", valeur=Decimal(60))
    VentilationFactory(mesure=mesure, modalite_id="HOMMES", valeur=Decimal(30))
    page = lue(client.get(adresse))
    assert [t.text for t in page.select(".part th")] == ["dont Femmesnombre", "dont Hommesnombre"]
    assert "Les parts font 90, le total 100" in page.select_one("#saisie-verifier").text
    refus = client.post(adresse, {nom(indicateur, version=1): ""})
    assert "Videz d’abord les lignes" in refus.content.decode()
    refus = client.post(adresse, {nom(indicateur, 2025, part="FEMMES"): "4"})
    assert "Saisissez d’abord la valeur de l’ensemble" in refus.content.decode()
    envoi = {nom(indicateur, version=1, part="FEMMES"): "70", nom(indicateur, 2025): "9",
             nom(indicateur, 2025, part="FEMMES"): "4"}  # fmt: skip
    assert client.post(adresse, envoi).status_code == 200
    parts = {(p.mesure.annee, p.modalite_id): p.valeur for p in indicateur_parts(indicateur)}
    assert parts == {(ANNEE, "FEMMES"): 70, (ANNEE, "HOMMES"): 30, (2025, "FEMMES"): 4}


def indicateur_parts(indicateur: Indicateur) -> Any:
    return [p for m in indicateur.mesures.all() for p in m.ventilations.select_related("mesure")]
