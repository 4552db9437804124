"""Ce qu’un bilan annonçait pour la suite, point par point, lu dans ses données figées."""

from typing import Any

from bilans.instantane import DonneesIllisibles, Instantane, relire
from bilans.models import AnnonceBilan
from bilans.textes import Bloc, blocs
from cls_platform.socle.typographie import INSECABLE

LONGUEUR = int(AnnonceBilan._meta.get_field("texte").max_length or 0)
POINTS_AU_PLUS = 30


def annonces_du_bilan(bilan: Any) -> tuple[str, ...]:
    """Rien si les données figées ne se lisent pas : on n’invente pas ce qui était annoncé."""
    try:
        return annonces_de(relire(bilan.instantane or {}))
    except DonneesIllisibles:
        return ()


def annonces_de(instantane: Instantane) -> tuple[str, ...]:
    """Un point par ligne à puce des perspectives ; sans aucune puce, un par paragraphe."""
    perspectives = instantane.textes.perspectives
    lus = blocs(perspectives.texte) if perspectives else []
    points = [b for b in lus if b.est_point] or [b for b in lus if not b.est_titre]
    return tuple(filter(None, map(_en_une_ligne, points)))[:POINTS_AU_PLUS]


def _en_une_ligne(bloc: Bloc) -> str:
    suite = " ".join(
        f"{p.gras}{INSECABLE}: {p.texte}" if p.gras else p.texte for p in bloc.paragraphes
    )
    entiere = f"{bloc.etiquette}{INSECABLE}: {suite}" if bloc.etiquette else suite
    return entiere if len(entiere) <= LONGUEUR else f"{entiere[: LONGUEUR - 1].rstrip()}…"
