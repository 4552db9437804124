"""Écrire une longue liste en XLSX (ECMA-376) : les lignes de COPY, échappées par morceaux entiers.

Une bibliothèque écrit cellule par cellule ; ici chaque morceau d’un mégaoctet passe une fois par
chaque remplacement. Un texte est un texte : aucune cellule n’est une formule.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

from cls_platform.socle.erreurs import ErreurMetier
from contrats.tableur.liste_sql import Colonne, Nature
from contrats.tableur.liste_xml import CELLULE, LIGNE, echapper

LIGNES_MAXIMUM = 1_048_576
FEUILLE = "Actions"
# Excel lit _x0041_ comme un caractère (ECMA-376, ST_Xstring)
CODE = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")
CELLULES = {
    Nature.DATE: b'<c s="1"><v>%b</v></c>',
    Nature.NOMBRE: b"<c><v>%b</v></c>",
    Nature.MONTANT: b'<c s="2"><v>%b</v></c>',
}
TEXTE = b'<c t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>'
SANS_VALEUR = ((b"<v></v>", b""), (TEXTE % b"", b"<c/>"))

_ENTETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OOXML = "http://schemas.openxmlformats.org"
_PRINCIPAL = f"{_OOXML}/spreadsheetml/2006/main"
_LIENS = f"{_OOXML}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTIES = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OOXML}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_OOXML}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_LIENS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_PRINCIPAL}" xmlns:r="{_LIENS}"><sheets>'
        f'<sheet name="{FEUILLE}" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_OOXML}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_LIENS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_LIENS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_PRINCIPAL}"><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


def ecrire(fichier: IO[bytes], colonnes: Sequence[Colonne], morceaux: Iterable[bytes]) -> None:
    """`morceaux` : des lignes entières de COPY au format texte, sans caractère de commande."""
    with zipfile.ZipFile(fichier, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for nom, partie in PARTIES.items():
            archive.writestr(nom, _ENTETE + partie)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as feuille:
            for morceau in _feuille(colonnes, morceaux):
                feuille.write(morceau)


def _feuille(colonnes: Sequence[Colonne], morceaux: Iterable[bytes]) -> Iterator[bytes]:
    modele = b"<row>" + b"".join(CELLULES.get(c.nature, TEXTE) for c in colonnes) + b"</row>"
    yield _debut(colonnes).encode()
    restent = LIGNES_MAXIMUM - 1
    for morceau in morceaux:
        lignes = _proteger(morceau).split(LIGNE)[:-1]
        restent -= len(lignes)
        if restent < 0:
            raise ErreurMetier(
                "Une feuille Excel ne contient pas plus d’un million de lignes. "
                "Resserrez les filtres, ou choisissez le format CSV."
            )
        rangees = b"".join([modele % tuple(ligne.split(CELLULE)) for ligne in lignes])
        for vide, rien in SANS_VALEUR:
            rangees = rangees.replace(vide, rien)
        yield rangees
    yield b"</sheetData></worksheet>"


def _proteger(morceau: bytes) -> bytes:
    protege = echapper(morceau, saut=b"\n", tabulation=b"\t")
    return CODE.sub(b"_x005F_", protege) if b"_x" in protege else protege


def _debut(colonnes: Sequence[Colonne]) -> str:
    largeurs = "".join(
        f'<col min="{rang}" max="{rang}" width="{colonne.largeur}" customWidth="1"/>'
        for rang, colonne in enumerate(colonnes, start=1)
    )
    entetes = "".join(
        f'<c s="3" t="inlineStr"><is><t>{escape(colonne.titre)}</t></is></c>'
        for colonne in colonnes
    )
    return (
        f'{_ENTETE}<worksheet xmlns="{_PRINCIPAL}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{largeurs}</cols><sheetData><row>{entetes}</row>"
    )
