"""La liste de travail et les doctrines par l’API : les mêmes lignes que les pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.appuis.api import RACINE, lire, outil, pointeurs, probleme, resultats
from tests.appuis.pages import lire as lire_page
from tests.factories import ContratFactory, DoctrineFactory, ParticipationFactory

LISTE = "a-faire/"


@pytest.fixture
def client(contrat, agent_ars):
    return outil(agent_ars)


@pytest.mark.parametrize("filtres", [{}, {"motif": "SANS_CONTRAT"}, {"voir": "tout", "tri": "nom"}])
def test_l_api_donne_les_lignes_de_la_page(client, client_de, agent_ars, filtres):
    page = lire_page(client_de(agent_ars), reverse("contrats:a_faire"), **filtres)
    montrees = [tr["id"].removeprefix("ligne-") for tr in page.select("tbody tr[id]")]
    assert [ligne["cle"] for ligne in resultats(client, LISTE, **filtres)] == montrees


def test_une_ligne_dit_sa_situation_et_son_etape(client, contrat):
    ligne = next(li for li in resultats(client, LISTE) if li["contrat"] == str(contrat.pk))
    assert (ligne["genre"], ligne["situation"], ligne["epci"]) == ("contrat", "SIGNE", None)
    assert ligne["etape"]["code"] == "inviter"
    assert ligne["motifs"] == ["SANS_BILAN", "SANS_COORDINATEUR", "SANS_REFERENT"]


def test_un_filtre_inconnu_ou_mal_ecrit_est_nomme(client):
    assert pointeurs(probleme(client.get(f"{RACINE}{LISTE}?motifs=X"), 400)) == {"/motifs"}
    assert pointeurs(probleme(client.get(f"{RACINE}{LISTE}?motif=X"), 400)) == {"/motif"}


def test_les_pages_se_suivent(client):
    premiere = lire(client, LISTE, page_size=1)
    assert (premiere["count"], len(premiere["results"])) == (2, 1)
    assert premiere["next"]


def test_les_requetes_ne_dependent_pas_du_nombre_de_lignes(client, exiger_requetes_plates):
    def peupler(n):
        for _ in range(n):
            ParticipationFactory(contrat=ContratFactory(signe=True))

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: client.get(f"{RACINE}{LISTE}?voir=tout&page_size=100")
    )


def test_la_doctrine_d_un_jour_se_demande(client):
    DoctrineFactory(depuis=date(2020, 1, 1), cible_taux=Decimal("0.6"))
    DoctrineFactory(depuis=date(2025, 1, 1))
    (lue,) = resultats(client, "doctrines/", region="53", en_vigueur_le="2024-06-01")
    assert Decimal(lue["cible_taux"]) == Decimal("0.6")
    assert len(resultats(client, "doctrines/", region="53")) == 2


def test_le_detail_dit_l_avancement(client, contrat):
    doctrine = DoctrineFactory()
    lue = lire(client, f"doctrines/{doctrine.pk}/")
    avancement = lue["progression"]
    assert avancement["taux"] == avancement["population_couverte"] / avancement["population"]
    assert avancement["manquants"] > 0
    assert avancement["echeances"][0]["finissent"] == [contrat.nom]
