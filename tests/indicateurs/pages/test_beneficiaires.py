"""Les bénéficiaires : compter sur la fiche, lire le contrat, publier sans trahir personne."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats.models import Perimetre
from tests.factories import (
    ActionFactory,
    BeneficiairesFactory,
    EditionZonageFactory,
    NoteSuiviFactory,
)

ANNEE = 2025


@pytest.fixture
def saisie(action):
    return f"{reverse('indicateurs:beneficiaires_action', args=[action.pk])}?annee={ANNEE}"


@pytest.fixture
def du_contrat(contrat):
    return f"{reverse('indicateurs:beneficiaires', args=[contrat.pk])}?annee={ANNEE}"


def page_de(client, adresse, statut=200):
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return BeautifulSoup(reponse.content, "html.parser")


def remplie(page, **changes):
    """Ce que le navigateur enverrait, avec quelques cases changées."""
    form = page.select_one("form[method=post]:has(input[name=lignes])")
    donnees = {}
    for champ in form.select("input[name], select[name], textarea[name]"):
        if champ.get("type") == "checkbox" and not champ.has_attr("checked"):
            continue
        choisi = champ.select_one("option[selected]") if champ.name == "select" else None
        valeur = choisi["value"] if choisi else champ.get("value") or champ.text.strip()
        donnees.setdefault(champ["name"], []).append(valeur if champ.name != "select" or choisi
                                                     else "")  # fmt: skip
    return donnees | {nom: [valeur] for nom, valeur in changes.items()}


def nombres(page):
    """Intitulé → (personnes, présences), du tableau des actions."""
    lignes = page.select(".par-action tr:has(td)")
    return {
        " ".join(li.th.get_text(" ", strip=True).split()): tuple(
            td.get_text(" ", strip=True) for td in li.select("td")
        )
        for li in lignes
    }


def test_on_compte_le_total_et_les_parts_puis_on_les_relit(client_de, pilote, action, saisie):
    client = client_de(pilote)
    action.populations.set(["seniors"])
    envoi = remplie(page_de(client, saisie), **{"0-personnes": "1 240", "0-presences": "2 000",
                                                "1-personnes": "310"})  # fmt: skip
    reponse = client.post(saisie, envoi)
    assert reponse.status_code == 303
    relue = page_de(client, reponse["Location"])
    assert relue.select_one("[name='0-personnes']")["value"] == "1240"
    assert relue.select_one("[name='1-personnes']")["value"] == "310"
    assert f"Bénéficiaires de {ANNEE} enregistrés." in relue.text
    assert set(action.beneficiaires.values_list("population", "personnes")) == {
        (None, 1240), ("seniors", 310)
    }  # fmt: skip


def test_une_ligne_libre_prend_un_public_et_un_quartier_nomme(client_de, pilote, action, saisie):
    client = client_de(pilote)
    client.post(saisie, remplie(page_de(client, saisie), **{
        "1-population": "adultes", "1-nom_qpv": "Les Essais", "1-personnes": "12"}))  # fmt: skip
    part = action.beneficiaires.get()
    assert (part.population_id, part.nom_qpv, part.personnes) == ("adultes", "Les Essais", 12)
    assert "Adultes, Les Essais" in page_de(client, saisie).select_one(".saisie-parts").text


def test_les_quartiers_du_perimetre_sont_proposes(client_de, pilote, contrat, saisie):
    commune = Perimetre.objects.filter(contrat=contrat).values_list("commune", flat=True)[0]
    EditionZonageFactory(type_id="QPV", communes=[commune], date_effet="2015-01-01")
    page = page_de(client_de(pilote), saisie)
    assert page.select(".saisie-parts [name='1-code_qpv'][value]:not([value=''])")


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("0-personnes", "douze", "n’est pas un nombre"),
        ("0-personnes", "12,5", "nombre entier"),
        ("0-personnes", "-3", "nombre entier"),
        ("0-presences", "9", "au moins une présence"),
        ("1-personnes", "99", "plus que le total"),
        ("2-personnes", "4", "Choisissez un public"),
    ],
)
def test_un_nombre_impossible_est_dit_a_sa_case_et_rien_n_est_perdu(
    client_de, pilote, action, saisie, champ, valeur, phrase
):
    client = client_de(pilote)
    action.populations.set(["seniors"])
    cases = {"0-personnes": "40", "1-presences": "700", champ: valeur}
    reponse = client.post(saisie, remplie(page_de(client, saisie), **cases))
    assert reponse.status_code == 422
    page = BeautifulSoup(reponse.content, "html.parser")
    assert phrase in page.text
    assert page.select_one(f"[name='{champ}']")["value"] == valeur
    assert page.select_one("[name='1-presences']")["value"] == cases["1-presences"]
    assert not action.beneficiaires.exists()


def test_deux_personnes_sur_la_meme_ligne_la_seconde_voit_la_premiere(
    client_de, pilote, coordinatrice, action, saisie
):
    BeneficiairesFactory(action=action, personnes=60, presences=None)
    ouverte = remplie(page_de(client_de(pilote), saisie), **{"0-personnes": "55"})
    autre = client_de(coordinatrice)
    autre.post(saisie, remplie(page_de(autre, saisie), **{"0-personnes": "70"}))
    client = client_de(pilote)
    reponse = client.post(saisie, ouverte)
    assert reponse.status_code == 409
    page = BeautifulSoup(reponse.content, "html.parser")
    assert "a écrit 70 personnes" in page.text
    assert client.post(saisie, remplie(page)).status_code == 303
    assert action.beneficiaires.get().personnes == 55


def test_deux_personnes_sur_deux_lignes_ne_se_genent_pas(
    client_de, pilote, coordinatrice, action, saisie
):
    action.populations.set(["seniors"])
    BeneficiairesFactory(action=action, personnes=60, presences=None)
    ouverte = remplie(page_de(client_de(pilote), saisie), **{"1-personnes": "5"})
    autre = client_de(coordinatrice)
    autre.post(saisie, remplie(page_de(autre, saisie), **{"0-personnes": "70"}))
    assert client_de(pilote).post(saisie, ouverte).status_code == 303
    assert sorted(action.beneficiaires.values_list("personnes", flat=True)) == [5, 70]


def test_le_journal_donne_un_repere_jamais_repris(client_de, pilote, action, saisie):
    NoteSuiviFactory(action=action, date_note=f"{ANNEE}-03-01", participants=18)
    NoteSuiviFactory(action=action, date_note=f"{ANNEE}-04-01", participants=24)
    page = page_de(client_de(pilote), saisie)
    assert "42" in page.text
    assert not page.select_one("[name='0-presences']").get("value")


def test_une_lectrice_lit_sans_saisir(client_de, lectrice, action, saisie):
    BeneficiairesFactory(action=action, personnes=3, presences=8)
    page = page_de(client_de(lectrice), saisie)
    assert not page.select("[name='0-personnes']")
    assert page.select_one(".feuille td").text == "3"


def test_la_page_du_contrat_ne_fait_pas_de_faux_total(client_de, lectrice, contrat, du_contrat):
    actions = [ActionFactory(contrat=contrat) for _ in range(2)]
    for personnes, action in zip((60, 25), actions, strict=True):
        BeneficiairesFactory(action=action, personnes=personnes, presences=100)
    page = page_de(client_de(lectrice), du_contrat)
    assert nombres(page)["Ensemble des actions"] == ("de 60 à 85", "200")
    actions[0].beneficiaires.update(sont_distinctes=True)
    page = page_de(client_de(lectrice), du_contrat)
    assert nombres(page)["Ensemble des actions"] == ("85", "200")


def test_une_fiche_sans_compte_est_a_un_clic(client_de, coordinatrice, action, du_contrat):
    page = page_de(client_de(coordinatrice), du_contrat)
    lien = page.select_one(".sans-compte a")
    assert str(action.pk) in lien["href"]


def test_une_fiche_restreinte_ne_compte_ni_pour_la_lectrice_ni_pour_les_habitants(
    client_de, lectrice, coordinatrice, contrat, du_contrat
):
    BeneficiairesFactory(action=ActionFactory(contrat=contrat, est_restreinte=True), personnes=77)
    assert "77" in page_de(client_de(coordinatrice), du_contrat).select_one(".par-action").text
    assert not page_de(client_de(lectrice), du_contrat).select(".par-action")
    assert not page_de(client_de(coordinatrice), f"{du_contrat}&vue=publique").select(".par-action")


@pytest.fixture
def petits(contrat):
    """Une action de 60 personnes dont 3 seniors, une autre de 4."""
    grande = ActionFactory(contrat=contrat, titre="Marcher ensemble")
    BeneficiairesFactory(action=grande, personnes=60, presences=100)
    BeneficiairesFactory(action=grande, population_id="seniors", personnes=3, presences=40)
    BeneficiairesFactory(
        action=ActionFactory(contrat=contrat, titre="Écouter"), personnes=4, presences=30
    )
    return grande


def test_les_habitants_ne_lisent_ni_ne_retrouvent_un_petit_nombre(
    client, client_de, coordinatrice, contrat, petits, du_contrat
):
    lus = nombres(page_de(client_de(coordinatrice), du_contrat))
    publics = nombres(page_de(client, reverse("indicateurs:beneficiaires_publics",
                                              args=[contrat.slug])))  # fmt: skip
    assert any(n == ("4", "30") for n in lus.values())
    assert publics["Écouter"] == ("masqué", "30")
    assert publics["dont Personnes âgées (60 ans et plus)"] == ("masqué", "40")
    # La somme (64) et 60 donneraient 4 : l’une des deux est tue aussi
    assert "masqué" in publics["Marcher ensemble"] or "64" not in publics["Ensemble des actions"][0]


def test_la_vue_de_l_equipe_l_export_l_api_et_la_page_publique_taisent_les_memes_cases(
    client, client_de, coordinatrice, contrat, petits, du_contrat
):
    publique = reverse("indicateurs:beneficiaires_publics", args=[contrat.slug])
    page = page_de(client, publique)
    masques = sum("masqué" in n for ligne in page.select(".par-action tbody tr")
                  for n in (td.text for td in ligne.select("td")))  # fmt: skip
    vue = page_de(client_de(coordinatrice), f"{du_contrat}&vue=publique")
    assert list(nombres(vue).values()) == list(nombres(page).values())
    export = reverse("indicateurs:beneficiaires_exporter", args=[contrat.pk, "csv"])
    contenu = client_de(coordinatrice).get(f"{export}?annee={ANNEE}&vue=publique").content
    lignes = list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))
    assert sum(li.count("masqué") for li in lignes if li[1] in {"Action", "Dont"}) == masques
    api = client.get("/api/v1/beneficiaires/", {"contrat": str(contrat.pk)}).json()["results"]
    assert sum(len(ligne["masques"]) for ligne in api) == masques
    assert all(ligne[nom] is None for ligne in api for nom in ligne["masques"])


def test_l_equipe_lit_tout_par_l_api_et_la_voisine_rien_de_petit(
    client_de, lectrice, voisine, contrat, petits
):
    def lus(personne):
        reponse = client_de(personne).get("/api/v1/beneficiaires/", {"contrat": str(contrat.pk)})
        return {ligne["personnes"] for ligne in reponse.json()["results"]}

    assert lus(lectrice) == {60, 3, 4}
    assert lus(voisine) <= {60, None}


def test_sans_compte_publie_la_page_publique_n_existe_pas_et_n_est_pas_annoncee(client, contrat):
    assert client.get(reverse("indicateurs:beneficiaires_publics",
                              args=[contrat.slug])).status_code == 404  # fmt: skip
    assert "beneficiaires" not in client.get(reverse("bilans:contrat",
                                                     args=[contrat.slug])).text  # fmt: skip


def test_la_page_du_contrat_public_mene_aux_beneficiaires(client, contrat, petits):
    page = page_de(client, reverse("bilans:contrat", args=[contrat.slug]))
    adresse = reverse("indicateurs:beneficiaires_publics", args=[contrat.slug])
    assert page.select(f"a[href='{adresse}']")


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    client_de, coordinatrice, contrat, du_contrat, exiger_requetes_plates
):
    client = client_de(coordinatrice)

    def peupler(nombre):
        for _ in range(nombre):
            BeneficiairesFactory(action=ActionFactory(contrat=contrat), population_id="adultes")

    for adresse in (du_contrat, f"{du_contrat}&vue=publique"):
        exiger_requetes_plates(peupler=peupler, lire=lambda a=adresse: client.get(a))
