"""Un fichier dont les octets ne disent que son contenu : ni heure, ni ordre de hasard.

PPTX et XLSX sont des archives : chaque entrée y porte une date, et le classeur d’un graphique y
écrit l’heure de sa fabrication.
"""

import io
import re
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def figer(octets: bytes, le: date) -> bytes:
    """L’archive, et celles qu’elle contient, datées du jour des données."""
    tampon = io.BytesIO()
    with ZipFile(io.BytesIO(octets)) as entree, ZipFile(tampon, "w", ZIP_DEFLATED) as sortie:
        for ancienne in entree.infolist():
            neuve = ZipInfo(ancienne.filename, (le.year, le.month, le.day, 0, 0, 0))
            neuve.compress_type, neuve.create_system = ZIP_DEFLATED, 3
            sortie.writestr(neuve, _contenu(ancienne.filename, entree.read(ancienne), le))
    return tampon.getvalue()


def _contenu(nom: str, octets: bytes, le: date) -> bytes:
    if nom.endswith(".xlsx"):
        return figer(octets, le)
    if nom == "docProps/core.xml":
        moment = f"{le:%Y-%m-%d}T00:00:00Z".encode()
        return _DATES.sub(rb"\g<1>" + moment + rb"\g<2>", octets)
    return octets
