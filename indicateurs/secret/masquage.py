"""Choisir ce que l’on tait : d’abord les petits nombres, puis le moins possible d’autres.

Les mêmes données donnent toujours les mêmes masques, quel que soit l’ordre des lignes.
"""

from indicateurs.secret.audit import Audit
from indicateurs.secret.tableau import Cle, Tableau


def masquer(tableau: Tableau, seuil: int) -> frozenset[Cle]:
    """Les cellules à taire. Vide si rien, ni nombre ni reste, n’est entre 1 et `seuil` − 1.

    Tant qu’une cellule tue se devine, on en tait une de plus dans son groupe : celle qui la
    protège au moindre prix. À la fin, on rend celles dont on peut se passer.
    """
    audit = Audit(tableau, seuil)
    petites = frozenset(
        c for c, cellule in tableau.cellules.items()
        if cellule.est_publiee and cellule.est_petite(seuil)
    )  # fmt: skip
    tues = petites
    while faibles := audit.faibles(tues):
        tues |= {_protectrice(audit, faibles[0], tues)}
    return _sans_exces(audit, tues, petites)


def _protectrice(audit: Audit, faible: Cle, tues: frozenset[Cle]) -> Cle:
    """La moins chère de celles qui suffisent, sinon la moins chère.

    Il y en a toujours une : sans cellule publiée non nulle dans ses additions, un groupe se
    multiplie à volonté et rien ne s’y devine.
    """
    candidates = _candidates(audit, faible, tues)
    return next((c for c in candidates if audit.est_protegee(faible, tues | {c})), candidates[0])


def _candidates(audit: Audit, faible: Cle, tues: frozenset[Cle]) -> list[Cle]:
    """Les cellules encore publiées des additions de son groupe. Un zéro ne se tait jamais."""
    groupe = audit.groupe_de(faible, tues)
    trouvees = {c for addition in audit.additions_de(groupe) for c in addition.termes} - groupe
    cellules = audit.tableau.cellules
    return sorted((c for c in trouvees if cellules[c].valeur > 0), key=lambda c: _prix(audit, c))


def _prix(audit: Audit, cle: Cle) -> tuple[int, object, str]:
    """Un détail avant un total, un petit nombre avant un grand."""
    cellule = audit.tableau.cellules[cle]
    return cellule.rang, cellule.valeur, repr(cle)


def _sans_exces(audit: Audit, tues: frozenset[Cle], petites: frozenset[Cle]) -> frozenset[Cle]:
    """Rend, des plus précieuses aux moindres, les cellules que l’on peut publier sans risque."""
    for cle in sorted(tues - petites, key=lambda c: _prix(audit, c), reverse=True):
        if not audit.faibles(tues - {cle}):
            tues -= {cle}
    return tues
