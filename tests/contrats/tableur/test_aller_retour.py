"""Exporter, changer, réimporter : l’écart est exactement ce qui a changé, dans les trois formats."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cls_platform.socle.tableur.ecriture_csv import avec_garde, sans_garde
from contrats.models import ActionActeur, RoleActeur
from contrats.services.plan import modifier_action
from contrats.tableur.exportation import exporter
from tests.contrats.tableur.classeurs import feuille_de, importer, octets
from tests.factories import ActionFactory, AxeFactory, JalonFactory, ObjectifFactory

FORMATS = ("xlsx", "ods", "csv")
TEXTES_DIFFICILES = (
    "=cmd|' /C calc'!A0",
    "+33 2 98 00 00 00",
    "-5 degrés",
    "@accueil",
    "'=déjà protégé",
    "<script>alert(1)</script> & Cie",
    "🙂 émojis 👩🏽‍⚕️",
    "שלום — مرحبا",
    "Une ligne\nune autre\n\n  trois espaces   dedans\tune tabulation",
    "12",
    "2025",
    "01/02/2025",
    "a" * 100_000,
    "mot " * 20_000,
)


@pytest.fixture
def plan(contrat, axe, cpts):
    """Six fiches dont une a tout, et une n’a que son titre."""
    objectif = ObjectifFactory(axe=axe, niveau="STRATEGIQUE")
    dessous = ObjectifFactory(axe=axe, parent=objectif, niveau="STRATEGIQUE", titre="Plus bas")
    complete = ActionFactory(
        contrat=contrat, axe=axe, objectif=dessous, numero="1.10", titre="Complète", pilote=cpts,
        themes=["sante_mentale", "addictions"], priorite="ELEVE", origine="RECONDUITE",
        niveau_prevention="PRIMAIRE", participation="CO_CONSTRUCTION", est_annuelle=True,
        freins="Peu de temps", elu_referent="Mme Exemple", est_publique=False,
        pilote_nom="Camille Exemple",
    )  # fmt: skip
    complete.populations.set(["seniors", "etudiants"])
    complete.communes.set(contrat.perimetres.values_list("commune_id", flat=True)[:2])
    JalonFactory(action=complete, fait=True)
    JalonFactory(action=complete, libelle="Ouvrir (le mardi), puis évaluer", est_annuel=True)
    JalonFactory(action=complete, libelle="Signer la convention avec le lieu d’accueil")
    ActionActeur.objects.create(action=complete, acteur=contrat.ars, role=RoleActeur.COPILOTE)
    ActionActeur.objects.create(action=complete, acteur=cpts, role=RoleActeur.PARTENAIRE)
    ActionFactory(contrat=contrat, axe=AxeFactory(contrat=contrat), titre="Au second axe")
    for n in range(3):
        ActionFactory(contrat=contrat, axe=axe, objectif=objectif, titre=f"Ordinaire {n}")
    ActionFactory(
        contrat=contrat, titre="Nue", numero="", resume_public="", description="",
        date_debut=None, date_fin=None,
    )  # fmt: skip
    return contrat


def exporte(contrat, extension="xlsx", actions=None) -> bytes:
    return exporter(contrat, contrat.actions.all() if actions is None else actions, extension)


def retouche(contenu: bytes, *changements) -> bytes:
    """(titre de la fiche, en-tête, valeur)… écrits dans le classeur exporté."""
    classeur = load_workbook(io.BytesIO(contenu))
    page = classeur["Actions"]
    colonnes = {c.value: c.column for c in page[1]}
    lignes = {page.cell(r, colonnes["Titre"]).value: r for r in range(2, page.max_row + 1)}
    for titre, entete, valeur in changements:
        page.cell(lignes[titre], colonnes[entete]).value = valeur
    return octets(classeur)


@pytest.mark.parametrize("extension", FORMATS)
def test_reimporter_sans_rien_changer_ne_change_rien(plan, coordinatrice, extension):
    retour = importer(plan, exporte(plan, extension), coordinatrice, nom=f"p.{extension}")
    assert [str(e) for e in retour.erreurs] == []
    assert [(f.titre, f.ecarts) for f in [*retour.modifications, *retour.conflits]] == []
    assert (len(retour.creations), len(retour.inchangees)) == (0, 6)
    assert retour.colonnes_inconnues == []


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("texte", TEXTES_DIFFICILES, ids=lambda t: repr(t[:12]))
def test_un_texte_difficile_sort_et_revient_tel_quel(contrat, coordinatrice, extension, texte):
    action = ActionFactory(contrat=contrat, description=texte, titre=f"Fiche {texte[:30]}".strip())
    contenu = exporte(contrat, extension)
    contrat.actions.update(description="autre chose")
    retour = importer(contrat, contenu, coordinatrice, nom=f"p.{extension}")
    assert not retour.erreurs
    action.refresh_from_db()
    assert action.description == texte.strip()


def test_une_formule_exportee_est_un_texte(contrat):
    ActionFactory(contrat=contrat, titre="=1+1")
    page = load_workbook(io.BytesIO(exporte(contrat)))["Actions"]
    titre = next(c for c in page[2] if c.value == "=1+1")
    assert titre.data_type == "s"
    assert "'=1+1" in exporte(contrat, "csv").decode("utf-8-sig")


@given(st.text(max_size=40))
def test_la_garde_du_csv_se_defait_exactement(texte):
    assert sans_garde(avec_garde(texte)) == texte


def test_l_ecart_est_exactement_ce_qui_a_change(plan, coordinatrice):
    changes = retouche(
        exporte(plan),
        ("Nue", "Description", "Enfin décrite"),
        ("Ordinaire 1", "Statut", "terminée"),
        ("Ordinaire 1", "Échéance", "31/12/2028"),
        ("Complète", "Freins", None),
        ("Complète", "Thèmes", "Addictions"),
    )
    retour = importer(plan, changes, coordinatrice)
    ecarts = {
        (f.titre, e.colonne): (e.avant, e.apres) for f in retour.modifications for e in f.ecarts
    }
    assert ecarts == {
        ("Nue", "Description"): ("", "Enfin décrite"),
        ("Ordinaire 1", "Statut"): ("En cours", "Réalisée"),
        ("Ordinaire 1", "Échéance"): ("31/12/2027", "31/12/2028"),
        ("Complète", "Freins"): ("Peu de temps", ""),
        ("Complète", "Thèmes"): ("Santé mentale ; Addictions", "Addictions"),
    }
    assert len(retour.inchangees) == 3
    complete = plan.actions.get(titre="Complète")
    assert (complete.freins, complete.version, complete.modifie_via) == ("", 2, "import")
    assert list(complete.themes.values_list("code", flat=True)) == ["addictions"]
    ordinaire = plan.actions.get(titre="Ordinaire 1")
    assert (ordinaire.statut, ordinaire.date_fin) == ("REALISEE", date(2028, 12, 31))
    assert ordinaire.passages.get().vers == "REALISEE"


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["Nue", "Complète", "Ordinaire 0", "Ordinaire 2"]),
            st.sampled_from(["Description", "Leviers", "Instance de suivi", "Moyens"]),
        ),
        st.text("abcdé =+-@<>&;'\n🙂", min_size=1, max_size=30).filter(lambda t: t.strip()),
        max_size=6,
    )
)
def test_changer_des_cellules_au_hasard_donne_cet_ecart_et_lui_seul(plan, coordinatrice, choix):
    contenu = exporte(plan)
    classeur = load_workbook(io.BytesIO(contenu))
    page = classeur["Actions"]
    colonnes = {c.value: c.column for c in page[1]}
    lignes = {page.cell(r, colonnes["Titre"]).value: r for r in range(2, page.max_row + 1)}
    for (titre, entete), valeur in choix.items():
        cellule = page.cell(lignes[titre], colonnes[entete])
        cellule.value = valeur
        cellule.data_type = "s"
    retour = importer(plan, octets(classeur), coordinatrice, simuler=True)
    trouves = {(f.titre, e.colonne) for f in retour.modifications for e in f.ecarts}
    assert not retour.erreurs
    assert trouves == set(choix)


def test_une_fiche_changee_depuis_l_export_est_un_conflit_et_n_est_pas_touchee(
    plan, coordinatrice, administratrice
):
    contenu = retouche(
        exporte(plan), ("Nue", "Description", "La vôtre"), ("Ordinaire 0", "Freins", "Neufs")
    )
    nue = plan.actions.get(titre="Nue")
    modifier_action(action=nue, valeurs={"description": "La leur"}, version=1, par=administratrice)
    retour = importer(plan, contenu, coordinatrice)
    (conflit,) = retour.conflits
    assert [(e.avant, e.apres) for e in conflit.ecarts] == [("La leur", "La vôtre")]
    assert conflit.leur_auteur == administratrice.nom_complet
    assert plan.actions.get(titre="Nue").description == "La leur"
    assert plan.actions.get(titre="Ordinaire 0").freins == "Neufs"


def test_une_fiche_changee_ailleurs_et_pas_dans_le_fichier_n_est_pas_un_conflit(
    plan, coordinatrice, administratrice
):
    contenu = exporte(plan)
    nue = plan.actions.get(titre="Nue")
    modifier_action(action=nue, valeurs={"description": "Neuve"}, version=1, par=administratrice)
    retour = importer(plan, contenu, coordinatrice)
    assert (len(retour.conflits), len(retour.inchangees)) == (0, 6)
    assert plan.actions.get(titre="Nue").description == "Neuve"


def test_la_personne_peut_choisir_la_sienne_sans_reprendre_le_reste(
    plan, coordinatrice, administratrice
):
    contenu = retouche(exporte(plan), ("Nue", "Freins", "Les miens"))
    nue = plan.actions.get(titre="Nue")
    modifier_action(action=nue, valeurs={"description": "Neuve"}, version=1, par=administratrice)
    importer(plan, contenu, coordinatrice, miennes=[nue.pk])
    nue = plan.actions.get(titre="Nue")
    assert (nue.freins, nue.description, nue.version) == ("Les miens", "Neuve", 3)


def test_une_ligne_retiree_ne_supprime_rien_et_une_ligne_neuve_cree(plan, coordinatrice):
    classeur = load_workbook(io.BytesIO(exporte(plan)))
    page = classeur["Actions"]
    colonnes = {c.value: c.column for c in page[1]}
    page.delete_rows(2, 2)
    page.cell(page.max_row + 1, colonnes["Titre"]).value = "Toute neuve"
    retour = importer(plan, octets(classeur), coordinatrice)
    assert [f.valeurs["titre"] for f in retour.creations] == ["Toute neuve"]
    assert plan.actions.count() == 7


def test_l_export_est_la_liste_filtree(plan):
    filtrees = plan.actions.filter(titre__startswith="Ordinaire")
    feuille = feuille_de(exporte(plan, "csv", filtrees), "p.csv")
    assert len(feuille.lignes) == 4


def test_une_etape_ajoutee_dans_la_cellule_s_ajoute_et_les_autres_restent(plan, coordinatrice):
    complete = plan.actions.get(titre="Complète")
    contenu = retouche(
        exporte(plan), ("Complète", "Étapes", "☑ Évaluer (échéance 30/06/2027)\nOuvrir")
    )
    importer(plan, contenu, coordinatrice)
    libelles = list(complete.jalons.order_by("ordre").values_list("libelle", flat=True))
    assert libelles[-2:] == ["Évaluer", "Ouvrir"]
    assert len(libelles) == 5
    assert complete.jalons.get(libelle="Évaluer").echeance == date(2027, 6, 30)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    contrat, coordinatrice, exiger_requetes_plates
):
    def peupler(n):
        ActionFactory.create_batch(n, contrat=contrat)

    exiger_requetes_plates(
        peupler=peupler,
        lire=lambda: importer(contrat, exporte(contrat), coordinatrice, simuler=True),
    )
