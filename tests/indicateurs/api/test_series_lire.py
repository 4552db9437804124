"""Les séries d’un contrat dans l’API : tout pour l’équipe, le publié masqué pour les autres."""

from typing import Any

from django.urls import reverse

from contrats.models import Contrat
from indicateurs.models import Calcul
from tests.factories import IndicateurFactory, MesureFactory


def lire(client: Any, **question: Any) -> Any:
    return client.get(reverse("api:series-list"), question)


def preparer(contrat: Contrat) -> None:
    saisi = IndicateurFactory(contrat=contrat, code="A", libelle_public="Personnes reçues")
    MesureFactory(indicateur=saisi, valeur=3)
    IndicateurFactory(
        contrat=contrat, calcul=Calcul.FORMULE, formule="A * 2", est_public=False, code="F"
    )


def test_l_equipe_lit_les_valeurs_calculees_et_leur_origine(
    client_de: Any, lectrice: Any, contrat: Contrat
) -> None:
    preparer(contrat)
    saisie, formule = lire(client_de(lectrice), contrat=contrat.pk).json()
    assert saisie["releves"][0]["valeur"] == "3.0000"
    (releve,) = formule["releves"]
    assert (releve["valeur"], releve["origine"]) == ("6.0000", "FORMULE")
    assert "A * 2" in releve["precision"]


def test_un_passant_lit_le_publie_sans_les_petits_nombres(
    client_de: Any, anonyme: Any, voisine: Any, contrat: Contrat
) -> None:
    preparer(contrat)
    for personne in (anonyme, voisine):
        (serie,) = lire(client_de(personne), contrat=contrat.pk).json()
        (releve,) = serie["releves"]
        assert (releve["valeur"], releve["qualite"]) == (None, "SECRET_STATISTIQUE")
        assert releve["origine"] is None


def test_un_contrat_que_l_on_ne_voit_pas_n_existe_pas(
    client_de: Any, coordinatrice: Any, autre_contrat: Contrat
) -> None:
    client = client_de(coordinatrice)
    assert lire(client, contrat=autre_contrat.pk).status_code == 404
    assert lire(client).status_code == 400
    assert lire(client, contrat="x").status_code == 400
    assert lire(client, contrat=autre_contrat.pk, annee=2025).status_code == 400
