"""Ce qui fait une fiche complète : la règle, à un seul endroit.

Les quatre premiers éléments (titre, description, statut, pilote) sont la définition commune d’une
fiche complète ; les suivants sont rangés par importance. Aucun accès à la base : les QuerySets
disent ce qui est rempli (`avec_completude`), ce module compte.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from cls_platform.socle import typographie

ESSENTIEL, IMPORTANT, UTILE = 5, 3, 1
SEUIL_INCOMPLETE = 50


@dataclass(frozen=True, slots=True)
class Critere:
    """Rempli dès qu’un de ses champs l’est. `ou` : le champ en place, ou l’onglet, où l’écrire."""

    nom: str
    libelle: str
    poids: int
    champs: tuple[str, ...]
    ou: str = ""

    @property
    def champ(self) -> str:
        return self.ou or self.nom

    @property
    def est_ailleurs(self) -> bool:
        """S’écrit dans un autre onglet que la fiche : `ou` est un nom d’adresse."""
        return ":" in self.ou


CRITERES = (
    Critere("titre", "Titre", ESSENTIEL, ("titre",)),
    Critere("description", "Description", ESSENTIEL, ("description",)),
    Critere("statut", "Statut", ESSENTIEL, ("statut",)),
    Critere("pilote", "Pilote", ESSENTIEL, ("pilote", "pilote_personne", "pilote_nom")),
    Critere("objectif", "Objectif", IMPORTANT,
            ("objectif_general", "objectifs_operationnels", "objectif"), "objectif_general"),
    Critere("populations", "Publics", IMPORTANT, ("populations",)),
    Critere("calendrier", "Échéance", IMPORTANT, ("date_fin",)),
    Critere("resultats_attendus", "Résultats attendus", IMPORTANT, ("resultats_attendus",)),
    Critere("partenaires", "Partenaires", IMPORTANT, ("liens_acteurs",)),
    Critere("indicateurs", "Indicateurs", IMPORTANT, ("indicateurs",), "indicateurs:action"),
    Critere("budget", "Budget", IMPORTANT, ("lignes_budget", "financements"),
            "contrats:action_budget"),
    Critere("modalites_evaluation", "Évaluation", UTILE, ("modalites_evaluation",)),
    Critere("themes", "Thèmes", UTILE, ("themes",)),
    Critere("resume_public", "En mots simples", UTILE, ("resume_public",)),
    Critere("contexte", "Constat du diagnostic", UTILE, ("contexte",)),
    Critere("jalons", "Étapes", UTILE, ("jalons",), "contrats:action_suivi"),
    Critere("moyens", "Moyens", UTILE, ("moyens",)),
)  # fmt: skip
TOTAL = sum(critere.poids for critere in CRITERES)


@dataclass(frozen=True, slots=True)
class Completude:
    """`resume` : « 10 éléments sur 17 ». `manques` : du plus au moins important."""

    pourcentage: int
    resume: str
    manques: tuple[Critere, ...]


def completude(remplis: Mapping[str, bool]) -> Completude:
    """`remplis` : le nom de chaque critère, et s’il est rempli."""
    nombre = sum(remplis[critere.nom] for critere in CRITERES)
    return Completude(
        pourcentage(remplis),
        f"{typographie.pluriel(nombre, 'élément')} sur {len(CRITERES)}",
        tuple(critere for critere in CRITERES if not remplis[critere.nom]),
    )


def pourcentage(remplis: Mapping[str, bool]) -> int:
    """De 0 à 100 ; un élément essentiel pèse cinq fois un élément utile."""
    return 100 * sum(c.poids for c in CRITERES if remplis[c.nom]) // TOTAL


def moyenne(fiches: Iterable[Mapping[str, bool]]) -> int:
    """La complétude d’un plan : la moyenne de ses fiches ; 0 sans fiche."""
    parts = [pourcentage(remplis) for remplis in fiches]
    return round(fmean(parts)) if parts else 0


def moyenne_de(somme: int, nombre: int) -> int:
    """La même, d’après la somme des pourcentages et le nombre de fiches."""
    return round(somme / nombre) if nombre else 0


def regle() -> str:
    """La règle, telle qu’on la lit sous le chiffre."""
    phrases = {
        ESSENTIEL: "Comptent cinq fois",
        IMPORTANT: "Comptent trois fois",
        UTILE: "Comptent une fois",
    }
    return " ".join(
        f"{debut} : {', '.join(c.libelle.lower() for c in CRITERES if c.poids == poids)}."
        for poids, debut in phrases.items()
    )
