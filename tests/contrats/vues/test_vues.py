"""Les vues du plan : les mêmes fiches filtrées, montrées autrement, l’état dans l’adresse."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats.models import ObjectifRegional, Population
from tests.appuis.pages import lire
from tests.factories import ActeurFactory, ActionFactory, AxeFactory, JalonFactory, ObjectifFactory

VUES = ("tableau", "cartes", "calendrier", "pilotes", "themes", "matrices", "extraits")


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:plan", args=[contrat.pk])


@pytest.mark.parametrize("vue", VUES)
def test_chaque_vue_garde_les_filtres_et_marque_son_onglet(
    client_de, lectrice, contrat, adresse, vue
):
    ActionFactory(contrat=contrat, titre="Gardée ici", statut="BLOQUEE", themes=["prevention"])
    ActionFactory(contrat=contrat, titre="Écartée")
    page = lire(client_de(lectrice), adresse, vue=vue, statut="BLOQUEE", recherche="gardee")
    contenu = page.select_one("main").text
    assert "Écartée" not in contenu
    if vue != "matrices":
        assert "Gardée ici" in contenu
    onglets = page.select(".onglets a")
    assert len([o for o in onglets if o.get("aria-current")]) == 1
    assert all("statut=BLOQUEE" in o["href"] for o in onglets)


@pytest.mark.parametrize("vue", VUES)
def test_le_nombre_de_requetes_d_une_vue_est_plat(
    client_de, coordinatrice, contrat, axe, cpts, adresse, vue, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    objectif = ObjectifFactory(axe=axe)

    def peupler(n):
        for action in ActionFactory.create_batch(
            n, contrat=contrat, axe=axe, objectif=objectif, pilote=cpts, themes=["prevention"]
        ):
            JalonFactory(action=action)

    exiger_requetes_plates(
        peupler=peupler,
        lire=lambda: client.get(
            adresse,
            {"vue": vue, "recherche": "a", "colonnes": ["themes", "partenaires", "publics"]},
        ),
    )


@pytest.mark.parametrize("vue", VUES)
def test_la_voisine_ne_trouve_aucune_vue(client_de, voisine, adresse, vue):
    assert client_de(voisine).get(adresse, {"vue": vue}).status_code == 404


def test_le_tableau_montre_les_colonnes_choisies(client_de, lectrice, action, adresse):
    page = lire(client_de(lectrice), adresse, vue="tableau", colonnes=["echeance", "themes", "x"])
    tetes = [th.text.split(",")[0].strip() for th in page.select("thead th")]
    assert tetes == ["N°", "Fiche action", "Thèmes", "Échéance"]


@pytest.mark.parametrize(
    ("tri", "attendu"),
    [
        ("echeance", ["Tôt", "Tard", "Jamais"]),
        ("-echeance", ["Tard", "Tôt", "Jamais"]),
        ("titre", ["Jamais", "Tard", "Tôt"]),
        ("inconnu", ["Jamais", "Tard", "Tôt"]),
    ],
)
def test_le_tableau_se_trie_et_ce_qui_manque_vient_a_la_fin(
    client_de, lectrice, contrat, adresse, tri, attendu
):
    ActionFactory(contrat=contrat, titre="Jamais", date_fin=None)
    ActionFactory(contrat=contrat, titre="Tard", date_fin=date(2028, 1, 1))
    ActionFactory(contrat=contrat, titre="Tôt", date_fin=date(2026, 6, 1))
    page = lire(client_de(lectrice), adresse, vue="tableau", tri=tri)
    assert [a.text for a in page.select("tbody th a")] == attendu


def test_un_titre_de_colonne_trie_puis_renverse_puis_rend_l_ordre_du_plan(
    client_de, lectrice, action, adresse
):
    client = client_de(lectrice)

    def lien(**parametres):
        page = lire(client, adresse, vue="tableau", **parametres)
        return next(a["href"] for a in page.select("thead a") if "Échéance" in a.text)

    assert "tri=echeance" in lien()
    assert "tri=-echeance" in lien(tri="echeance")
    assert "tri=" not in lien(tri="-echeance")


def test_le_calendrier_dit_le_retard_en_mot_et_donne_le_tableau(
    client_de, lectrice, contrat, adresse
):
    ActionFactory(contrat=contrat, en_retard=True, titre="Tardive")
    ActionFactory(contrat=contrat, titre="Sans date", date_debut=None, date_fin=None)
    page = lire(client_de(lectrice), adresse, vue="calendrier")
    dessins = page.select("svg.g-gantt")
    assert len(dessins) == 2
    assert all("En retard" in d.text and "Aujourd’hui" in d.text for d in dessins)
    assert "Sans date" not in dessins[0].text
    assert "1\u00a0fiche sans aucune date" in page.select_one("main").text
    assert [a.text for a in page.select("tbody th a")] == ["Tardive", "Sans date"]


def test_par_pilote_les_fiches_sans_pilote_viennent_a_la_fin(client_de, lectrice, contrat, adresse):
    ActionFactory(contrat=contrat, titre="Orpheline")
    ActionFactory(contrat=contrat, titre="Tenue", pilote=ActeurFactory(nom="Zone santé"))
    page = lire(client_de(lectrice), adresse, vue="pilotes")
    assert [h.text.split("1")[0].strip() for h in page.select(".groupe-de-fiches h2")] == [
        "Zone santé",
        "Sans pilote",
    ]


def test_une_fiche_de_deux_themes_est_sous_chacun(client_de, lectrice, contrat, adresse):
    ActionFactory(contrat=contrat, titre="Double", themes=["prevention", "acces_soins"])
    page = lire(client_de(lectrice), adresse, vue="themes")
    assert [a.text for a in page.select("tbody th a")] == ["Double", "Double"]


def test_la_matrice_compte_comme_a_la_main_et_mene_a_ses_fiches(
    client_de, lectrice, contrat, adresse
):
    client = client_de(lectrice)
    public = Population.objects.actives().tries().first()
    ActionFactory(contrat=contrat, themes=["prevention"]).populations.add(public)
    ActionFactory(contrat=contrat, themes=["prevention", "acces_soins"])
    page = lire(client, adresse, vue="matrices")
    rangees = {
        r.th.text: [int(td.text) for td in r.select("td")]
        for r in page.select("table.matrice tbody tr")
    }
    assert sum(r[0] for r in rangees.values()) == 3
    assert sorted(r[0] for r in rangees.values())[-2:] == [1, 2]
    assert sum(sum(r[1:]) for r in rangees.values()) == 1
    case = page.select_one("table.matrice td[class^=nuance-4] a")
    suite = BeautifulSoup(client.get(case["href"]).content, "html.parser")
    assert len(suite.select("tbody th a")) == 1


def test_sans_objectifs_regionaux_la_matrice_le_dit(client_de, lectrice, contrat, action, adresse):
    ObjectifRegional.objects.filter(region=contrat.region).update(est_actif=False)
    texte = lire(client_de(lectrice), adresse, vue="matrices").select_one("main").text
    assert "de la région Bretagne est vide" in texte


def test_les_objectifs_regionaux_se_croisent_avec_les_axes(client_de, lectrice, contrat, adresse):
    regional = ObjectifRegional.objects.create(code="e", libelle="Écarts", region_id="53")
    ObjectifRegional.objects.create(code="ailleurs", libelle="Ailleurs", region_id="76")
    axe = AxeFactory(contrat=contrat)
    ActionFactory(contrat=contrat, axe=axe).objectifs_regionaux.add(regional)
    page = lire(client_de(lectrice), adresse, vue="matrices")
    rangees = page.select("table.matrice")[0].select("tbody tr")
    lues = {r.th.text: [td.text for td in r.select("td")] for r in rangees}
    assert lues["Écarts"] == ["1", "1"]
    assert "Ailleurs" not in lues


def test_une_vue_inconnue_est_l_arbre(client_de, lectrice, action, adresse):
    assert lire(client_de(lectrice), adresse, vue="inconnue").select("table.plan")
