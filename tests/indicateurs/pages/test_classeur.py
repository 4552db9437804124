"""Le classeur : ce que l’on emporte se redonne tel quel ; chaque case refusée est nommée."""

import io
import json
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from indicateurs.models import Mesure, Qualite
from tests.factories import IndicateurFactory, MesureFactory, VentilationFactory


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


def emporter(client, contrat):
    reponse = client.get(reverse("indicateurs:classeur", args=[contrat.pk]))
    assert reponse.status_code == 200
    return load_workbook(io.BytesIO(reponse.content))


def redonner(client, contrat, classeur):
    sortie = io.BytesIO()
    classeur.save(sortie)
    fichier = SimpleUploadedFile("saisie.xlsx", sortie.getvalue())
    adresse = reverse("indicateurs:classeur_importer", args=[contrat.pk])
    return client.post(adresse, {"fichier": fichier})


def case_de(feuille, rangee, annee):
    colonne = next(c for c in range(1, feuille.max_column + 1) if feuille.cell(3, c).value == annee)
    return feuille.cell(rangee, colonne)


@pytest.fixture
def valeurs(contrat):
    simple = IndicateurFactory(contrat=contrat, libelle="Simple", definition="Ce que c’est.")
    part = IndicateurFactory(contrat=contrat, libelle="Part", ratio=True)
    mesure = MesureFactory(indicateur=simple, annee=2025, valeur=Decimal("1234.5"))
    VentilationFactory(mesure=mesure, modalite_id="FEMMES", valeur=Decimal(600))
    MesureFactory(indicateur=simple, annee=2024, qualite=Qualite.PROVISOIRE, valeur=Decimal(7))
    MesureFactory(
        indicateur=part, annee=2025, valeur=Decimal("12.4001"),
        numerateur=Decimal(5184), denominateur=Decimal(41806),
    )  # fmt: skip
    return simple, part


def test_un_classeur_redonne_sans_y_toucher_ne_change_rien(client, contrat, valeurs):
    page = redonner(client, contrat, emporter(client, contrat)).content.decode()
    assert "Ce classeur ne change rien" in page


def test_le_classeur_verrouille_ce_qui_ne_se_saisit_pas_et_controle_le_reste(
    client, contrat, valeurs
):
    classeur = emporter(client, contrat)
    feuille = classeur["Saisie"]
    assert feuille.protection.sheet
    assert not case_de(feuille, 4, 2025).protection.locked
    assert feuille.cell(4, 3).protection.locked
    assert case_de(feuille, 4, 2025).value == 1234.5
    assert case_de(feuille, 4, 2024).value == "7 p"
    assert feuille.cell(5, 3).value.strip() == "dont Femmes"
    assert case_de(feuille, 6, 2025).value == "5\u202f184 / 41\u202f806"
    assert "Ce que c’est." in feuille.cell(4, 3).comment.text
    assert feuille.column_dimensions["A"].hidden
    assert len(feuille.data_validations.dataValidation) > 0
    assert "Mode d’emploi" in classeur.sheetnames


def test_un_classeur_rempli_se_lit_a_blanc_puis_s_ecrit(client, contrat, valeurs):
    simple, part = valeurs
    classeur = emporter(client, contrat)
    feuille = classeur["Saisie"]
    case_de(feuille, 4, 2026).value = 0.1 + 0.2
    case_de(feuille, 5, 2025).value = 610
    case_de(feuille, 6, 2026).value = "3 / 4"
    case_de(feuille, 6, 2025).value = "douze"
    feuille.cell(7, 3).value, feuille.cell(7, 6).value = "Inconnue", 5
    page = BeautifulSoup(redonner(client, contrat, classeur).content, "html.parser")
    assert Mesure.objects.count() == 3, "rien n’est écrit avant l’accord"
    refus = page.select_one("section.avis").text
    colonne = case_de(feuille, 6, 2025).column_letter
    assert f"Feuille Saisie, cellule {colonne}6" in refus
    assert "«\u00a0douze\u00a0» n’est pas un nombre" in refus
    assert "Feuille Saisie, ligne 7" in refus
    accord = page.select_one("form input[name=cases]")
    assert len(json.loads(accord["value"])) == 3
    client.post(reverse("indicateurs:grille", args=[contrat.pk]), {"cases": accord["value"]})
    assert simple.mesures.get(annee=2026).valeur == Decimal("0.3")
    assert simple.mesures.get(annee=2025).ventilations.get().valeur == 610
    assert part.mesures.get(annee=2026).valeur == 75


def test_une_valeur_changee_depuis_le_rapport_n_est_pas_ecrasee(
    client, client_de, pilote, contrat, indicateur
):
    classeur = emporter(client, contrat)
    case_de(classeur["Saisie"], 4, 2026).value = 9
    page = BeautifulSoup(redonner(client, contrat, classeur).content, "html.parser")
    MesureFactory(indicateur=indicateur, annee=2026, valeur=Decimal(5))
    accord = {"cases": page.select_one("form input[name=cases]")["value"]}
    reponse = client.post(reverse("indicateurs:grille", args=[contrat.pk]), accord)
    assert reponse.status_code == 422
    assert indicateur.mesures.get().valeur == 5


def test_un_fichier_sans_annee_dit_quoi_faire(client, contrat, indicateur):
    fichier = SimpleUploadedFile("x.csv", b"Indicateur;Valeur\nPermanences;3\n")
    adresse = reverse("indicateurs:classeur_importer", args=[contrat.pk])
    reponse = client.post(adresse, {"fichier": fichier})
    assert reponse.status_code == 422
    assert "Aucune ligne d’en-tête n’a d’année" in reponse.content.decode()


def test_un_csv_ecrit_a_la_main_se_lit_par_le_libelle(client, contrat, indicateur):
    contenu = f"Indicateur;2025;2026\n{indicateur.libelle};1 234,5;1O\n{indicateur.libelle};1;1\n"
    fichier = SimpleUploadedFile("x.csv", contenu.encode())
    adresse = reverse("indicateurs:classeur_importer", args=[contrat.pk])
    page = client.post(adresse, {"fichier": fichier}).content.decode()
    assert "Vouliez-vous écrire 10" in page
    assert "déjà plus haut dans la feuille" in page
    assert "1 valeur sera écrite" in page.replace("\u00a0", " ")


def test_la_lectrice_emporte_mais_ne_redonne_pas_et_la_voisine_ni_l_un_ni_l_autre(
    client_de, lectrice, voisine, contrat, indicateur
):
    adresses = [
        reverse(f"indicateurs:{nom}", args=[contrat.pk])
        for nom in ("classeur", "classeur_importer")
    ]
    assert [client_de(lectrice).get(a).status_code for a in adresses] == [200, 403]
    assert [client_de(voisine).get(a).status_code for a in adresses] == [404, 404]
