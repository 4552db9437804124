"""Les formes du territoire et ses contours concentriques, placés sur la couverture."""

from collections import defaultdict
from functools import lru_cache

from acteurs.contours import SOURCE
from acteurs.formes import FormesTerritoire, Partie, formes_du_territoire
from bilans.instantane import Cadre, Carte, Forme
from bilans.rapport.parties import CommuneLue

PARTIES_MAXIMUM = 40


@lru_cache(maxsize=32)
def carte_du_contrat(communes: tuple[CommuneLue, ...]) -> Carte | None:
    """Une forme par intercommunalité ; par commune s’il n’y en a qu’une, et pas trop de communes.

    None quand aucun contour n’est connu, ou que le territoire est à cheval sur deux cartes.
    """
    try:
        formes = formes_du_territoire(_parties(communes))
    except ValueError:
        return None
    return carte_figee(formes) if formes else None


def _parties(communes: tuple[CommuneLue, ...]) -> list[Partie]:
    par_epci: dict[str, list[CommuneLue]] = defaultdict(list)
    for commune in communes:
        par_epci[commune.epci].append(commune)
    if len(par_epci) == 1 and len(communes) <= PARTIES_MAXIMUM:
        return [Partie(code=c.code, nom=c.nom, communes=(c.code,)) for c in communes]
    return [
        Partie(code=nom, nom=nom, communes=tuple(c.code for c in membres))
        for nom, membres in sorted(par_epci.items())
    ]


def carte_figee(formes: FormesTerritoire) -> Carte:
    """Les formes telles que le document les garde, avec leur source."""
    x, y, largeur, hauteur = (round(float(v), 1) for v in formes.cadre)
    return Carte(
        cadre=Cadre(x=x, y=y, largeur=largeur, hauteur=hauteur),
        formes=tuple(
            Forme(nom=p.nom, trace=p.chemin, x=p.x, y=p.y, rayon=p.rayon) for p in formes.parties
        ),
        ondes=formes.ondes,
        source=f"Contours : {SOURCE}.",
    )
