"""Un fichier trop gros ou piégé est refusé tôt, avec une phrase ; les autres se lisent."""

import io
import re
import zipfile
from functools import cache

import pytest

from cls_platform.socle.tableur import feuille as module_feuille
from cls_platform.socle.tableur import garde
from cls_platform.socle.tableur.feuille import Feuille
from cls_platform.socle.tableur.lecture import ouvrir
from cls_platform.socle.tableur.limites import LIGNES_MAX, OCTETS_MAX, ClasseurRefuse
from tests.contrats.tableur.classeurs import classeur_simple, feuille_de

LIGNE_XLSX = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Action {n}</t></is></c></row>'


def archive(**parties: bytes) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as contenu:
        for nom, octets in parties.items():
            contenu.writestr(nom, octets)
    return sortie.getvalue()


def remplacer(classeur: bytes, partie: str, contenu: bytes) -> bytes:
    """Le même classeur, une partie changée."""
    with zipfile.ZipFile(io.BytesIO(classeur)) as source:
        parties = {nom: source.read(nom) for nom in source.namelist()}
    return archive(**(parties | {partie: contenu}))


def feuille_xlsx(lignes: str, etendue: str = "") -> bytes:
    dimension = f'<dimension ref="{etendue}"/>' if etendue else ""
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{lignes}</sheetData></worksheet>"
    )
    return remplacer(classeur_simple(["Action"]), "xl/worksheets/sheet1.xml", xml.encode())


def refus(contenu: bytes, nom: str = "plan.xlsx") -> str:
    with pytest.raises(ClasseurRefuse) as erreur:
        feuille_de(contenu, nom)
    return erreur.value.message


def contenu_ods(tableau: str) -> bytes:
    xml = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
        f'<table:table table:name="Plan">{tableau}</table:table></office:document-content>'
    )
    return archive(**{"content.xml": xml.encode()})


@pytest.fixture
def lignes_lues(monkeypatch) -> list[int]:
    """Combien de lignes ont été prises avant le refus."""
    compte: list[int] = []
    ajouter = Feuille.ajouter

    def compter(self, ligne):
        compte.append(1)
        return ajouter(self, ligne)

    monkeypatch.setattr(module_feuille.Feuille, "ajouter", compter)
    return compte


VIDES = '<c s="1"/>' * 14 + "</row>"


@cache
def un_million() -> str:
    return "".join(LIGNE_XLSX.format(n=n) for n in range(1, 1_000_001))


def test_un_million_de_lignes_s_arrete_a_la_limite(lignes_lues):
    contenu = feuille_xlsx(un_million(), etendue="A1:A1000000")
    assert "20\u202f000 lignes" in refus(contenu)
    assert len(lignes_lues) == LIGNES_MAX + 1


def test_une_feuille_immense_qui_tait_son_etendue_est_refusee_sans_etre_lue(lignes_lues):
    assert "20\u202f000 lignes" in refus(feuille_xlsx(un_million()))
    larges = (LIGNE_XLSX.format(n=n).replace("</row>", VIDES) for n in range(90_000))
    assert "cellules" in refus(feuille_xlsx("".join(larges)))
    assert not lignes_lues


def test_une_ligne_d_un_million_de_cellules_est_refusee_sans_etre_lue(lignes_lues):
    contenu = feuille_xlsx(re.sub(r"</row><row[^>]*>", "", un_million()), etendue="A1:AA1")
    assert "500 colonnes" in refus(contenu)
    assert not lignes_lues


def test_une_cellule_a_la_millionieme_ligne_s_arrete_sans_traverser_le_vide(lignes_lues):
    contenu = feuille_xlsx(LIGNE_XLSX.format(n=1) + LIGNE_XLSX.format(n=1_048_576))
    assert "lignes" in refus(contenu)
    assert len(lignes_lues) <= module_feuille.LIGNES_VIDES_MAX + 1


def test_un_million_de_lignes_de_csv_s_arrete_a_la_limite(lignes_lues):
    assert "lignes" in refus(b"Action;Pilote\n" + b"Marcher;CCAS\n" * 1_000_000, "plan.csv")
    assert len(lignes_lues) == LIGNES_MAX + 1


