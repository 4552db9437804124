"""Les fichiers tels qu’ils arrivent : encodages, séparateurs, classeurs, formules, pièges."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from cls_platform.socle.tableur.limites import ClasseurRefuse
from contrats.models import Contrat
from tests.contrats.cls.listes import ENTETE, SIGNE, communes, contrat, csv, importer, messages
from tests.contrats.tableur.classeurs import classeur_simple, octets

pytestmark = pytest.mark.django_db

TEXTE = csv(SIGNE).decode()


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_chaque_encodage_courant_se_lit(administratrice, encodage):
    importer(TEXTE.encode(encodage), administratrice)
    assert contrat().nom == "Cornouaille d’essai"


def test_un_fichier_a_tabulations_se_lit(administratrice):
    importer(TEXTE.replace(";", "\t").encode(), administratrice)
    assert communes() == {"29232", "29020"}


def test_un_fichier_a_virgules_se_lit(administratrice):
    texte = TEXTE.replace("29232,29020", '"29232 29020"').replace(";", ",")
    importer(texte.encode(), administratrice)
    assert communes() == {"29232", "29020"}


def test_des_fins_de_ligne_de_windows_se_lisent(administratrice):
    importer(TEXTE.replace("\n", "\r\n").encode(), administratrice)
    assert contrat().phase == "MISE_EN_OEUVRE"


def ods(*lignes: list[str]) -> bytes:
    cellules = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in ligne
        )
        + "</table:table-row>"
        for ligne in lignes
    )
    xml = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
        f'<table:table table:name="Contrats">{cellules}</table:table></office:document-content>'
    )
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("content.xml", xml)
    return sortie.getvalue()


def test_un_classeur_opendocument_se_lit(administratrice):
    importer(ods(ENTETE.split(";"), SIGNE.split(";")), administratrice, nom="liste.ods")
    assert communes() == {"29232", "29020"}


def test_une_formule_de_classeur_sans_valeur_est_refusee_comme_vide(administratrice):
    """Un classeur jamais calculé n’a pas de valeur : la cellule obligatoire manque."""
    classeur = Workbook()
    classeur.active.append(ENTETE.split(";"))
    ligne = SIGNE.split(";")
    ligne[1] = '=CONCAT("Corn";"ouaille")'
    classeur.active.append(ligne)
    rapport = importer(octets(classeur), administratrice, nom="liste.xlsx")
    assert messages(rapport) == [(2, "nom", "", "Il manque le nom de ce nouveau contrat.")]


def test_un_code_a_zero_initial_perdu_par_le_tableur_est_retrouve(administratrice):
    """1004 dans une cellule de nombre : le code 01004, que l’extrait n’a pas."""
    ligne = [*SIGNE.split(";")]
    ligne[4] = 1004
    rapport = importer(classeur_simple(ENTETE.split(";"), ligne), administratrice, nom="l.xlsx")
    assert [m[2] for m in messages(rapport)] == ["01004"]


@pytest.mark.parametrize(
    ("contenu", "nom", "attendu"),
    [
        (b"PK\x03\x04abime", "liste.xlsx", "abîmé"),
        (b"\xd0\xcf\x11\xe0ancien", "liste.xls", ".xlsx"),
        (b"%PDF-1.7", "liste.pdf", "Ce format n’est pas lu"),
        (b"code_cls;nom\x00\n", "liste.csv", "n’est pas un texte"),
        (b"", "liste.csv", "Aucune ligne d’en-tête"),
    ],
    ids=["abîmé", "ancien Excel", "PDF", "octets nuls", "vide"],
)
def test_un_fichier_illisible_est_refuse_avec_une_phrase(administratrice, contenu, nom, attendu):
    with pytest.raises(ClasseurRefuse) as refus:
        importer(contenu, administratrice, nom=nom)
    assert attendu in refus.value.message
    assert not Contrat.objects.exists()
