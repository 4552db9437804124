"""Une colonne d’argent dit son année : reconnue, lue, additionnée, ou refusée en nommant sa cellule."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from contrats.models import LigneBudget
from contrats.tableur.cases_budget import CASES, cle_de_case
from contrats.tableur.reconnaissance import reconnaitre
from tests.contrats.tableur.classeurs import (
    classeur_simple,
    depenses,
    feuille_de,
    importer,
    octets,
)


@pytest.mark.parametrize(
    ("entete", "attendue"),
    [
        ("Budget 2026", "budget_prevu_2026"),
        ("Budget prévu 2025", "budget_prevu_2025"),
        ("Budget (2026)", "budget_prevu_2026"),
        ("Montant réalisé 2026 (€)", "budget_realise_2026"),
        ("2026 - Coût de l’action", "budget_prevu_2026"),
        ("3) Dépenses 2025", "budget_prevu_2025"),
        ("Montant dépensé 2025", "budget_realise_2025"),
        ("Prévu 2026 (€)", "budget_prevu_2026"),
        ("ETP 2026", "etp_prevu_2026"),
        ("Nombre d’ETP réalisés 2025", "etp_realise_2025"),
        ("ETP mis à disposition 2026", "etp_offerts_prevu_2026"),
        ("Apports en nature 2026", "apports_prevu_2026"),
        ("Valorisation réalisée 2025 (€)", "apports_realise_2025"),
    ],
)
def test_un_en_tete_avec_son_annee_dit_un_montant_de_cette_annee(entete, attendue):
    assert cle_de_case(entete) == attendue


@pytest.mark.parametrize(
    "entete",
    [
        "Budget", "Budget 2025-2027", "Budget 2026 (k€)", "Subvention ARS 2026", "Budget ARS 2026",
        "2026", "Réalisé 2026", "Bilan 2026", "Coût ETP 2026", "Prévu et réalisé 2026 (€)",
        "Nature 2026", "Action 2026", "Budget 1998",
    ],
)  # fmt: skip
def test_un_en_tete_qui_dit_autre_chose_n_est_pas_devine(entete):
    assert cle_de_case(entete) is None


def test_chaque_en_tete_exporte_est_reconnu_comme_le_sien():
    assert {case.cle: cle_de_case(case.entete) for case in CASES} == {c.cle: c.cle for c in CASES}


def test_une_annee_sous_un_groupe_se_lit_avec_lui():
    contenu = classeur_simple(
        [None, "Budget", None, "Budget 2027", None],
        ["Action", 2025, 2026, "Prévu", "Réalisé"],
        ["Marcher", 1, 2, 3, 4],
    )
    reconnues = reconnaitre(feuille_de(contenu))
    assert [entete.champ for entete in reconnues.entetes] == [
        "titre", "budget_prevu_2025", "budget_prevu_2026", "budget_prevu_2027",
        "budget_realise_2027",
    ]  # fmt: skip


ENTETES = ["Action", "Budget 2025", "Montant réalisé 2025 (€)", "Budget 2026", "ETP 2026"]


def test_les_montants_d_un_tableur_deviennent_des_depenses_datees(contrat, coordinatrice):
    contenu = classeur_simple(
        ENTETES,
        ["Marcher", "12 500,50 €", 9000.004, None, "0,5 ETP"],
        ["Nager", "à définir", None, 0, "-"],
    )
    retour = importer(contrat, contenu, coordinatrice)
    assert [str(e) for e in retour.erreurs] == []
    assert depenses(contrat) == {
        ("Marcher", 2025, "EUROS", Decimal("12500.50"), Decimal(9000), False),
        ("Marcher", 2026, "ETP", Decimal("0.50"), None, False),
        ("Nager", 2026, "EUROS", Decimal(0), None, False),
    }
    natures = set(LigneBudget.objects.values_list("unite", "nature_id", "modifie_via"))
    assert natures == {("EUROS", "autre", "import"), ("ETP", "personnel", "import")}


def test_le_rapport_donne_le_total_de_chaque_colonne(contrat, coordinatrice):
    contenu = classeur_simple(ENTETES, ["Marcher", 1000, None, 5], ["Nager", "500,5", 2, None, 1.5])
    retour = importer(contrat, contenu, coordinatrice, simuler=True)
    assert retour.vers_json()["montants_lus"] == {
        "Budget prévu 2025 (€)": "1\u202f500,50\u00a0€",
        "Budget réalisé 2025 (€)": "2\u00a0€",
        "Budget prévu 2026 (€)": "5\u00a0€",
        "ETP prévus 2026": "1,5\u00a0ETP",
    }
    assert not LigneBudget.objects.exists()


@pytest.mark.parametrize(
    ("valeur", "raison"),
    [
        ("beaucoup", "beaucoup n’est pas un montant. Écrivez un montant comme"),
        ("1.234", "se lit de deux façons"),
        (-5, "négatif"),
        ("2 ETP", "n’est pas dans l’unité de cette colonne"),
        ("9" * 35, "dix milliards"),
        (True, "n’est pas un montant"),
    ],
)
def test_un_montant_illisible_est_une_erreur_qui_nomme_sa_cellule(
    contrat, coordinatrice, valeur, raison
):
    retour = importer(contrat, classeur_simple(ENTETES, ["Marcher", valeur]), coordinatrice)
    (erreur,) = retour.erreurs
    assert str(erreur).startswith("feuille Actions, ligne 2, colonne Budget 2025\u00a0: ")
    assert raison in str(erreur)
    assert not str(erreur).endswith("..")
    assert not contrat.actions.exists()


def test_une_ligne_de_total_n_est_pas_une_fiche(contrat, coordinatrice):
    contenu = classeur_simple(
        ["Axe", *ENTETES],
        ["Axe 1 : Bouger", "Marcher", 10, 1],
        ["Sous-total", None, 10, 1],
        [None, "Nager", 20, 2],
        [None, "Total général", 30, 3],
    )
    retour = importer(contrat, contenu, coordinatrice)
    assert [f.titre for f in retour.creations] == ["Marcher", "Nager"]
    assert contrat.actions.get(titre="Nager").axe.titre == "Bouger"


def test_les_montants_d_une_fiche_fusionnee_s_additionnent(contrat, coordinatrice):
    classeur = Workbook()
    page = classeur.active
    page.append(["Action", "Budget 2026"])
    for valeurs in (["Marcher", 1000], [None, "500 €"], [None, 1000], ["Nager", 7]):
        page.append(valeurs)
    page.merge_cells("A2:A4")
    importer(contrat, octets(classeur), coordinatrice)
    assert set(LigneBudget.objects.values_list("action__titre", "prevu")) == {
        ("Marcher", Decimal(2500)),
        ("Nager", Decimal(7)),
    }


def test_un_montant_fusionne_sur_plusieurs_fiches_ne_compte_qu_une_fois(contrat, coordinatrice):
    classeur = Workbook()
    page = classeur.active
    for valeurs in (["Action", "Budget 2026"], ["Marcher", 1000], ["Nager", None]):
        page.append(valeurs)
    page.merge_cells("B2:B3")
    retour = importer(contrat, octets(classeur), coordinatrice)
    assert [(a.ligne, "fusionnée" in a.message) for a in retour.avertissements] == [(3, True)]
    assert LigneBudget.objects.get().action.titre == "Marcher"
