"""Les montants exportés, changés, réimportés : l’écart est exactement ce qui a changé."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contrats.models import LigneBudget
from contrats.services.financement import modifier_argent, retirer_argent
from contrats.tableur.exportation import exporter
from tests.contrats.tableur.classeurs import depenses, feuille_de, importer, octets
from tests.factories import ActionFactory, LigneBudgetFactory

FORMATS = ("xlsx", "ods", "csv")


@pytest.fixture
def chiffre(contrat):
    """Marcher : deux natures en 2025, un temps en 2026. Nager : un apport. Lire : rien."""
    marcher = ActionFactory(contrat=contrat, titre="Marcher", numero="1")
    LigneBudgetFactory(action=marcher, annee=2025, prevu=Decimal("100.10"), realise=Decimal(90))
    LigneBudgetFactory(action=marcher, annee=2025, nature_id="prestation", prevu=Decimal(50))
    LigneBudgetFactory(action=marcher, annee=2026, etp=True)
    nager = ActionFactory(contrat=contrat, titre="Nager", numero="2")
    LigneBudgetFactory(action=nager, annee=2025, en_nature=True, prevu=Decimal(700))
    LigneBudgetFactory(action=nager, annee=2026, prevu=Decimal(2000))
    ActionFactory(contrat=contrat, titre="Lire", numero="3")
    return contrat


def exporte(contrat, extension="xlsx") -> bytes:
    return exporter(contrat, contrat.actions.all(), extension, avec_argent=True)


def retouche(contenu: bytes, *changements) -> bytes:
    """(titre, en-tête, valeur)… ; un en-tête nouveau ajoute sa colonne."""
    classeur = load_workbook(io.BytesIO(contenu))
    page = classeur["Actions"]
    colonnes = {c.value: c.column for c in page[1]}
    rangs = {page.cell(r, colonnes["Titre"]).value: r for r in range(2, page.max_row + 1)}
    for titre, entete, valeur in changements:
        if entete not in colonnes:
            colonnes[entete] = max(colonnes.values()) + 1
            page.cell(1, colonnes[entete]).value = entete
        page.cell(rangs[titre], colonnes[entete]).value = valeur
    return octets(classeur)


def ecarts(retour) -> dict:
    return {
        (f.titre, e.colonne): (e.avant, e.apres) for f in retour.modifications for e in f.ecarts
    }


@pytest.mark.parametrize("extension", FORMATS)
def test_les_montants_exportes_se_relisent_sans_un_ecart(chiffre, coordinatrice, extension):
    contenu = exporte(chiffre, extension)
    entetes = feuille_de(contenu, f"p.{extension}").lignes[0]
    assert entetes[-6:] == [
        "Budget prévu 2025 (€)", "Budget réalisé 2025 (€)", "Apports en nature prévus 2025 (€)",
        "Budget prévu 2026 (€)", "ETP prévus 2026", "Montants à l’export",
    ]  # fmt: skip
    avant = depenses(chiffre)
    retour = importer(chiffre, contenu, coordinatrice, nom=f"p.{extension}")
    assert (retour.erreurs, retour.modifications, len(retour.inchangees)) == ([], [], 3)
    assert retour.colonnes_inconnues == []
    assert depenses(chiffre) == avant


def test_l_ecart_d_un_montant_change_est_celui_la_et_lui_seul(chiffre, coordinatrice):
    contenu = retouche(
        exporte(chiffre),
        ("Nager", "Budget prévu 2026 (€)", "2 500 €"),
        ("Marcher", "Budget réalisé 2025 (€)", 95.5),
        ("Lire", "ETP prévus 2026", 0.2),
        ("Lire", "Budget prévu 2027", 300),
    )
    retour = importer(chiffre, contenu, coordinatrice)
    assert ecarts(retour) == {
        ("Nager", "Budget prévu 2026 (€)"): ("2\u202f000\u00a0€", "2\u202f500\u00a0€"),
        ("Marcher", "Budget réalisé 2025 (€)"): ("90\u00a0€", "95,50\u00a0€"),
        ("Lire", "ETP prévus 2026"): ("", "0,2\u00a0ETP"),
        ("Lire", "Budget prévu 2027 (€)"): ("", "300\u00a0€"),
    }
    nager = LigneBudget.objects.get(action__titre="Nager", annee=2026)
    assert (nager.prevu, nager.version, nager.modifie_via) == (Decimal(2500), 2, "import")
    marcher = LigneBudget.objects.get(action__titre="Marcher", nature="fonctionnement")
    assert (marcher.prevu, marcher.realise) == (Decimal("100.10"), Decimal("95.50"))
    assert LigneBudget.objects.filter(action__titre="Lire").count() == 2


def test_un_montant_qui_somme_plusieurs_depenses_ne_se_change_pas_en_bloc(chiffre, coordinatrice):
    contenu = retouche(exporte(chiffre), ("Marcher", "Budget prévu 2025 (€)", 999))
    retour = importer(chiffre, contenu, coordinatrice)
    (erreur,) = retour.erreurs
    assert (erreur.ligne, erreur.colonne, erreur.valeur) == (2, "Budget prévu 2025 (€)", "999")
    assert "laquelle des 2 dépenses de 2025" in erreur.message
    assert "remettez ici 150,10\u00a0€." in erreur.message


def test_une_cellule_videe_efface_le_montant_et_la_depense_qui_n_en_a_plus(chiffre, coordinatrice):
    contenu = retouche(
        exporte(chiffre),
        ("Nager", "Budget prévu 2026 (€)", None),
        ("Marcher", "Budget réalisé 2025 (€)", None),
    )
    importer(chiffre, contenu, coordinatrice)
    assert not LigneBudget.objects.filter(action__titre="Nager", annee=2026).exists()
    marcher = LigneBudget.objects.get(action__titre="Marcher", nature="fonctionnement")
    assert (marcher.prevu, marcher.realise) == (Decimal("100.10"), None)


def test_un_montant_change_en_ligne_et_pas_dans_le_fichier_reste(
    chiffre, coordinatrice, administratrice
):
    contenu = exporte(chiffre)
    ligne = LigneBudget.objects.get(action__titre="Nager", annee=2026)
    modifier_argent(objet=ligne, valeurs={"prevu": Decimal(3000)}, version=1, par=administratrice)
    retour = importer(chiffre, contenu, coordinatrice)
    assert (retour.modifications, retour.conflits) == ([], [])
    ligne.refresh_from_db()
    assert ligne.prevu == Decimal(3000)


def test_un_montant_change_des_deux_cotes_est_un_conflit(chiffre, coordinatrice, administratrice):
    contenu = retouche(exporte(chiffre), ("Nager", "Budget prévu 2026 (€)", 4000))
    ligne = LigneBudget.objects.get(action__titre="Nager", annee=2026)
    modifier_argent(objet=ligne, valeurs={"prevu": Decimal(3000)}, version=1, par=administratrice)
    retour = importer(chiffre, contenu, coordinatrice)
    (conflit,) = retour.conflits
    assert [(e.avant, e.apres) for e in conflit.ecarts] == [
        ("3\u202f000\u00a0€", "4\u202f000\u00a0€")
    ]
    assert conflit.leur_auteur == administratrice.nom_complet
    ligne.refresh_from_db()
    assert ligne.prevu == Decimal(3000)
    importer(chiffre, contenu, coordinatrice, miennes=[ligne.action_id])
    ligne.refresh_from_db()
    assert ligne.prevu == Decimal(4000)


def test_une_depense_retiree_en_ligne_ne_revient_pas_sans_etre_voulue(chiffre, coordinatrice):
    contenu = exporte(chiffre)
    ligne = LigneBudget.objects.get(action__titre="Nager", annee=2026)
    retirer_argent(objet=ligne, version=1, par=coordinatrice)
    retour = importer(chiffre, contenu, coordinatrice)
    assert (retour.modifications, retour.conflits) == ([], [])
    assert not LigneBudget.objects.filter(pk=ligne.pk).exists()


def test_qui_ne_voit_pas_le_budget_n_emporte_pas_les_montants(
    chiffre, client_de, lectrice, coordinatrice
):
    adresse = reverse("contrats:exporter_plan", args=[chiffre.pk, "csv"])
    for personne, voit in ((coordinatrice, True), (lectrice, False)):
        reponse = client_de(personne).get(adresse)
        assert reponse.status_code == 200
        entetes = reponse.content.decode("utf-8-sig").splitlines()[0]
        assert ("Budget prévu 2025" in entetes) is voit
        assert ("Montants à l’export" in entetes) is voit


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_depenses(
    contrat, coordinatrice, exiger_requetes_plates
):
    def peupler(n):
        for _ in range(n):
            LigneBudgetFactory(action=ActionFactory(contrat=contrat), annee=2026)

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: importer(contrat, exporte(contrat), coordinatrice)
    )
