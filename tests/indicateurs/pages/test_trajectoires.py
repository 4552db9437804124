"""La page des trajectoires et la fiche d’un indicateur."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from indicateurs.models import Agregation, CibleIntermediaire, Qualite, Sens
from tests.factories import IndicateurFactory, MesureFactory, RecitFactory, VentilationFactory
from tests.factories.plan import AxeFactory

CETTE_ANNEE = 2026


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def page_des_trajectoires(client, contrat):
    def lire(**choix):
        reponse = client.get(reverse("indicateurs:trajectoires", args=[contrat.pk]), choix)
        assert reponse.status_code == 200
        return BeautifulSoup(reponse.content, "html.parser")

    return lire


@pytest.fixture
def page_de(client):
    def lire(indicateur, **choix):
        reponse = client.get(reverse("indicateurs:fiche", args=[indicateur.pk]), choix)
        assert reponse.status_code == 200
        return BeautifulSoup(reponse.content, "html.parser")

    return lire


@pytest.fixture
def suivi(contrat):
    """De 100 en 2023 à 200 en 2028, à 5 près ; `valeur` est celle de 2026, où 160 est attendu."""

    def faire(libelle, valeur, **champs):
        depart = {
            "valeur_reference": Decimal(100), "annee_reference": 2023, "cible": Decimal(200),
            "annee_cible": 2028, "precision": Decimal(5),
        }  # fmt: skip
        indicateur = IndicateurFactory(contrat=contrat, libelle=libelle, **depart | champs)
        for annee, v in ((2023, 100), (CETTE_ANNEE, valeur)):
            MesureFactory(indicateur=indicateur, annee=annee, valeur=Decimal(v))
        return indicateur

    return faire


@pytest.fixture
def quatre(suivi):
    return [
        suivi("Sans cible", 12, cible=None, annee_cible=None),
        suivi("Devant", 190),
        suivi("Derrière", 120),
        suivi("Au pas", 163),
    ]


def test_ce_qui_est_en_retard_vient_en_premier_avec_son_ecart(page_des_trajectoires, quatre):
    page = page_des_trajectoires()
    groupes = [h2.get_text(" ", strip=True) for h2 in page.select("section.trajectoires > h2")]
    assert groupes == ["En retard 1", "Dans la trajectoire 1", "En avance 1", "Non mesurable 1"]
    premiere = page.select_one(".carte-de-trajectoire")
    assert premiere.h3.text == "Derrière"
    assert "40 au-dessous de la trajectoire" in premiere.text
    assert premiere.svg.title.text == "Personnes accueillies"


def test_un_verdict_choisi_ne_garde_que_les_siens_et_se_retire(page_des_trajectoires, quatre):
    page = page_des_trajectoires(verdict="EN_AVANCE")
    assert [h3.text for h3 in page.select(".carte-de-trajectoire h3")] == ["Devant"]
    choisi = page.select_one(".compte-de-verdict[aria-current]")
    assert "verdict" not in parse_qs(urlsplit(choisi["href"]).query)
    assert len(page_des_trajectoires(verdict="FANTAISIE").select(".carte-de-trajectoire")) == 4


def test_ranger_par_axe_suit_le_plan_et_dit_chaque_verdict(page_des_trajectoires, contrat, suivi):
    second = AxeFactory(contrat=contrat, numero="2", titre="Soigner", ordre=2)
    premier = AxeFactory(contrat=contrat, numero="1", titre="Prévenir", ordre=1)
    suivi("Soins", 120, axe=second)
    suivi("Ailleurs", 120)
    suivi("Prévention", 120, axe=premier)
    page = page_des_trajectoires(ranger="axe")
    noms = [h2.get_text(" ", strip=True) for h2 in page.select("section.trajectoires > h2")]
    assert noms == ["1. Prévenir 1", "2. Soigner 1", "Tout le contrat 1"]
    assert len(page.select(".carte-de-trajectoire .statut")) == 3
    seul = page_des_trajectoires(axe="2")
    assert [h3.text for h3 in seul.select(".carte-de-trajectoire h3")] == ["Soins"]


def test_chaque_groupe_a_son_tableau_de_valeurs(page_des_trajectoires, quatre):
    lignes = page_des_trajectoires(verdict="EN_RETARD").select("section.trajectoires tbody tr")
    assert [td.get_text(" ", strip=True) for td in lignes[0].select("td")] == [
        "100", "120", "160", "200 2028", "En retard 2026",
    ]  # fmt: skip


def test_la_regle_du_verdict_est_ecrite_et_ce_qui_manque_a_son_geste(page_des_trajectoires, quatre):
    page = page_des_trajectoires()
    assert "d’au plus la précision" in page.select_one(".regle-du-verdict").text
    geste = page.select_one(".geste-de-carte a")
    assert geste["href"] == reverse("indicateurs:modifier", args=[quatre[0].pk])
    assert geste.text.startswith("Fixer une cible")


def test_une_lectrice_ne_voit_pas_le_geste(client_de, elue, contrat, quatre):
    reponse = client_de(elue).get(reverse("indicateurs:trajectoires", args=[contrat.pk]))
    page = BeautifulSoup(reponse.content, "html.parser")
    assert page.select(".carte-de-trajectoire")
    assert not page.select(".geste-de-carte")


def test_un_contrat_sans_indicateur_dit_quoi_faire(page_des_trajectoires):
    vide = page_des_trajectoires().select_one(".etat-vide")
    assert "Pas encore de trajectoire" in vide.text
    assert "Ajouter un indicateur" in vide.a.text


def test_la_voisine_ne_lit_ni_les_trajectoires_ni_la_fiche(client_de, voisine, contrat, suivi):
    indicateur = suivi("Derrière", 120)
    client = client_de(voisine)
    for nom, pk in (("trajectoires", contrat.pk), ("fiche", indicateur.pk)):
        assert client.get(reverse(f"indicateurs:{nom}", args=[pk])).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_indicateurs(
    client, contrat, suivi, django_assert_max_num_queries, django_assert_num_queries
):
    adresse = reverse("indicateurs:trajectoires", args=[contrat.pk])
    for n in range(3):
        _tout_dire(suivi(f"Numéro {n}", 100 + n))
    client.get(adresse)
    with django_assert_max_num_queries(60) as compte:
        client.get(adresse)
    for n in range(12):
        _tout_dire(suivi(f"De plus {n}", 100 + 9 * n))
    with django_assert_num_queries(len(compte)):
        client.get(adresse)


def _tout_dire(indicateur):
    CibleIntermediaire.objects.create(indicateur=indicateur, annee=2025, valeur=Decimal(150))
    RecitFactory(indicateur=indicateur)


def test_la_fiche_dit_le_verdict_sa_regle_et_ses_points_de_passage(page_de, suivi):
    indicateur = suivi("Derrière", 120)
    CibleIntermediaire.objects.create(indicateur=indicateur, annee=2026, valeur=Decimal(180))
    page = page_de(indicateur)
    assert page.select_one(".statut.plein").text == "En retard"
    texte = page.select_one(".verdict-de-la-fiche").text.replace("\u00a0", " ")
    assert texte.startswith("En 2026, 60 au-dessous de la trajectoire (attendu : 180).")
    regle = page.find(id="regle").find_next("p").text
    assert "100 en 2023, 180 en 2026, 200 en 2028" in regle
    assert "5 au plus" in regle


def test_la_fiche_dessine_la_courbe_a_deux_largeurs_avec_son_repere(page_de, suivi):
    indicateur = suivi("Derrière", 120)
    MesureFactory(indicateur=indicateur, annee=2024, valeur=Decimal(110))
    MesureFactory(indicateur=indicateur, annee=2025, valeur=Decimal(115))
    RecitFactory(indicateur=indicateur, repere="bus santé", date_repere=date(2024, 7, 1))
    page = page_de(indicateur)
    images = page.select(".courbe .dessin svg")
    assert [svg["width"] for svg in images] == ["650", "310"]
    ecrits = [t.text for t in images[0].select("text")]
    assert "bus santé, juillet 2024" in ecrits
    assert "cible 200" in ecrits
    assert "En 2026" in images[0].desc.text


def test_la_fiche_montre_aussi_des_colonnes(page_de, suivi):
    page = page_de(suivi("Derrière", 120), forme="colonnes")
    assert page.select(".dessin svg.g-colonnes rect.g-colonne")
    assert page.select_one(".bascule [aria-current]").text == "Colonnes"


def test_le_tableau_de_la_fiche_donne_l_attendu_de_chaque_annee(page_de, suivi):
    page = page_de(suivi("Derrière", 120))
    ligne = page.select_one("section.courbe tbody tr")
    assert ligne.th.get_text(strip=True).startswith("2026")
    cellules = [td.get_text(" ", strip=True) for td in ligne.select("td")]
    assert cellules[:4] == ["120", "160", "En retard", "Définitive"]


def test_une_repartition_s_empile_et_se_lit_en_tableau(page_de, suivi):
    indicateur = suivi("Derrière", 120)
    mesure = indicateur.mesures.get(annee=2026)
    VentilationFactory(mesure=mesure, modalite_id="FEMMES", valeur=Decimal(70))
    VentilationFactory(mesure=mesure, modalite_id="HOMMES", valeur=Decimal(50))
    page = page_de(indicateur)
    section = page.find(id="repartition-1").find_parent("section")
    assert section.h2.text == "Par sexe"
    assert section.select_one("svg rect.g-trame")
    assert [td.text for td in section.select("tbody td")] == ["70", "50"]


def test_des_taux_par_sexe_ne_s_empilent_pas(page_de, suivi):
    indicateur = suivi("Taux", 40, agregation=Agregation.RATIO, unite="%", decimales=1)
    mesure = indicateur.mesures.get(annee=2026)
    VentilationFactory(mesure=mesure, modalite_id="FEMMES", valeur=Decimal(42))
    section = page_de(indicateur).find(id="repartition-1").find_parent("section")
    assert not section.select("svg")
    assert "ne s’additionnent pas" in section.text


def test_une_fiche_sans_valeur_dit_comment_commencer(page_de, contrat):
    indicateur = IndicateurFactory(contrat=contrat, sens=Sens.NEUTRE)
    page = page_de(indicateur)
    assert page.select_one(".statut.plein").text == "Non mesurable"
    assert "saisissez la première" in page.text
    assert not page.select("section.courbe svg.g-courbe")


def test_une_valeur_secrete_ne_s_ecrit_nulle_part(page_de, suivi):
    indicateur = suivi("Secret", 120)
    mesure = indicateur.mesures.get(annee=2026)
    mesure.valeur, mesure.qualite = None, Qualite.SECRET_STATISTIQUE
    mesure.save()
    page = page_de(indicateur)
    assert "secret statistique" in page.select_one(".verdict-de-la-fiche").text
    assert "120" not in page.select_one("section.courbe").text
