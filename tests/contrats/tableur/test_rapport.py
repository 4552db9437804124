"""Chaque erreur nomme la feuille, la ligne, la colonne et la valeur ; une seule et rien n’entre."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from acteurs.models import Acteur
from cls_platform.socle.erreurs import DroitRefuse
from contrats.models import Action
from contrats.services.corbeille import mettre_a_la_corbeille, sortir_de_la_corbeille
from contrats.tableur.exportation import exporter
from contrats.tableur.separer import separer
from tests.contrats.tableur.classeurs import classeur_simple, feuille_de, grand_tableau, importer
from tests.factories import ActionFactory

ENTETES = ["Action", "Début", "Fin", "Statut", "Pilote", "Colonne maison"]


def plan_fautif() -> bytes:
    return classeur_simple(
        ENTETES,
        ["Marcher", "01/01/2026", "31/02/2026", "en cours"],
        ["Nager", "2027", "2025", "vert pomme"],
        [None, "2026", "2027", "en cours"],
        ["x" * 251],
        ["Bonne", 2026, 2027, "fait", "Inconnue de tous"],
    )


def test_une_erreur_nomme_feuille_ligne_colonne_et_valeur(contrat, coordinatrice):
    retour = importer(contrat, plan_fautif(), coordinatrice)
    premiere = next(e for e in retour.erreurs if e.ligne == 2)
    assert str(premiere).startswith(
        "feuille Actions, ligne 2, colonne Fin\u00a0: 31/02/2026 n’est pas une date."
    )
    assert {(e.ligne, e.colonne) for e in retour.erreurs} == {
        (2, "Fin"),
        (3, "Statut"),
        (3, "Fin"),
        (4, "Action"),
        (5, "Action"),
    }


def test_une_seule_erreur_et_rien_n_est_ecrit(contrat, coordinatrice):
    importer(contrat, plan_fautif(), coordinatrice)
    assert contrat.actions.count() == 0


def test_une_organisation_inconnue_n_est_creee_qu_avec_l_accord(contrat, coordinatrice):
    contenu = classeur_simple(ENTETES, ["Bonne", None, None, None, "Inconnue de tous"])
    avant = Acteur.objects.count()
    retour = importer(contrat, contenu, coordinatrice)
    assert [a.valeur for a in retour.avertissements] == ["Inconnue de tous"]
    assert retour.organisations_inconnues == ["Inconnue de tous"]
    assert Acteur.objects.count() == avant
    importer(contrat, contenu, coordinatrice, creer_organisations=True)
    assert contrat.actions.get().pilote.nom == "Inconnue de tous"


def test_sans_colonne_de_titre_rien_ne_se_lit(contrat, coordinatrice):
    retour = importer(contrat, classeur_simple(["Pilote", "Statut"], ["A", "B"]), coordinatrice)
    assert "ligne d’en-tête" in retour.erreurs[0].message


def test_un_identifiant_d_un_autre_plan_est_refuse(contrat, coordinatrice, autre_action):
    contenu = classeur_simple(["Identifiant", "Titre"], [str(autre_action.pk), "Volée"])
    retour = importer(contrat, contenu, coordinatrice)
    assert "n’est pas celui d’une fiche de ce plan" in retour.erreurs[0].message


def test_l_identifiant_d_une_fiche_jetee_est_refuse_avec_le_moyen_de_la_restaurer(
    contrat, coordinatrice, action
):
    contenu = exporter(contrat, contrat.actions.all(), "xlsx")
    mettre_a_la_corbeille(action=action, version=None, par=coordinatrice)
    retour = importer(contrat, contenu, coordinatrice)
    (erreur,) = retour.erreurs
    assert (erreur.feuille, erreur.ligne, erreur.colonne) == ("Actions", 2, "Identifiant")
    assert erreur.valeur == str(action.pk)
    assert f"« {action.titre} », mise à la corbeille le" in erreur.message
    assert "Restaurez-la" in erreur.message
    assert "videz cette cellule" in erreur.message
    assert not contrat.actions.exists()
    sortir_de_la_corbeille(action=action, par=coordinatrice)
    assert importer(contrat, contenu, coordinatrice).erreurs == []


def test_l_identifiant_d_une_fiche_d_un_autre_contrat_est_refuse_sans_dire_son_titre(
    contrat, coordinatrice, autre_action
):
    for jetee in (False, True):
        if jetee:
            Action.objects.filter(pk=autre_action.pk).update(corbeille_le=timezone.now())
        contenu = classeur_simple(["Identifiant", "Titre"], [str(autre_action.pk), "Volée"])
        (erreur,) = importer(contrat, contenu, coordinatrice).erreurs
        assert (erreur.ligne, erreur.colonne) == (2, "Identifiant")
        assert "d’un autre contrat. Videz cette cellule" in erreur.message
        assert autre_action.titre not in erreur.message


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_identifiants_refuses(
    contrat, coordinatrice, autre_contrat, exiger_requetes_plates
):
    def peupler(n):
        ActionFactory.create_batch(n, contrat=autre_contrat)

    def lire():
        donnees = [[str(pk), "Volée"] for pk in autre_contrat.actions.values_list("pk", flat=True)]
        contenu = classeur_simple(["Identifiant", "Titre"], *donnees)
        assert len(importer(contrat, contenu, coordinatrice).erreurs) == len(donnees)

    exiger_requetes_plates(peupler=peupler, lire=lire)


def test_le_meme_identifiant_deux_fois_est_refuse(contrat, coordinatrice, action):
    ligne = [str(action.pk), "Deux fois"]
    retour = importer(
        contrat, classeur_simple(["Identifiant", "Titre"], ligne, ligne), coordinatrice
    )
    assert "est déjà à la ligne 2" in retour.erreurs[0].message


def test_importer_demande_le_droit_de_modifier_le_plan(contrat, pilote, voisine, lectrice):
    contenu = classeur_simple(["Action"], ["Marcher"])
    for personne in (pilote, voisine, lectrice):
        with pytest.raises(DroitRefuse):
            importer(contrat, contenu, personne)
    assert not contrat.actions.exists()


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("ARS ; CPAM", ["ARS", "CPAM"]),
        ("- ARS\n- CPAM\n", ["ARS", "CPAM"]),
        ("ARS/CPAM", ["ARS", "CPAM"]),
        ("ARS, CPAM et CCAS", ["ARS", "CPAM", "CCAS"]),
        ("Protection civile et secourisme", ["Protection civile et secourisme"]),
        ("Maison A / B", ["Maison A / B"]),
        ("Centre (social, sportif)", ["Centre (social, sportif)"]),
        ("à définir", []),
    ],
)
def test_plusieurs_noms_se_separent_sans_couper_un_nom(texte, attendus):
    assert separer(texte, lambda nom: nom == "Maison A / B") == attendus


def commande(*arguments, attendu: int = 0):
    sortie = StringIO()
    if attendu:
        with pytest.raises(SystemExit) as fin:
            call_command(*arguments, stdout=sortie, stderr=StringIO())
        assert fin.value.code == attendu
    else:
        call_command(*arguments, stdout=sortie)
    return sortie.getvalue()


@pytest.fixture
def fichier(tmp_path):
    def ecrire(contenu: bytes, nom: str = "plan.xlsx") -> str:
        (tmp_path / nom).write_bytes(contenu)
        return str(tmp_path / nom)

    return ecrire


def test_la_commande_choisit_la_feuille_et_rend_le_rapport_en_json(
    contrat, administratrice, fichier
):
    rapport = json.loads(
        commande("importer_plan", contrat.slug, fichier(grand_tableau()), "--json")
    )
    assert rapport["feuille"] == "Actions"
    assert (rapport["actions_creees"], rapport["erreurs"]) == (4, [])
    assert len(rapport["colonnes_inconnues"]) == 12
    assert contrat.actions.count() == 4


def test_la_simulation_n_ecrit_rien(contrat, administratrice, fichier):
    sortie = commande("importer_plan", str(contrat.pk), fichier(grand_tableau()), "--simulation")
    assert "4 fiches créées" in sortie
    assert not contrat.actions.exists()


def test_la_commande_echoue_quand_il_y_a_une_erreur(contrat, administratrice, fichier):
    rapport = json.loads(
        commande("importer_plan", contrat.slug, fichier(plan_fautif()), "--json", attendu=1)
    )
    assert set(rapport["erreurs"][0]) == {"feuille", "ligne", "colonne", "valeur", "message"}
    assert not contrat.actions.exists()


def test_la_commande_dit_pourquoi_un_fichier_est_refuse(contrat, administratrice, fichier):
    chemin = fichier(b"PK\x03\x04abime")
    rapport = json.loads(commande("importer_plan", contrat.slug, chemin, "--json", attendu=1))
    assert "abîmé" in rapport["erreurs"][0]["message"]
    with pytest.raises(CommandError, match="abîmé"):
        call_command("importer_plan", contrat.slug, chemin)


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_exporter_puis_importer_par_les_commandes_ne_change_rien(
    contrat, action, administratrice, tmp_path, extension
):
    chemin = str(tmp_path / f"plan.{extension}")
    commande("exporter_plan", contrat.slug, chemin)
    rapport = json.loads(commande("importer_plan", contrat.slug, chemin, "--json"))
    assert (rapport["actions_creees"], rapport["actions_modifiees"]) == (0, 0)
    assert rapport["actions_inchangees"] == 1
    assert Action.objects.get(pk=action.pk).version == action.version


def test_les_listes_permises_et_le_mode_d_emploi_sont_dans_l_export(contrat, tmp_path):
    ActionFactory(contrat=contrat)
    for extension in ("xlsx", "ods"):
        chemin = tmp_path / f"p.{extension}"
        commande("exporter_plan", contrat.slug, str(chemin))
        listes = feuille_de(chemin.read_bytes(), chemin.name, "Listes")
        assert "Réalisée" in {valeur for ligne in listes.lignes for valeur in ligne}
        emploi = feuille_de(chemin.read_bytes(), chemin.name, "Mode d’emploi")
        assert "Importer" in str(emploi.lignes[0][0])
