"""Ce que l’on tait des valeurs saisies : la même réponse pour la page, le bilan et l’API."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from indicateurs.models import Agregation, Calcul, Indicateur, Mesure
from indicateurs.secret.valeurs import An, ValeurLue, valeurs_tues
from indicateurs.series import Releve, compte_des_personnes

COLONNES = {
    "cle": "pk",
    "annee": "annee",
    "debut": "periode_debut",
    "fin": "periode_fin",
    "niveau": "niveau_territoire",
    "territoire": "code_territoire",
}
NOMBRES = ("valeur", "numerateur", "denominateur")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Ce que l’on tait d’un indicateur : des lignes de `Mesure`, des années de sa série."""

    mesures: frozenset[UUID] = frozenset()
    annees: frozenset[int] = frozenset()


RIEN = Secrets()


def secrets_de(
    indicateurs: Mapping[UUID, Indicateur], releves: Mapping[UUID, Iterable[Releve]]
) -> dict[UUID, Secrets]:
    """Par indicateur saisi qui compte des personnes ; une requête, aucune s’il n’y en a pas.

    `releves` : leurs années, sans masque. Un indicateur absent de la réponse n’a rien à taire.
    """
    surveilles = {pk: i for pk, i in indicateurs.items() if _est_surveille(i)}
    lues: dict[UUID, list[ValeurLue]] = defaultdict(list)
    connues = Mesure.objects.filter(indicateur__in=list(surveilles), valeur__isnull=False)
    colonnes = ("indicateur_id", *NOMBRES, *COLONNES.values())
    for pk, valeur, haut, bas, *ligne in connues.values_list(*colonnes) if surveilles else ():
        rapport = _est_un_rapport(surveilles[pk])
        effectif = haut if rapport else valeur
        if effectif is not None:
            champs: dict[str, Any] = dict(zip(COLONNES, ligne, strict=True))
            ensemble = bas if rapport else None
            lues[pk].append(ValeurLue(effectif=effectif, ensemble=ensemble, **champs))
    return {
        pk: _secrets(surveilles[pk], valeurs, releves.get(pk, ())) for pk, valeurs in lues.items()
    }


def _est_surveille(indicateur: Indicateur) -> bool:
    """Un rapport l’est toujours : son numérateur peut compter des personnes."""
    if indicateur.calcul != Calcul.SAISIE:
        return False
    libelle = indicateur.libelle_public or indicateur.libelle
    return _est_un_rapport(indicateur) or compte_des_personnes(indicateur.unite, libelle)


def _est_un_rapport(indicateur: Indicateur) -> bool:
    return indicateur.agregation == Agregation.RATIO


def _secrets(
    indicateur: Indicateur, valeurs: list[ValeurLue], releves: Iterable[Releve]
) -> Secrets:
    rapport = _est_un_rapport(indicateur)
    annees = {
        r.annee: effectif
        for r in releves
        if (effectif := r.numerateur if rapport else r.valeur) is not None
    }
    tues = valeurs_tues(valeurs, settings.SEUIL_SECRET_STATISTIQUE, annees=annees)
    return Secrets(
        mesures=frozenset(v.cle for v in valeurs if v.cle in tues),
        annees=frozenset(an for an in annees if An(an) in tues),
    )
