"""La page « Budget » du plan : tous les totaux, qui finance quoi, les écarts, le CSV."""

import csv
import io

import pytest
from django.urls import reverse

from tests.appuis.pages import soupe
from tests.factories import ActionFactory, AxeFactory, FinancementFactory, LigneBudgetFactory


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def page(contrat):
    return reverse("contrats:plan_budget", args=[contrat.pk])


@pytest.fixture
def garni(contrat, action):
    """Axe 1 : équilibré en 2025, en écart en 2024. Axe 2 : rien qu’une dépense."""
    LigneBudgetFactory(action=action)
    FinancementFactory(action=action, fir=True)
    FinancementFactory(action=action, annee=2024, montant_accorde=4000)
    autre = ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat), numero="2.1")
    LigneBudgetFactory(action=autre, prevu=600, realise=650)
    return autre


def tableau(reponse, titre):
    """Les lignes d’un tableau, tête comprise, espaces insécables ôtées."""
    for table in soupe(reponse).select("table"):
        if table.caption.get_text() == titre:
            return [
                [c.get_text().translate({0x202F: " ", 0xA0: " "}) for c in r.select("th, td")]
                for r in table.select("tr")
            ]
    raise AssertionError(titre)


def test_un_plan_sans_montant_dit_ou_les_ecrire(client, page):
    assert "onglet « Budget »" in soupe(client.get(page)).select_one(".etat-vide").get_text()


def test_par_axe_budget_financement_et_ecart(client, page, garni, contrat):
    noms = [f"Axe {a.numero}. {a.titre}" for a in contrat.axes.dans_l_ordre()]
    assert tableau(client.get(page), "Par axe") == [
        ["Axe", "Budget", "Financement", "Écart"],
        [noms[0], "10 000 €", "14 000 €", "4 000 €"],
        [noms[1], "600 €", "0 €", "−600 €"],
        ["Total", "10 600 €", "14 000 €", "3 400 €"],
    ]


def test_qui_finance_quoi_ecrit_chaque_case_zero_compris(client, page, garni):
    lignes = tableau(client.get(page), "Qui finance quoi")
    assert lignes[0] == ["Financeur", "Axe 1", "Axe 2", "Total"]
    assert [ligne[1:] for ligne in lignes[1:]] == [
        ["10 000 €", "0 €", "10 000 €"],
        ["4 000 €", "0 €", "4 000 €"],
        ["14 000 €", "0 €", "14 000 €"],
    ]


def test_l_annee_et_les_montants_se_choisissent_dans_l_adresse(client, page, garni):
    reponse = client.get(page, {"annee": 2025, "budget": "realise", "financements": "demande"})
    assert tableau(reponse, "Par axe")[-1] == ["Total", "650 €", "12 000 €", "11 350 €"]
    courants = [a.get_text() for a in soupe(reponse).select(".reglages-argent [aria-current]")]
    assert courants == ["2025", "Réalisé", "Demandé"]
    assert len(tableau(reponse, "Par année")) == 4, "toutes les années, pour comparer"


@pytest.mark.parametrize("choix", [{"annee": "abc"}, {"annee": 1789}, {"budget": "tout"}])
def test_une_adresse_mal_ecrite_ne_montre_pas_d_autres_chiffres(client, page, garni, choix):
    assert client.get(page, choix).status_code == 400


def test_l_image_est_nommee_et_doublee_du_tableau(client, page, garni):
    images = soupe(client.get(page)).select("svg.g-flux")
    assert [image["width"] for image in images] == ["720", "328"]
    for image in images:
        nom, description = image["aria-labelledby"].split()
        assert "Qui finance quoi" in image.select_one(f"#{nom}").get_text()
        assert "14\u202f000\u00a0€ en tout" in image.select_one(f"#{description}").get_text()


def test_sans_montant_dans_le_choix_l_image_laisse_une_phrase(client, page, garni):
    reponse = client.get(page, {"financements": "verse"})
    assert not soupe(reponse).select("svg.g-flux")
    assert "Aucun montant versé dans ce plan." in soupe(reponse).get_text()


def test_chaque_fiche_en_ecart_mene_a_son_budget(client, page, garni, action):
    liens = soupe(client.get(page)).select(".ecarts a")
    assert [a["href"] for a in liens] == [
        reverse("contrats:action_budget", args=[fiche.pk]) for fiche in (action, garni)
    ]
    phrases = [li.span.get_text() for li in soupe(client.get(page)).select(".ecarts li")]
    assert "2024\u00a0: 4\u202f000\u00a0€ de financement, sans budget en face." in phrases[0]


def test_une_fiche_restreinte_compte_sans_etre_nommee(client_de, elue, page, garni):
    garni.est_restreinte = True
    garni.save()
    reponse = client_de(elue).get(page)
    assert tableau(reponse, "Par axe")[-1][1] == "10 600 €"
    assert garni.titre not in [a.get_text() for a in soupe(reponse).select(".ecarts a")]
    assert len(soupe(reponse).select(".ecarts li")) == 1


def test_le_temps_et_les_apports_ont_leurs_tableaux(client, page, action):
    LigneBudgetFactory(action=action, etp=True)
    LigneBudgetFactory(action=action, en_nature=True, prevu=300)
    reponse = client.get(page)
    assert tableau(reponse, "Par axe")[-1][1] == "0 €"
    temps = tableau(reponse, "Temps de travail, en équivalents temps plein")
    assert temps[-1] == ["Total", "0,5 ETP", "0 ETP", "0 ETP", "0 ETP"]
    assert tableau(reponse, "Apports en nature")[-1] == ["Total", "300 €", "0 €"]


def test_le_plan_mene_au_budget_qui_peut_le_voir(client, client_de, lectrice, contrat, page):
    plan = reverse("contrats:plan", args=[contrat.pk])
    assert soupe(client.get(plan)).select_one(f'.rail a[href="{page}"]')
    assert not soupe(client_de(lectrice).get(plan)).select_one(f'a[href="{page}"]')


def test_le_csv_redonne_les_totaux_et_garde_les_formules_en_texte(client, contrat, garni, axe):
    axe.titre = "=1+1"
    axe.numero = ""
    axe.save()
    reponse = client.get(reverse("contrats:plan_budget_csv", args=[contrat.pk]))
    assert reponse["Content-Disposition"].endswith(f'"budget-{contrat.slug}.csv"')
    texte = reponse.content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    accordes = [x for x in lignes if x["montant"] == "accorde"]
    assert sum(float(x["valeur"].replace(",", ".")) for x in accordes) == 14_000
    assert {x["rubrique"] for x in lignes} == {"budget", "financement"}
    assert not any(v.startswith(("=", "+", "-", "@")) for x in lignes for v in x.values())


def test_le_csv_d_une_annee_n_en_a_pas_d_autre(client, contrat, garni):
    adresse = reverse("contrats:plan_budget_csv", args=[contrat.pk])
    texte = client.get(adresse, {"annee": 2024}).content.decode("utf-8-sig")
    assert {x["annee"] for x in csv.DictReader(io.StringIO(texte), delimiter=";")} == {"2024"}


def test_le_nombre_de_requetes_ne_depend_pas_du_plan(client, page, contrat, exiger_requetes_plates):
    def peupler(nombre):
        for rang in range(nombre):
            fiche = ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat))
            LigneBudgetFactory(action=fiche, annee=2020 + rang % 5)
            FinancementFactory(action=fiche, montant_accorde=rang)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(page))
