"""Écrire une longue liste en OpenDocument (ISO/IEC 26300), par morceaux entiers comme en XLSX.

Un texte est un texte : aucune cellule n’est une formule. La norme réduit les espaces répétées et
celles du bord d’un paragraphe : elles ont leur balise.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.tableur.ecriture_ods import DEBUT, ESPACES, MANIFESTE, TYPE
from contrats.tableur.liste_sql import Colonne, Nature
from contrats.tableur.liste_xml import CELLULE, LIGNE, echapper

LIGNES_MAXIMUM = 1_048_576
FEUILLE = "Actions"
SAUT = b"</text:p><text:p>"
CELLULES = {
    Nature.DATE: (
        b'<table:table-cell table:style-name="jour" office:value-type="date" '
        b'office:date-value="%b"/>'
    ),
    Nature.NOMBRE: b'<table:table-cell office:value-type="float" office:value="%b"/>',
    Nature.MONTANT: (
        b'<table:table-cell table:style-name="euros" office:value-type="float" office:value="%b"/>'
    ),
}
TEXTE = (
    b'<table:table-cell office:value-type="string"><text:p>%b</text:p></table:table-cell>'
)  # fmt: skip
VIDE = b"<table:table-cell/>"
BORDS = (CELLULE, LIGNE, SAUT)
ESPACES_GARDEES = (
    (b"  ", b" <text:s/>"),
    *((bord + b" ", bord + b"<text:s/>") for bord in BORDS),
    *((b" " + bord, b"<text:s/>" + bord) for bord in BORDS),
)
SANS_VALEUR = [cellule % b"" for cellule in (*CELLULES.values(), TEXTE)]
_STYLES = (
    '<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/'
    '</number:text><number:month number:style="long"/><number:text>/</number:text><number:year '
    'number:style="long"/></number:date-style><number:number-style style:name="N2">'
    '<number:number number:decimal-places="2" number:min-decimal-places="2" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="euros" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="tete" style:family="table-cell"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
)
# Largeur d’un caractère ordinaire, en centimètres
CARACTERE = 0.2


def ecrire(fichier: IO[bytes], colonnes: Sequence[Colonne], morceaux: Iterable[bytes]) -> None:
    """`morceaux` : des lignes entières de COPY au format texte, sans caractère de commande."""
    with zipfile.ZipFile(fichier, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        # La norme veut ce fichier en tête et non compressé
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFESTE)
        with archive.open("content.xml", "w", force_zip64=True) as feuille:
            for morceau in _contenu(colonnes, morceaux):
                feuille.write(morceau)


def _contenu(colonnes: Sequence[Colonne], morceaux: Iterable[bytes]) -> Iterator[bytes]:
    cellules = b"".join(CELLULES.get(c.nature, TEXTE) for c in colonnes)
    modele = b"<table:table-row>" + cellules + b"</table:table-row>"
    yield _debut(colonnes).encode()
    restent = LIGNES_MAXIMUM - 1
    for morceau in morceaux:
        lignes = _proteger(morceau).split(LIGNE)[:-1]
        restent -= len(lignes)
        if restent < 0:
            raise ErreurMetier(
                "Une feuille OpenDocument ne contient pas plus d’un million de lignes. "
                "Resserrez les filtres, ou choisissez le format CSV."
            )
        rangees = b"".join([modele % tuple(ligne.split(CELLULE)) for ligne in lignes])
        for cellule in SANS_VALEUR:
            rangees = rangees.replace(cellule, VIDE)
        yield rangees
    yield b"</table:table></office:spreadsheet></office:body></office:document-content>"


def _proteger(morceau: bytes) -> bytes:
    protege = echapper(morceau, saut=SAUT, tabulation=b"<text:tab/>")
    for avant, apres in ESPACES_GARDEES:
        if avant in protege:
            protege = protege.replace(avant, apres)
    return protege


def _debut(colonnes: Sequence[Colonne]) -> str:
    largeurs = sorted({colonne.largeur for colonne in colonnes})
    styles = "".join(
        f'<style:style style:name="l{largeur}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{largeur * CARACTERE:.1f}cm"/>'
        "</style:style>"
        for largeur in largeurs
    )
    rangees = "".join(f'<table:table-column table:style-name="l{c.largeur}"/>' for c in colonnes)
    entetes = "".join(
        f'<table:table-cell table:style-name="tete" office:value-type="string"><text:p>'
        f"{escape(colonne.titre)}</text:p></table:table-cell>"
        for colonne in colonnes
    )
    return (
        f'{DEBUT}<office:document-content {ESPACES} office:version="1.3">'
        f"<office:automatic-styles>{_STYLES}{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="{FEUILLE}">{rangees}'
        f"<table:table-header-rows><table:table-row>{entetes}</table:table-row>"
        "</table:table-header-rows>"
    )
