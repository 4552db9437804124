"""Des lignes de COPY au XML d’un tableur : chaque morceau passe une fois par chaque remplacement.

COPY au format texte sépare par tabulation et saut de ligne, et les échappe dans les valeurs.
"""

import re

LIGNE, CELLULE, BARRE = b"\x01", b"\x02", b"\x03"
_SEPARATEURS = (
    (b"\n", LIGNE),
    (b"\t", CELLULE),
    (b"&", b"&amp;"),
    (b"<", b"&lt;"),
    (b">", b"&gt;"),
)
# U+FFFE et U+FFFF, qu’un document XML ne contient pas
_HORS_XML = re.compile(rb"\xef\xbf[\xbe\xbf]")


def echapper(morceau: bytes, *, saut: bytes, tabulation: bytes) -> bytes:
    """LIGNE et CELLULE séparent ; `saut`, `tabulation` : ceux qui sont dans une valeur."""
    for avant, apres in _SEPARATEURS:
        morceau = morceau.replace(avant, apres)
    if b"\xef\xbf" in morceau:
        morceau = _HORS_XML.sub(b"", morceau)
    if b"\\" not in morceau:
        return morceau
    for avant, apres in _echappes(saut, tabulation):
        morceau = morceau.replace(avant, apres)
    return morceau


def _echappes(saut: bytes, tabulation: bytes) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"\\\\", BARRE),
        (b"\\n", saut),
        (b"\\t", tabulation),
        *((code, b"") for code in (b"\\r", b"\\b", b"\\f", b"\\v")),
        (BARRE, b"\\"),
    )