def test_une_ligne_ods_repetee_un_milliard_de_fois_n_est_pas_depliee(lignes_lues):
    cellule = '<table:table-cell office:value-type="string"><text:p>A</text:p></table:table-cell>'
    ligne = f'<table:table-row table:number-rows-repeated="1000000000">{cellule}</table:table-row>'
    assert "lignes" in refus(contenu_ods(ligne), "plan.ods")
    assert not lignes_lues


def test_une_cellule_ods_repetee_n_est_pas_depliee():
    cellule = (
        '<table:table-cell table:number-columns-repeated="999999999" office:value-type="string">'
        "<text:p>A</text:p></table:table-cell>"
    )
    message = refus(contenu_ods(f"<table:table-row>{cellule}</table:table-row>"), "plan.ods")
    assert "colonnes" in message


def test_un_ods_qui_finit_par_un_million_de_lignes_vides_se_lit():
    pleine = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Action</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16383"/>'
        "</table:table-row>"
    )
    vides = (
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    lue = feuille_de(contenu_ods(pleine + vides), "plan.ods")
    assert lue.lignes == [["Action"]]


def test_des_colonnes_jusqu_au_bout_de_la_feuille_sont_refusees():
    contenu = feuille_xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    assert "500 colonnes" in refus(contenu)


@pytest.mark.parametrize(
    "partie", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("encodage", ["utf-8", "utf-16"])
def test_des_entites_qui_se_multiplient_sont_refusees_partout(partie, encodage):
    entites = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bombe = (
        f'<?xml version="1.0" encoding="{encodage}"?><!DOCTYPE a [<!ENTITY e0 "ha">{entites}]>'
        "<a>&e9;</a>"
    )
    contenu = remplacer(classeur_simple(["Action"]), partie, bombe.encode(encodage))
    assert "n’est pas lu" in refus(contenu)


def test_une_entite_qui_lit_un_fichier_de_la_machine_est_refusee():
    piege = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "n’est pas lu" in refus(archive(**{"content.xml": piege.encode()}), "plan.ods")


def test_une_archive_qui_se_deplie_trop_est_refusee_sans_etre_depliee():
    contenu = archive(**{"content.xml": b" " * 60_000_000})
    assert len(contenu) < 100_000
    assert "se déplie anormalement" in refus(contenu, "plan.ods")


def test_trop_d_octets_deplies_sont_refuses(monkeypatch):
    monkeypatch.setattr(garde, "OCTETS_DEPLIES_MAX", 1_000)
    assert "trop gros" in refus(classeur_simple(["Action"]))


def test_un_fichier_trop_lourd_est_refuse_avant_d_etre_ouvert():
    assert "20 Mo" in refus(b"PK\x03\x04" + b"0" * OCTETS_MAX)


@pytest.mark.parametrize(
    ("contenu", "nom", "attendu"),
    [
        (b"PK\x03\x04abime", "plan.xlsx", "abîmé"),
        (b"\xd0\xcf\x11\xe0ancien", "plan.xls", ".xlsx"),
        (b"%PDF-1.7", "plan.pdf", "Ce format n’est pas lu"),
        (archive(**{"word/document.xml": b"<a/>"}), "plan.docx", "Ce format n’est pas lu"),
        (b"a;b\x00c", "plan.csv", "pas un texte"),
        (archive(**{"content.xml": b"<a"}), "plan.ods", "abîmé"),
        (archive(**{"xl/workbook.xml": b"<a/>"}), "plan.xlsx", "abîmé"),
    ],
    ids=["archive abîmée", "ancien Excel", "PDF", "Word", "octets nuls", "XML coupé", "vide"],
)
def test_un_fichier_d_une_autre_nature_est_refuse_avec_une_phrase(contenu, nom, attendu):
    assert attendu in refus(contenu, nom)


def test_une_feuille_absente_nomme_celles_qu_il_y_a():
    with pytest.raises(ClasseurRefuse, match="« Actions »"):
        ouvrir(io.BytesIO(classeur_simple(["Action"])), "p.xlsx").lire("Plan")
