"""Les formes du territoire et ses contours concentriques, placés sur la couverture."""

from bilans.instantane import Carte
from bilans.rapport.parties import CommuneLue


def carte_du_contrat(communes: tuple[CommuneLue, ...]) -> Carte | None:
    """None quand aucun contour n’est connu : la couverture garde ses ondes."""
    return None
