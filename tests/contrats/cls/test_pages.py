"""Importer et emporter des contrats par les pages : un rapport, un accord, rien à moitié."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acteurs.models import FichierRecu
from contrats.models import Contrat
from tests.contrats.cls.listes import SIGNE, contrat, csv, importer
from tests.contrats.cls.test_creer import ligne
from tests.factories import ContratFactory, FichierRecuFactory

pytestmark = pytest.mark.django_db

IMPORTER = reverse("contrats:importer_cls")


@pytest.fixture
def client(client_de, agent_ars):
    return client_de(agent_ars)


@pytest.fixture
def donner(client):
    def envoyer(contenu: bytes, nom: str = "contrats.csv") -> str:
        reponse = client.post(IMPORTER, {"fichier": SimpleUploadedFile(nom, contenu)})
        assert reponse.status_code == 303
        return reponse.url

    return envoyer


def mots(reponse) -> str:
    soupe = BeautifulSoup(reponse.content, "html.parser")
    return " ".join(soupe.find("main").get_text(" ").split())


def test_du_fichier_aux_contrats_en_trois_pages(client, donner):
    adresse = donner(csv(SIGNE))
    texte = mots(client.get(adresse))
    assert "1 contrat à créer" in texte
    assert "CA Quimper Bretagne Occidentale" in texte
    assert not Contrat.objects.filter(numero="BRE-01").exists()
    assert client.post(adresse).status_code == 303
    assert contrat().nom == "Cornouaille d’essai"
    assert "Contrats importés" in mots(client.get(adresse))


def test_une_ligne_fausse_bloque_tout_sans_choix(client, donner):
    adresse = donner(csv(SIGNE, ligne(code="FAUX", fin="demain")))
    texte = mots(client.get(adresse))
    assert "1 ligne refusée" in texte
    assert "Ce n’est pas une date." in texte
    assert client.post(adresse).status_code == 422
    assert not Contrat.objects.filter(numero="BRE-01").exists()
    assert client.post(adresse, {"lignes_justes": "1"}).status_code == 303
    assert contrat()


def test_le_rapport_montre_chaque_ecart(client, donner, agent_ars):
    importer(csv(SIGNE), agent_ars)
    texte = mots(client.get(donner(csv(ligne(fin="31/12/2030")))))
    assert "1 contrat à modifier" in texte
    assert "31/12/2028" in texte
    assert "31/12/2030" in texte


def test_la_meme_liste_dit_qu_il_n_y_a_rien_a_importer(client, donner, agent_ars):
    importer(csv(SIGNE), agent_ars)
    assert "il n’y a rien à importer" in mots(client.get(donner(csv(SIGNE))))


def test_le_meme_accord_envoye_deux_fois_n_importe_qu_une_fois(client, donner):
    adresse = donner(csv(SIGNE))
    client.post(adresse)
    assert client.post(adresse).status_code == 200
    assert Contrat.objects.filter(numero="BRE-01").count() == 1


def test_un_fichier_illisible_le_dit_sur_son_rapport(client, donner):
    reponse = client.get(donner(b"nom;region\nA;53\n"))
    assert reponse.status_code == 422
    assert "Cette colonne manque : code_cls" in mots(reponse)


def test_un_envoi_vide_se_refuse_a_cote_du_champ(client):
    reponse = client.post(IMPORTER)
    assert reponse.status_code == 422
    assert "Choisissez un fichier." in mots(reponse)


def test_la_liste_d_une_autre_n_existe_pas(client, client_de, administratrice):
    recu = FichierRecuFactory(liste=True, cree_par=administratrice)
    adresse = reverse("contrats:import_cls", args=[recu.pk])
    assert client.get(adresse).status_code == 404
    assert client_de(administratrice).get(adresse).status_code == 200


def test_un_zonage_recu_n_est_pas_une_liste_de_contrats(client, agent_ars):
    recu = FichierRecuFactory(cree_par=agent_ars)
    assert client.get(reverse("contrats:import_cls", args=[recu.pk])).status_code == 404


@pytest.mark.parametrize("personnage", ["agent_dd", "coordinatrice", "voisine"])
def test_les_autres_n_y_ont_pas_acces(request, client_de, personnage):
    client = client_de(request.getfixturevalue(personnage))
    recu = FichierRecuFactory(liste=True, cree_par=request.getfixturevalue(personnage))
    for adresse in (IMPORTER, reverse("contrats:import_cls", args=[recu.pk])):
        assert client.get(adresse).status_code == 403


def test_l_import_se_trouve_depuis_la_liste_des_contrats(client, client_de, coordinatrice):
    espace = reverse("contrats:espace")
    assert IMPORTER in client.get(espace).content.decode()
    assert IMPORTER not in client_de(coordinatrice).get(espace).content.decode()


def test_l_export_ne_contient_que_la_region_de_l_agent(client, contrat, autre_contrat):
    contenu = client.get(reverse("contrats:exporter_cls", args=["csv"])).content.decode("utf-8-sig")
    assert contrat.numero in contenu
    assert autre_contrat.numero not in contenu


def test_l_export_redonne_tel_quel_ne_change_rien(client, donner):
    ContratFactory(signe=True, epci="200068120")
    contenu = client.get(reverse("contrats:exporter_cls", args=["csv"])).content
    assert "il n’y a rien à importer" in mots(client.get(donner(contenu)))


def test_un_format_inconnu_n_existe_pas(client):
    assert client.get(reverse("contrats:exporter_cls", args=["pdf"])).status_code == 404


def test_le_modele_porte_les_entetes_attendus(client):
    contenu = client.get(reverse("contrats:modele_cls", args=["csv"])).content.decode("utf-8-sig")
    assert contenu.strip() == (
        "code_cls;nom;region;porteur_siren;codes_insee;date_signature;debut;fin;generation;phase"
    )


def test_le_fichier_garde_est_efface_avec_l_oubli(client, donner, agent_ars):
    ancien = FichierRecuFactory(liste=True, cree_par=agent_ars, cree_le="2024-01-01T00:00Z")
    chemin = Path(ancien.fichier.path)
    assert chemin.exists()
    donner(csv(SIGNE))
    assert not FichierRecu.objects.filter(pk=ancien.pk).exists()
    assert not chemin.exists()


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_le_modele_se_redonne_dans_chaque_format(client, donner, extension):
    modele = client.get(reverse("contrats:modele_cls", args=[extension])).content
    texte = mots(client.get(donner(modele, f"modele.{extension}")))
    assert "Il manque" not in texte
    assert "Cette colonne manque" not in texte


def test_le_rapport_s_emporte_ligne_par_ligne(client, donner):
    faux = ligne(code="FAUX", communes="29232 29999")
    adresse = donner(csv(SIGNE, faux))
    contenu = client.get(f"{adresse}rapport.csv").content.decode("utf-8-sig").splitlines()
    assert contenu == [
        "ligne;issue;colonne;valeur;explication",
        "2;créé;;BRE-01;Cornouaille d’essai",
        "3;refusée;codes_insee;29999;Aucune commune n’a, ou n’a eu, ce code Insee.",
    ]
    assert client.get(f"{adresse}rapport.pdf").status_code == 404


def test_le_rapport_d_une_liste_importee_ne_s_emporte_plus(client, donner):
    adresse = donner(csv(SIGNE))
    client.post(adresse)
    assert client.get(f"{adresse}rapport.csv").status_code == 404
