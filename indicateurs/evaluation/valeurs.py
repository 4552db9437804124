"""Ce que disent aujourd’hui les indicateurs d’une question : la dernière valeur, la cible."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from contrats.models import Contrat
from indicateurs import phrases
from indicateurs.calcul.lecture import series_du_contrat
from indicateurs.models import Indicateur
from indicateurs.series import Serie

AUCUNE = "pas encore mesuré"


@dataclass(frozen=True, slots=True)
class ValeurDIndicateur:
    """`cible` vide : l’indicateur n’en a pas."""

    pk: UUID
    libelle: str
    valeur: str
    cible: str


def valeurs_de(
    contrat: Contrat, indicateurs: Iterable[Indicateur]
) -> dict[UUID, ValeurDIndicateur]:
    """Pour qui suit le contrat : rien n’y est masqué."""
    cites = list({indicateur.pk: indicateur for indicateur in indicateurs}.values())
    series = series_du_contrat(contrat, cites) if cites else {}
    return {
        indicateur.pk: ValeurDIndicateur(
            indicateur.pk,
            indicateur.libelle,
            derniere(series[indicateur.pk]),
            visee(series[indicateur.pk]),
        )
        for indicateur in cites
        if indicateur.pk in series
    }


def derniere(serie: Serie) -> str:
    """« 71 personnes en 2026 », l’année la plus récente dont on sait quelque chose."""
    connus = [r for r in serie.releves if r.valeur is not None or r.est_secret]
    if not connus:
        return AUCUNE
    releve = connus[-1]
    mention = ", provisoire" if releve.est_provisoire else ""
    return f"{phrases.lire(releve, serie)} en {releve.annee}{mention}"


def visee(serie: Serie) -> str:
    if serie.cible is None:
        return ""
    but = phrases.ecrire(serie.cible.valeur, serie.unite, serie.decimales)
    return f"{but} en {serie.cible.annee}"
