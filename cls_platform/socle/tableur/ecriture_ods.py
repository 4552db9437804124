"""Écrire en OpenDocument (ISO/IEC 26300) : du XML compressé, sans macro ni formule."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from cls_platform.socle.tableur.feuille import Valeur

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NOMS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
DEBUT = '<?xml version="1.0" encoding="UTF-8"?>'
ESPACES = " ".join(f'xmlns:{court}="{urn}"' for court, urn in _NOMS.items())
_STYLES = (
    '<office:automatic-styles><number:date-style style:name="N1"><number:day '
    'number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="tete" style:family="table-cell"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
    '<style:style style:name="large" style:family="table-column"><style:table-column-properties '
    'style:column-width="6cm"/></style:style></office:automatic-styles>'
)
MANIFESTE = (
    f"{DEBUT}<manifest:manifest "
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


# Nom, en-têtes, lignes
FeuilleAEcrire = tuple[str, Sequence[str], Iterable[Sequence[Valeur]]]


def ecrire(feuilles: Iterable[FeuilleAEcrire]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        # La norme veut ce fichier en tête et non compressé
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFESTE)
        with archive.open("content.xml", "w", force_zip64=True) as flux:
            for morceau in _contenu(feuilles):
                flux.write(morceau.encode())
    return sortie.getvalue()


def _contenu(feuilles: Iterable[FeuilleAEcrire]) -> Iterator[str]:
    yield DEBUT
    yield f'<office:document-content {ESPACES} office:version="1.3">{_STYLES}'
    yield "<office:body><office:spreadsheet>"
    for feuille in feuilles:
        yield from _feuille(*feuille)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _feuille(nom: str, entetes: Sequence[str], lignes: Iterable[Sequence[Valeur]]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(nom)}>"
    yield (
        f'<table:table-column table:style-name="large" '
        f'table:number-columns-repeated="{len(entetes)}"/>'
    )
    yield f"<table:table-row>{''.join(_cellule(e, 'tete') for e in entetes)}</table:table-row>"
    for ligne in lignes:
        yield f"<table:table-row>{''.join(_cellule(v) for v in ligne)}</table:table-row>"
    yield "</table:table>"


def _cellule(valeur: Valeur, style: str = "") -> str:
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if isinstance(valeur, date):
        return (
            '<table:table-cell table:style-name="jour" office:value-type="date" '
            f'office:date-value="{valeur:%Y-%m-%d}"><text:p>{valeur:%d/%m/%Y}</text:p>'
            "</table:table-cell>"
        )
    if not isinstance(valeur, str):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}">'
            f"<text:p>{valeur}</text:p></table:table-cell>"
        )
    attribut = f' table:style-name="{style}"' if style else ""
    paragraphes = "".join(f"<text:p>{_texte(ligne)}</text:p>" for ligne in valeur.split("\n"))
    return (
        f'<table:table-cell{attribut} office:value-type="string">{paragraphes}</table:table-cell>'
    )


def _texte(ligne: str) -> str:
    """Les espaces répétées et les tabulations ont leurs balises : la norme les réduirait."""
    protege = escape(ligne).replace("\t", "<text:tab/>")
    if protege.startswith(" "):
        protege = f"<text:s/>{protege[1:]}"
    return protege.replace("  ", " <text:s/>")
