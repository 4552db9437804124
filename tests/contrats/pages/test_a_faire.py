"""La liste de travail : ce qu’elle montre, ses filtres, ses gestes, son export."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from tests.appuis.pages import lire
from tests.factories import (
    AffectationArsFactory,
    BilanFactory,
    ContratFactory,
    NoteTerritoireFactory,
    ParticipationFactory,
    SuiviTerritoireFactory,
    UtilisateurFactory,
)

LISTE = reverse("contrats:a_faire")


@pytest.fixture
def agent(contrat, agent_ars):
    return agent_ars


@pytest.fixture
def client(client_de, agent):
    return client_de(agent)


def noms(page):
    return [a.text for a in page.select("tbody th a")]


# Ce qu’elle montre


def test_les_contrats_et_les_territoires_sans_contrat_sont_dans_la_meme_table(client, contrat):
    page = lire(client, LISTE)
    assert noms(page) == [contrat.nom, "Pays de Châteaugiron Communauté"]
    assert "Sans contrat" in page.select("tbody tr")[1].text


def test_la_colonne_region_manque_quand_il_n_y_en_a_qu_une(client):
    entetes = [th.text.strip() for th in lire(client, LISTE).select("thead th")]
    assert "Région" not in entetes
    assert "Délégation" in entetes


def test_l_administration_voit_plusieurs_regions(
    client_de, administratrice, contrat, autre_contrat
):
    page = lire(client_de(administratrice), LISTE, voir="tout")
    assert "Région" in [th.text.strip() for th in page.select("thead th")]
    assert {contrat.nom, autre_contrat.nom} <= set(noms(page))


def test_une_delegation_ne_voit_que_son_departement(client_de, agent_dd, contrat):
    assert noms(lire(client_de(agent_dd), LISTE)) == [contrat.nom]


def test_la_delegation_de_l_agent_vient_d_abord(client_de, contrat):
    """Du siège et de l’Ille-et-Vilaine : Châteaugiron passe devant Quimper, plus peuplée."""
    agent = UtilisateurFactory()
    AffectationArsFactory(utilisateur=agent)
    AffectationArsFactory(utilisateur=agent, departement_id="35")
    assert noms(lire(client_de(agent), LISTE))[0] == "Pays de Châteaugiron Communauté"


def test_la_page_ecrit_sa_regle(client):
    texte = lire(client, LISTE).select_one(".regle-a-faire").text
    assert "la première règle vraie" in texte
    assert "Choisir : proroger ou renouveler" in texte.replace("\u00a0", " ")


def test_qui_n_est_pas_de_l_agence_n_y_entre_pas(client_de, coordinatrice, voisine):
    for personne in (coordinatrice, voisine):
        assert client_de(personne).get(LISTE).status_code == 403


def test_un_contrat_qui_finit_bientot_demande_de_choisir(client, contrat):
    type(contrat).objects.update(date_fin=date(2026, 10, 31))
    ligne = lire(client, LISTE, motif="FINIT_BIENTOT").select_one("tbody tr")
    assert "Finit le 31\u00a0octobre 2026, dans 7\u00a0mois" in ligne.text
    assert "Choisir\u00a0: proroger ou renouveler" in ligne.text


def test_un_bilan_publie_l_an_dernier_ne_manque_plus(client, contrat):
    assert noms(lire(client, LISTE, motif="SANS_BILAN")) == [contrat.nom]
    BilanFactory(contrat=contrat, annee=2025, publie=True)
    assert noms(lire(client, LISTE, motif="SANS_BILAN")) == []


# Filtres, tri, recherche


def test_une_puce_pose_son_filtre_et_dit_combien(client):
    puces = {p.contents[0].strip(): p for p in lire(client, LISTE).select(".puce")}
    puce = puces["Territoires sans contrat"]
    assert puce.b.text == "1"
    assert noms(lire(client, puce["href"])) == ["Pays de Châteaugiron Communauté"]


def test_un_filtre_mal_ecrit_donne_une_page_400(client):
    assert client.get(LISTE, {"motif": "INCONNU"}).status_code == 400


def test_la_recherche_ignore_les_accents_et_connait_les_communes(client):
    assert noms(lire(client, LISTE, recherche="chateaugiron")) == [
        "Pays de Châteaugiron Communauté"
    ]
    assert noms(lire(client, LISTE, recherche="servon")) == ["Pays de Châteaugiron Communauté"]


def test_le_tri_par_nom_et_son_contraire(client, contrat):
    droit = noms(lire(client, LISTE, tri="nom"))
    assert droit == sorted(droit, key=str.casefold)
    assert noms(lire(client, LISTE, tri="-nom")) == droit[::-1]


def test_sans_resultat_la_page_dit_quel_filtre_retirer(client):
    page = lire(client, LISTE, recherche="introuvable")
    assert "Retirer les filtres" in page.text


def test_les_requetes_ne_dependent_pas_du_nombre_de_lignes(client, exiger_requetes_plates):
    def peupler(n):
        for _ in range(n):
            contrat = ContratFactory(signe=True)
            ParticipationFactory(contrat=contrat)
            suivi = SuiviTerritoireFactory(contrat=contrat)
            NoteTerritoireFactory(suivi=suivi)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(LISTE, {"voir": "tout"}))


# Export


@pytest.mark.parametrize("filtres", [{}, {"motif": "SANS_CONTRAT"}, {"tri": "nom", "voir": "tout"}])
def test_l_export_est_exactement_ce_que_montrent_les_filtres(client, filtres):
    montres = noms(lire(client, LISTE, **filtres))
    en_csv = client.get(reverse("contrats:a_faire_exporter", args=["csv"]), filtres).content
    lignes = list(csv.reader(io.StringIO(en_csv.decode("utf-8-sig")), delimiter=";"))
    assert [ligne[0] for ligne in lignes[1:]] == montres
    en_xlsx = client.get(reverse("contrats:a_faire_exporter", args=["xlsx"]), filtres).content
    feuille = openpyxl.load_workbook(io.BytesIO(en_xlsx)).active
    assert [ligne[0] for ligne in feuille.iter_rows(min_row=2, values_only=True)] == montres


def test_l_export_existe_en_ods_et_un_autre_format_n_existe_pas(client):
    ods = client.get(reverse("contrats:a_faire_exporter", args=["ods"]))
    assert ods.content[:2] == b"PK"
    assert client.get(reverse("contrats:a_faire_exporter", args=["pdf"])).status_code == 404


# Le rail


def test_le_rail_dit_combien_attendent(client):
    page = lire(client, LISTE)
    entree = next(a for a in page.select(".rail a") if "À faire" in a.text)
    assert entree.select_one(".compte").text.startswith(str(len(noms(page))))


def test_l_accueil_de_l_agence_y_mene_avec_son_compte_et_a_la_doctrine(client):
    nombre = len(noms(lire(client, LISTE)))
    liens = {a["href"]: a.text for a in lire(client, reverse("contrats:espace")).select(".rail a")}
    assert str(nombre) in liens[LISTE]
    assert reverse("contrats:doctrine", args=["53"]) in liens


def test_l_accueil_d_une_coordinatrice_n_en_parle_pas(client_de, coordinatrice, contrat):
    liens = lire(client_de(coordinatrice), reverse("contrats:espace")).select(".rail a")
    assert LISTE not in {a["href"] for a in liens}
