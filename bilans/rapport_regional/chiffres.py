"""Les chiffres de la page d’ouverture : un grand, quatre autres, chacun avec son effectif."""

from dataclasses import dataclass

from bilans.dossier.passages import ecrit
from bilans.mise_en_page.mesures import MM, POINT
from bilans.rapport_regional.instantane import Denominateurs, Instantane
from cls_platform.socle.svg import metriques
from cls_platform.socle.typographie import date_longue, nombre, pluriel, pourcent

TAILLES_DU_GRAND, TAILLES = (116, 96, 72), (44, 34, 26)


@dataclass(frozen=True, slots=True)
class Chiffre:
    """`taille` : en points, celle où la valeur tient sur une ligne."""

    valeur: str
    taille: int
    intitule: str
    phrase: str
    source: str


@dataclass(frozen=True, slots=True)
class Chiffres:
    grand: Chiffre
    rangs: tuple[tuple[Chiffre, Chiffre], ...]


def chiffres(instantane: Instantane) -> Chiffres:
    c, d = instantane.couverture, instantane.denominateurs
    millesime = (
        f", population municipale {d.millesime_population}" if d.millesime_population else ""
    )
    blancs = c.population - c.population_engagee
    finissent = len(instantane.fins)
    sans_suite = sum(not fin.a_une_suite for fin in instantane.fins)
    grand = _chiffre(
        pourcent(c.taux_signe),
        f"des habitants {instantane.lieu.complement} vivent dans une commune couverte par un "
        "contrat local de santé signé",
        f"{nombre(c.population_signee)} sur {pluriel(c.population, 'habitant')}, au "
        f"{date_longue(instantane.le)}. Chaque commune compte une fois.",
        f"Source : contrats saisis sur la plateforme ; {_source(d.edition)}{millesime}.",
        TAILLES_DU_GRAND,
    )
    autres = (
        _chiffre(
            pourcent(c.taux_engage),
            "avec les contrats en projet",
            f"{nombre(c.population_engagee)} habitants, "
            f"{pluriel(c.contrats_engages - c.contrats_signes, 'contrat')} de plus.",
        ),
        _chiffre(
            nombre(c.communes_signees),
            f"communes couvertes sur {nombre(c.communes)}",
            f"{_part(c.communes_signees, c.communes)} des communes.",
        ),
        _chiffre(
            nombre(c.contrats_signes),
            "contrats signés en vigueur" if c.contrats_signes > 1 else "contrat signé en vigueur",
            f"{nombre(finissent)} {'finissent' if finissent > 1 else 'finit'} dans les deux ans, "
            f"dont {nombre(sans_suite)} sans suite en préparation."
            if finissent
            else "Aucun ne finit dans les deux ans.",
        ),
        _chiffre(
            nombre(blancs),
            "habitants sans contrat, ni signé, ni en projet",
            f"Dans {pluriel(len(instantane.blancs), 'territoire')}.",
        ),
    )
    return Chiffres(grand, ((autres[0], autres[1]), (autres[2], autres[3])))


def millesime_dit(d: Denominateurs) -> str:
    """« , population municipale 2023 »."""
    return f", population municipale {d.millesime_population}" if d.millesime_population else ""


def _source(edition: str) -> str:
    return f"Insee et DGCL, {edition}" if edition else "Insee et DGCL"


def _part(partie: int, tout: int) -> str:
    return pourcent(partie / tout) if tout else "—"


def _chiffre(
    valeur: str, intitule: str, phrase: str, source: str = "", tailles: tuple[int, ...] = TAILLES
) -> Chiffre:
    tenues = (t for t in tailles if metriques.largeur(valeur, t * POINT, 800) <= 82 * MM)
    return Chiffre(valeur, next(tenues, tailles[-1]), ecrit(intitule), ecrit(phrase), ecrit(source))
