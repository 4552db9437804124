"""Les documents d’une fiche : joindre, télécharger en sûreté, renommer, retirer."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contrats import types_de_fichier
from contrats.models import DocumentAction
from contrats.services.corbeille import effacer_definitivement, mettre_a_la_corbeille
from contrats.services.documents import nom_propre
from tests.factories import DocumentActionFactory

PDF = b"%PDF-1.7\n1 0 obj\n"


def archive(**contenu: str) -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w") as fichier:
        for nom, texte in contenu.items():
            fichier.writestr(nom.replace("__", "/"), texte)
    return sortie.getvalue()


DOCX = archive(**{"[Content_Types].xml": "<a/>", "word__document.xml": "<a/>"})
AVEC_MACRO = archive(
    **{"[Content_Types].xml": "<a/>", "word__document.xml": "<a/>", "word__vbaProject.bin": "x"}
)
ODT = archive(mimetype="application/vnd.oasis.opendocument.text")


@pytest.fixture
def adresse(action):
    return reverse("contrats:action_documents", args=[action.pk])


def joindre(client, adresse, nom, contenu, titre=""):
    fichier = SimpleUploadedFile(nom, contenu)
    return client.post(adresse, {"fichier": fichier, "titre": titre})


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("convention.pdf", PDF),
        ("compte rendu.docx", DOCX),
        ("note.odt", ODT),
        ("affiche.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("photo.jpg", b"\xff\xd8\xff\xe0..."),
        ("liste.csv", "nom;ville\nÉlise;Quimper\n".encode("cp1252")),
    ],
)
def test_un_fichier_accepte_est_joint_avec_son_empreinte(
    client_de, pilote, action, adresse, nom, contenu
):
    reponse = joindre(client_de(pilote), adresse, nom, contenu)
    document = action.documents.get()
    assert reponse.status_code == 303
    assert (document.nom, document.taille, len(document.sha256)) == (nom, len(contenu), 64)
    with document.fichier.open("rb") as fichier:
        assert fichier.read() == contenu
    assert nom.split(".")[0] not in document.fichier.name


@pytest.mark.parametrize(
    ("nom", "contenu", "phrase"),
    [
        ("virus.exe", b"MZ", "pas accepté. Acceptés"),
        ("page.html", b"<script>", "pas accepté"),
        ("dessin.svg", b"<svg/>", "pas accepté"),
        ("faux.pdf", b"<html>", "n’est pas celui d’un .pdf"),
        ("faux.docx", ODT, "n’est pas celui d’un .docx"),
        ("macro.docx", AVEC_MACRO, "sans macro"),
        ("faux.txt", b"\x00\x01\x02", "n’est pas celui d’un .txt"),
        ("vide.pdf", b"", "est vide"),
    ],
)
def test_un_fichier_refuse_dit_pourquoi_et_que_faire(
    client_de, coordinatrice, action, adresse, nom, contenu, phrase
):
    reponse = joindre(client_de(coordinatrice), adresse, nom, contenu, titre="Mon titre")
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 422
    assert phrase in page.select_one(".message-erreur").text
    assert page.select_one("[name=titre]")["value"] == "Mon titre"
    assert not action.documents.exists()


def test_un_fichier_trop_lourd_est_refuse(client_de, coordinatrice, action, adresse, monkeypatch):
    monkeypatch.setattr(types_de_fichier, "TAILLE_MAX", 10)
    reponse = joindre(client_de(coordinatrice), adresse, "lourd.pdf", PDF)
    assert "dépasse 20 Mo" in reponse.content.decode()


def test_le_meme_fichier_ne_se_joint_pas_deux_fois(client_de, coordinatrice, action, adresse):
    client = client_de(coordinatrice)
    joindre(client, adresse, "a.pdf", PDF, titre="Convention")
    reponse = joindre(client, adresse, "b.pdf", PDF)
    assert reponse.status_code == 422
    assert "déjà joint" in reponse.content.decode()
    assert action.documents.count() == 1


def test_le_compteur_de_l_onglet_compte_les_documents(client_de, lectrice, action, adresse):
    DocumentActionFactory(action=action)
    page = BeautifulSoup(client_de(lectrice).get(adresse).content, "html.parser")
    assert page.select_one('.onglets [aria-current="page"] .compte').text == "1"
    assert not page.select("form.panneau")


def test_un_document_se_telecharge_sans_rien_pouvoir_lancer(client_de, lectrice, action):
    document = DocumentActionFactory(action=action)
    reponse = client_de(lectrice).get(reverse("contrats:document_telecharger", args=[document.pk]))
    assert reponse["Content-Disposition"] == 'attachment; filename="compte-rendu.txt"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Content-Security-Policy"].startswith("sandbox")
    assert reponse["Content-Type"] == "text/plain"
    assert b"Compte rendu fictif" in reponse.getvalue()


def test_un_fichier_perdu_est_introuvable(client_de, lectrice, action):
    document = DocumentActionFactory(action=action)
    Path(document.fichier.path).unlink()
    adresse = reverse("contrats:document_telecharger", args=[document.pk])
    assert client_de(lectrice).get(adresse).status_code == 404


def test_la_voisine_ne_telecharge_rien(client_de, voisine, action):
    document = DocumentActionFactory(action=action)
    for route in ("telecharger", "renommer", "retirer"):
        adresse = reverse(f"contrats:document_{route}", args=[document.pk])
        assert client_de(voisine).get(adresse).status_code == 404


def test_renommer_change_le_titre_et_une_version_perimee_se_dit(client_de, coordinatrice, action):
    document = DocumentActionFactory(action=action)
    client = client_de(coordinatrice)
    adresse = reverse("contrats:document_renommer", args=[document.pk])
    assert client.post(adresse, {"titre": "Convention", "version": 1}).status_code == 303
    reponse = client.post(adresse, {"titre": "Autre", "version": 1})
    document.refresh_from_db()
    assert document.titre == "Convention"
    assert "«\u00a0Convention\u00a0»" in reponse.content.decode()


def test_retirer_demande_confirmation_puis_efface_le_fichier(
    client_de, coordinatrice, action, django_capture_on_commit_callbacks
):
    document = DocumentActionFactory(action=action)
    chemin, client = Path(document.fichier.path), client_de(coordinatrice)
    adresse = reverse("contrats:document_retirer", args=[document.pk])
    assert document.titre in client.get(adresse).content.decode()
    assert chemin.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adresse)
    assert not DocumentAction.objects.exists()
    assert not chemin.exists()


def test_effacer_la_fiche_pour_de_bon_efface_ses_fichiers(
    coordinatrice, action, django_capture_on_commit_callbacks
):
    chemin = Path(DocumentActionFactory(action=action).fichier.path)
    jetee = mettre_a_la_corbeille(action=action, version=1, par=coordinatrice)
    assert chemin.exists()
    with django_capture_on_commit_callbacks(execute=True):
        effacer_definitivement(action=jetee, par=coordinatrice)
    assert not chemin.exists()


def test_le_nom_garde_ne_porte_ni_chemin_ni_caractere_invisible():
    assert nom_propre("C:\\Mes dossiers\\bilan\u202e.pdf") == "bilan.pdf"
    assert nom_propre("../../etc/passwd.txt") == "passwd.txt"
    assert len(nom_propre("a" * 300 + ".pdf")) == 124


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_documents(
    client_de, coordinatrice, action, adresse, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: DocumentActionFactory.create_batch(n, action=action),
        lire=lambda: client.get(adresse),
    )
