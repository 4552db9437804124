"""Les pages de l’import et de l’export : quatre étapes sans JavaScript, rien d’écrit avant l’accord."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acteurs.models import Acteur
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import CorrespondanceColonne, EtatImport, ImportPlan
from contrats.services import import_plan as service
from contrats.services.plan import modifier_action
from contrats.tableur.exportation import exporter
from contrats.tasks import importer as tache
from tests.contrats.tableur.classeurs import classeur_simple, feuille_de, grand_tableau
from tests.factories import ActionFactory


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def donner(client, contrat):
    def envoyer(contenu: bytes, nom: str = "plan.xlsx"):
        return client.post(
            reverse("contrats:importer", args=[contrat.pk]),
            {"fichier": SimpleUploadedFile(nom, contenu)},
        )

    return envoyer


def page_de(client, nom, recu) -> BeautifulSoup:
    reponse = client.get(reverse(nom, args=[recu.pk]))
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def accepter(client, recu, **donnees):
    return client.post(reverse("contrats:import_rapport", args=[recu.pk]), donnees)


def test_du_fichier_au_plan_en_quatre_pages(client, contrat, donner):
    reponse = donner(grand_tableau())
    recu = ImportPlan.objects.get()
    assert reponse.url == reverse("contrats:import_colonnes", args=[recu.pk])
    assert recu.feuille == "Actions"

    page = page_de(client, "contrats:import_colonnes", recu)
    choix = {s["name"]: "" for s in page.select("select")}
    for liste in page.select("select"):
        retenu = liste.select_one("option[selected]")
        choix[liste["name"]] = retenu["value"] if retenu else ""
    assert "titre" in choix.values()
    inconnue = next(nom for nom, champ in choix.items() if not champ)
    choix[inconnue] = "freins"
    adresse = reverse("contrats:import_colonnes", args=[recu.pk])
    assert client.post(adresse, choix).status_code == 303
    assert contrat.actions.count() == 0

    texte = page_de(client, "contrats:import_rapport", recu).text
    assert "4\u00a0fiches à créer" in texte
    assert accepter(client, recu, creer_organisations="on").status_code == 303
    assert contrat.actions.count() == 4
    assert contrat.actions.get(numero="1").freins == "x"
    assert "Import terminé" in page_de(client, "contrats:import_rapport", recu).text


def test_le_champ_donne_a_une_colonne_est_retenu_pour_le_fichier_suivant(client, contrat, donner):
    CorrespondanceColonne.objects.create(contrat=contrat, entete="ce qui coince", champ="freins")
    donner(classeur_simple(["Action", "Ce qui coince !"], ["Marcher", "La pluie"]))
    assert accepter(client, ImportPlan.objects.get()).status_code == 303
    assert contrat.actions.get().freins == "La pluie"


def test_une_colonne_d_argent_se_verifie_avec_son_annee_et_le_rapport_en_donne_le_total(
    client, contrat, donner
):
    donner(classeur_simple(["Action", "Budget 2026", "Enveloppe (2027)"], ["Marcher", 1200, "50"]))
    recu = ImportPlan.objects.get()
    page = page_de(client, "contrats:import_colonnes", recu)
    retenus = [option["value"] for option in page.select("option[selected]") if option["value"]]
    assert retenus == ["titre", "budget_prevu_2026"]
    choix = {"c0": "titre", "c1": "budget_prevu_2026", "c2": "budget_realise_2027"}
    adresse = reverse("contrats:import_colonnes", args=[recu.pk])
    assert client.post(adresse, choix).status_code == 303
    texte = page_de(client, "contrats:import_rapport", recu).select_one("#montants").parent.text
    assert "Budget prévu 2026 (€)" in texte
    assert "1\u202f200\u00a0€" in texte
    assert accepter(client, recu).status_code == 303
    lues = contrat.actions.get().lignes_budget.values_list("annee", "prevu", "realise")
    assert set(lues) == {(2026, 1200, None), (2027, None, 50)}
    retenues = CorrespondanceColonne.objects.values_list("entete", "champ")
    assert ("enveloppe 2027", "budget_realise_2027") in set(retenues)


def test_deux_colonnes_du_meme_nom_se_retiennent_sans_panne(client, contrat, donner):
    donner(classeur_simple(["Action", "Qui aide", "Qui aide"], ["Marcher", "A", "B"]))
    recu = ImportPlan.objects.get()
    adresse = reverse("contrats:import_colonnes", args=[recu.pk])
    choix = {"c0": "titre", "c1": "partenaires", "c2": "partenaires"}
    assert client.post(adresse, choix).status_code == 303
    assert CorrespondanceColonne.objects.get(entete="qui aide").champ == "partenaires"


def test_le_rapport_nomme_chaque_cellule_et_refuse_l_import(client, contrat, donner):
    donner(classeur_simple(["Action", "Fin"], ["Marcher", "31/02/2026"], ["Nager", "2026"]))
    recu = ImportPlan.objects.get()
    page = page_de(client, "contrats:import_rapport", recu)
    assert "31/02/2026" in page.text
    assert not page.find("button", string="Importer")
    assert accepter(client, recu).status_code == 422
    assert contrat.actions.count() == 0


@pytest.mark.parametrize(
    ("contenu", "nom", "attendu"),
    [
        (b"PK\x03\x04abime", "plan.xlsx", "abîmé"),
        (b"", "plan.xlsx", "vide"),
        (b"abc", "plan.xls", ".xlsx"),
    ],
)
def test_un_fichier_refuse_le_dit_a_cote_du_champ(donner, contenu, nom, attendu):
    reponse = donner(contenu, nom)
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 422
    assert attendu in page.select_one(".champ-formulaire").text
    assert not ImportPlan.objects.exists()


def test_choisir_une_autre_feuille(client, donner):
    donner(grand_tableau())
    recu = ImportPlan.objects.get()
    adresse = reverse("contrats:import_feuille", args=[recu.pk])
    assert "10\u00a0colonnes reconnues" in client.get(adresse).content.decode()
    assert client.post(adresse, {"feuille": "Listes"}).status_code == 303
    recu.refresh_from_db()
    assert recu.feuille == "Listes"
    assert client.get(reverse("contrats:import_colonnes", args=[recu.pk])).status_code == 200


def test_un_conflit_montre_les_deux_et_attend_un_choix(
    client, contrat, action, donner, administratrice
):
    contenu = exporter(contrat, contrat.actions.all(), "csv").decode("utf-8-sig")
    modifier_action(
        action=action, valeurs={"description": "La leur"}, version=1, par=administratrice
    )
    donner(contenu.replace("Deux professionnels", "La vôtre").encode(), "plan.csv")
    recu = ImportPlan.objects.get()
    page = page_de(client, "contrats:import_rapport", recu)
    assert "La leur" in page.text
    assert "La vôtre" in page.text
    assert administratrice.nom_complet in page.text
    accepter(client, recu, miennes=str(action.pk))
    action.refresh_from_db()
    assert action.description.startswith("La vôtre")


def test_une_organisation_inconnue_n_est_ajoutee_que_si_la_case_reste_cochee(
    client, contrat, donner
):
    donner(classeur_simple(["Action", "Pilote"], ["Marcher", "Inconnue de tous"]))
    recu = ImportPlan.objects.get()
    case = page_de(client, "contrats:import_rapport", recu).select_one("#creer-organisations")
    assert case.has_attr("checked")
    accepter(client, recu)
    assert contrat.actions.get().pilote is None
    assert not Acteur.objects.filter(nom="Inconnue de tous").exists()


def test_au_dela_de_deux_cents_fiches_l_import_est_un_travail(client, contrat, donner):
    lignes = [[f"Action numéro {n}"] for n in range(201)]
    donner(classeur_simple(["Action"], *lignes))
    recu = ImportPlan.objects.get()
    accepter(client, recu, creer_organisations="on")
    travail = Travail.objects.get(genre=service.GENRE)
    assert contrat.actions.count() == 0
    assert "L’import se fait" in page_de(client, "contrats:import_rapport", recu).text
    tache(str(travail.pk))
    tache(str(travail.pk))
    travail.refresh_from_db()
    recu.refresh_from_db()
    assert (travail.etat, recu.etat) == (EtatTravail.FAIT, EtatImport.FAIT)
    assert contrat.actions.count() == 201
    suivi = client.get(reverse("contrats:import_travail", args=[recu.pk]))
    assert suivi["HX-Refresh"] == "true"


def test_un_import_en_fond_qui_n_a_plus_le_droit_n_ecrit_rien(
    client, contrat, coordinatrice, donner
):
    donner(classeur_simple(["Action"], *[[f"Action {n}"] for n in range(201)]))
    recu = ImportPlan.objects.get()
    accepter(client, recu)
    contrat.participations.filter(utilisateur=coordinatrice).delete()
    tache(str(Travail.objects.get(genre=service.GENRE).pk))
    assert Travail.objects.get(genre=service.GENRE).etat == EtatTravail.ECHEC
    assert contrat.actions.count() == 0


def test_le_meme_accord_envoye_deux_fois_n_importe_qu_une_fois(client, contrat, donner):
    donner(classeur_simple(["Action"], ["Marcher"]))
    recu = ImportPlan.objects.get()
    accepter(client, recu)
    accepter(client, recu)
    assert contrat.actions.count() == 1


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_l_export_contient_les_fiches_de_la_page_filtree(client, contrat, extension):
    ActionFactory(contrat=contrat, titre="En cours")
    ActionFactory(contrat=contrat, titre="Finie", realisee=True)
    adresse = reverse("contrats:exporter_plan", args=[contrat.pk, extension])
    reponse = client.get(adresse, {"statut": "REALISEE"})
    assert f'.{extension}"' in reponse["Content-Disposition"]
    feuille = feuille_de(reponse.content, f"p.{extension}")
    assert len(feuille.lignes) == 2
    assert "Finie" in feuille.lignes[1]


def test_un_format_inconnu_n_existe_pas(client, contrat):
    assert (
        client.get(reverse("contrats:exporter_plan", args=[contrat.pk, "exe"])).status_code == 404
    )


def test_la_page_du_plan_garde_ses_filtres_dans_l_export(client, contrat, action):
    page = client.get(reverse("contrats:plan", args=[contrat.pk]), {"statut": "EN_COURS"})
    liens = [
        a["href"] for a in BeautifulSoup(page.content, "html.parser").select("a[href*=exporter]")
    ]
    assert len(liens) == 3
    assert all(lien.endswith("?statut=EN_COURS") for lien in liens)
