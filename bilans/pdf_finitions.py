"""Ce que WeasyPrint 70 n’écrit pas comme PDF/UA le veut, repris dans l’arbre avant d’écrire."""

import re
import unicodedata
import zlib
from collections.abc import Mapping
from typing import Any

import pydyf

_PDFUA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    b' pdfuaid:part="1"/></rdf:RDF>'
)
_LAM_ALIF = {
    unicodedata.normalize("NFKC", chr(code)).encode("utf-16-be").hex().encode(): b"%04x" % code
    for code in (0xFEF5, 0xFEF7, 0xFEF9, 0xFEFB)
}
_BFCHAR = re.compile(rb"(<[0-9a-f]{4}>) <([0-9a-f]{8})>")


def finir(_document: Any, pdf: pydyf.PDF) -> None:
    _marges_en_artefacts(pdf)
    _dire_la_portee_des_entetes(pdf)
    _declarer_pdfua(pdf)
    _citer_une_fois(pdf)
    _lam_alif_en_un_caractere(pdf)
    pdf.objects = [_Fige(o) if o.free == "n" else o for o in pdf.objects]


class _Fige(pydyf.Object):
    """Un objet déjà écrit.

    Pour l’identifiant du fichier, pydyf 0.13 écrit tout une seconde fois, compression comprise.
    """

    compressible = False
    data = b""

    def __init__(self, objet: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = objet.number, objet.generation
        self.compressible = objet.compressible
        if isinstance(objet, pydyf.Stream) and objet.compress:
            objet = _comprime(objet)
        self.data = objet.data


def _comprime(flux: pydyf.Stream) -> pydyf.Stream:
    """Le niveau 9 de pydyf prend deux fois le temps du niveau 6, pour un centième de moins."""
    brut = pydyf.Array(flux.stream).data[1:-1]
    return pydyf.Stream([zlib.compress(brut, 6)], {**flux.extra, "Filter": "/FlateDecode"})


def _dire_la_portee_des_entetes(pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 ne relie pas l’en-tête d’une colonne d’en-têtes : sa portée doit être dite."""
    objets = {objet.reference: objet for objet in pdf.objects}
    for objet in pdf.objects:
        if isinstance(objet, pydyf.Dictionary) and objet.get("S") == "/TH":
            rang = objets[objet["P"]]
            en_tete = objets[rang["P"]].get("S") == "/THead"
            objet["A"]["Scope"] = "/Column" if en_tete else "/Row"


def _citer_une_fois(pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 cite deux fois chaque fichier associé dans le catalogue."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _marges_en_artefacts(pdf: pydyf.PDF) -> None:
    """Déclare artefacts de pagination les textes des marges (numéro de page, titre courant).

    WeasyPrint 70 les écrit comme du contenu sans les relier à l’arbre des balises : tout contenu
    marqué que l’on n’atteint pas depuis la racine est un texte de marge.
    """
    objets = {objet.reference: objet for objet in pdf.objects}
    racine = objets[pdf.catalog["StructTreeRoot"]]
    atteints = _atteints(objets, list(racine["K"]))
    numeros = objets[racine["ParentTree"]]["Nums"]
    for rang, page in enumerate(pdf.pages["Kids"][::3]):
        parents = numeros[2 * rang + 1]
        marges = {mcid for mcid, parent in enumerate(parents) if parent not in atteints}
        for mcid in marges:
            parents[mcid] = "null"
        _declasser(objets[pdf.objects[page]["Contents"]].stream, marges)


def _atteints(objets: Mapping[bytes, Any], pile: list[Any]) -> set[Any]:
    vus: set[Any] = set()
    while pile:
        reference = pile.pop()
        if reference in objets and reference not in vus:
            vus.add(reference)
            pile.extend(objets[reference].get("K", ()))
    return vus


def _declasser(flux: list[Any], marges: set[int]) -> None:
    for rang, operateur in enumerate(flux):
        if operateur == b"BDC" and flux[rang - 1].get("MCID") in marges:
            flux[rang - 2 : rang] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _declarer_pdfua(pdf: pydyf.PDF) -> None:
    """Écrit « PDF/UA-1 » dans l’unique rdf:RDF : les lecteurs stricts ignorent un second bloc."""
    metadonnees = next(o for o in pdf.objects if o.reference == pdf.catalog["Metadata"])
    contenu = b"\n".join(metadonnees.stream)
    debut, fin, suite = contenu.partition(b"</rdf:RDF>")
    if not fin or b"</rdf:RDF>" in suite:
        raise RuntimeError("Les métadonnées du PDF n’ont pas la forme attendue de WeasyPrint 70.")
    metadonnees.stream = [debut + _PDFUA + suite]


def _lam_alif_en_un_caractere(pdf: pydyf.PDF) -> None:
    """Un seul dessin, deux lettres : recopiées d’une ligne de droite à gauche, elles s’inversent.

    Le dessin est dit par son caractère de compatibilité (Unicode, « Arabic Presentation Forms-B »),
    que toute recherche ramène aux deux lettres (NFKC).
    """
    for objet in pdf.objects:
        if isinstance(objet, pydyf.Stream) and b"/CMapName /Adobe-Identity-UCS def" in objet.stream:
            objet.stream[:] = [
                _BFCHAR.sub(lambda m: b"%s <%s>" % (m[1], _LAM_ALIF.get(m[2], m[2])), ligne)
                for ligne in objet.stream
            ]
