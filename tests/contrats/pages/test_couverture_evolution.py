"""La couverture entre deux dates : la série, et tout ce qui l’a fait changer."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from contrats.couverture import couverture
from tests.appuis.pages import lire
from tests.factories import AvenantFactory, ContratFactory, PassagePhaseFactory, PerimetreFactory

ADRESSE = reverse("contrats:couverture_evolution")
ANNEE = {"du": "2025-01-01", "au": "2025-12-31"}
OUESSANT = "29155"


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


def groupes(page) -> dict[str, list[str]]:
    """Les événements, par genre."""
    return {
        h3.contents[0].strip(): [
            li.get_text(" ", strip=True).replace("\xa0", " ")
            for li in h3.find_next("ol").select("li")
        ]
        for h3 in page.select("h3.sous-titre")
    }


def test_une_signature(client):
    neuf = ContratFactory(
        nom="Contrat neuf d’essai", signe=True, date_signature=date(2025, 5, 5), epci="200068120"
    )
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Contrat signé"]
    assert neuf.nom in dit
    assert "14 communes, 102\u202f542 habitants" in dit


def test_une_fin_est_datee_de_son_lendemain(client, contrat):
    contrat.date_fin = date(2025, 12, 30)
    contrat.save()
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Contrat fini"]
    assert dit.startswith("31 décembre 2025")


def test_un_arret_dit_sa_raison(client, contrat):
    PassagePhaseFactory(
        contrat=contrat, vers="ABANDONNE", date_effet=date(2025, 3, 3), raison="Plus de porteur."
    )
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Démarche arrêtée"]
    assert "Plus de porteur." in dit


def test_un_avenant_compte_le_jour_ou_il_entre_en_vigueur(client, contrat):
    AvenantFactory(contrat=contrat, signe=True, date_effet=date(2025, 9, 1))
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Avenant en vigueur"]
    assert dit.startswith("1 er septembre 2025")
    assert "N° 1" in dit


def test_une_commune_qui_entre_apres_le_debut(client, contrat):
    PerimetreFactory(contrat=contrat, commune_id=OUESSANT, date_entree=date(2025, 7, 1))
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Communes entrées"]
    assert "Ouessant" in dit


def test_une_commune_qui_sort(client, contrat):
    contrat.perimetres.filter(commune_id="29232").update(date_sortie=date(2025, 7, 1))
    (dit,) = groupes(lire(client, ADRESSE, **ANNEE))["Communes sorties"]
    assert "Quimper" in dit


def test_rien_ne_s_est_passe(client, contrat):
    page = lire(client, ADRESSE, **ANNEE)
    assert "Rien n’a été signé" in page.main.text


def test_un_autre_territoire_ne_montre_pas_ce_qui_n_y_est_pas(client, contrat):
    PerimetreFactory(contrat=contrat, commune_id=OUESSANT, date_entree=date(2025, 7, 1))
    page = lire(client, ADRESSE, niveau="region", territoire="76", **ANNEE)
    assert groupes(page) == {}


def test_l_avant_et_l_apres_sont_ceux_de_la_question(client, contrat):
    contrat.date_fin = date(2025, 6, 30)
    contrat.save()
    page = lire(client, ADRESSE, niveau="departement", territoire="29", **ANNEE)
    assert "98,9\u202f% → 0,0\u202f%" in page.select_one("dl.reperes").text


def test_la_serie_a_un_point_par_mois_depuis_le_premier_contrat(client, contrat):
    page = lire(client, ADRESSE, du="2025-01-01", au="2025-03-01")
    mois = [th.text for th in page.select("table.serre tbody th")]
    assert mois[-1] == "janvier 2024"
    assert len(mois) == 15


def test_la_serie_s_emporte_sous_les_cles_de_la_couverture(client, contrat):
    page = lire(client, ADRESSE, du="2025-01-01", au="2025-03-01")
    corps = client.get(page.select_one('main a[href*="/exporter/json/"]')["href"]).json()
    assert corps["count"] == 2 * 15
    premier, dernier = corps["results"][0], corps["results"][-2]
    assert (premier["date"], dernier["date"]) == ("2024-01-01", "2025-03-01")
    (france,) = couverture(le=date(2025, 3, 1), niveau="france")
    assert {nom: dernier[nom] for nom in france.vers_dict()} == france.vers_dict()


@pytest.mark.parametrize(("au", "projection"), [("2026-03-12", False), ("2028-01-01", True)])
def test_une_date_a_venir_est_dite_une_projection(client, contrat, au, projection):
    page = lire(client, ADRESSE, du="2025-01-01", au=au)
    assert ("Projection" in page.main.text) is projection


def test_deux_dates_inversees_sont_refusees(client):
    reponse = client.get(ADRESSE, {"du": "2025-12-31", "au": "2025-01-01"})
    assert reponse.status_code == 400
    assert "La seconde date vient après la première" in reponse.content.decode()


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(client, exiger_requetes_plates):
    exiger_requetes_plates(
        peupler=lambda n: ContratFactory.create_batch(n, signe=True, epci="200068120"),
        lire=lambda: (cache.clear(), client.get(ADRESSE)),
    )
