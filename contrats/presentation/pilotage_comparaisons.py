"""Départements et contrats côte à côte : toujours avec leur effectif, jamais sous le seuil."""

from collections.abc import Iterator, Sequence
from datetime import date

from contrats.etats import StatutAction
from contrats.pilotage.comptes import SEUIL, Comparaison, Comparaisons
from contrats.presentation.tableau_pilotage import (
    Colonne,
    Filtre,
    Genre,
    Rang,
    TableauDePilotage,
    Versant,
    rang,
    source,
)

PARTS = ("realisees", "en_retard", "sans_pilote")
FILTRES: tuple[dict[str, Filtre], ...] = (
    {"statut": (StatutAction.REALISEE.value, StatutAction.REALISEE_PARTIELLEMENT.value)},
    {"en_retard": "true"},
    {"sans_pilote": "true", "hors_abandon": "true"},
)
COLONNES = (
    Colonne("Contrats"),
    Colonne("Fiches (n)"),
    Colonne("Réalisées", Genre.PART),
    Colonne("En retard", Genre.PART),
    Colonne("Sans pilote", Genre.PART),
)
TROP_PEU = f"n < {SEUIL}"
SOURCE = "fiches lisibles des plans d’actions"


def tableaux_des_comparaisons(
    lues: Comparaisons, le: date, vers: Versant
) -> Iterator[TableauDePilotage]:
    yield TableauDePilotage(
        cle="departements",
        titre="D’un département à l’autre",
        tete="Département",
        colonnes=COLONNES,
        rangs=tuple(
            _rang(
                COLONNES,
                d,
                vers,
                {"departement": d.code} if d.code else None,
                se_compare=lues.se_compare(d),
            )
            for d in lues.departements
        ),
        total=_rang(COLONNES, lues.region, vers, {}),
        regle="Fiches hors abandonnées\u00a0; réalisées, même en partie. La part d’un département "
        f"est celle de toutes ses fiches réunies. Sous {SEUIL}\u00a0contrats, un département ne se "
        "compare pas. Un contrat est du département où vivent le plus de ses habitants.",
        source=source(SOURCE, le),
    )
    colonnes = COLONNES[1:]
    yield TableauDePilotage(
        cle="par-contrat",
        titre="D’un contrat à l’autre",
        tete="Contrat",
        colonnes=colonnes,
        rangs=tuple(_rang(colonnes, c, vers, {"contrat": c.code}) for c in lues.contrats),
        total=_rang(colonnes, lues.region, vers, {}),
        regle=f"Fiches hors abandonnées. Sous {SEUIL}\u00a0fiches, aucune part ne s’écrit.",
        source=source(SOURCE, le),
    )


def _rang(
    colonnes: Sequence[Colonne],
    comparee: Comparaison,
    vers: Versant,
    choix: dict[str, Filtre] | None,
    *,
    se_compare: bool = True,
) -> Rang:
    """`choix` à None : rien ne désigne ses lignes, rien n’y est lien."""
    parts = [comparee.part(champ) if se_compare else None for champ in PARTS]
    valeurs = [comparee.contrats, comparee.actions, *parts]
    adresses = _adresses(vers, choix) if choix is not None else []
    debut = len(COLONNES) - len(colonnes)
    return rang(
        colonnes,
        comparee.nom,
        valeurs[debut:],
        adresses=adresses[debut:],
        sinon=TROP_PEU,
        code=comparee.code,
    )


def _adresses(vers: Versant, choix: dict[str, Filtre]) -> list[str]:
    return [
        vers("contrats", **choix),
        vers("fiches", **choix, hors_abandon="true"),
        *(vers("fiches", **choix, **filtres) for filtres in FILTRES),
    ]
