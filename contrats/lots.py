"""Ce que l’on demande à plusieurs fiches à la fois, et l’effet sur une fiche. Sans base de données.

Une valeur est un code : date AAAA-MM-JJ, identifiant, liste d’identifiants triée. Un champ que la
demande ne nomme pas n’est ni lu, ni écrit.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from contrats.etats import StatutAction

Unite = Literal["jours", "mois"]
UNITES = [("mois", "mois"), ("jours", "jours")]
DECALAGE_MAX: Mapping[str, int] = {"jours": 3660, "mois": 120}
HORS_CALENDRIER = "Cette date décalée sort du calendrier. Décalez-la de moins."
FIN_DU_STATUT = ("statut_raison", "statut_est_impose")
DU_PILOTE = ("pilote", "pilote_personne", "pilote_nom")
DATES = ("date_debut", "date_fin")
COLONNES = ("statut", *FIN_DU_STATUT, "priorite", *DU_PILOTE, *DATES, "est_publique")
NOMENCLATURES = ("themes", "sous_themes", "populations")


@dataclass(frozen=True, slots=True)
class Decalage:
    nombre: int
    unite: Unite


@dataclass(frozen=True, slots=True)
class Retouche:
    """Ce que l’on ajoute à une liste et ce que l’on en retire ; le reste demeure."""

    ajouter: frozenset[str] = frozenset()
    retirer: frozenset[str] = frozenset()

    def appliquer(self, presents: Iterable[str]) -> list[str]:
        return sorted((set(presents) | self.ajouter) - self.retirer)

    @property
    def est_vide(self) -> bool:
        return not (self.ajouter or self.retirer)


@dataclass(frozen=True, slots=True)
class Demande:
    """`valeurs` : colonnes à poser telles quelles. `decalages` : dates à déplacer, si elles y sont.

    `listes` : thèmes, sous-thèmes, publics, et organisations par rôle (« partenaires »…).
    """

    valeurs: Mapping[str, Any] = field(default_factory=dict)
    decalages: Mapping[str, Decalage] = field(default_factory=dict)
    listes: Mapping[str, Retouche] = field(default_factory=dict)

    @property
    def champs(self) -> frozenset[str]:
        return frozenset({*self.valeurs, *self.decalages, *self.listes})

    @property
    def est_vide(self) -> bool:
        return not self.champs

    def colonnes_pour(self, actuelles: Mapping[str, Any]) -> dict[str, Any]:
        """Les colonnes d’une fiche après la demande ; lève OverflowError hors du calendrier.

        Une fiche déjà à ce statut garde sa raison. Une date absente ne se décale pas.
        """
        colonnes = dict(self.valeurs)
        if colonnes.get("statut") == actuelles["statut"]:
            colonnes = {n: v for n, v in colonnes.items() if n not in {"statut", *FIN_DU_STATUT}}
        for nom, decalage in self.decalages.items():
            if actuelles[nom] is not None:
                colonnes[nom] = en_code(decaler(actuelles[nom], decalage))
        return colonnes

    def listes_pour(self, actuelles: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        return {nom: r.appliquer(actuelles[nom]) for nom, r in self.listes.items()}

    def en_json(self) -> dict[str, Any]:
        return {
            "valeurs": {nom: en_code(valeur) for nom, valeur in self.valeurs.items()},
            "decalages": {nom: [d.nombre, d.unite] for nom, d in self.decalages.items()},
            "listes": {
                nom: {"ajouter": sorted(r.ajouter), "retirer": sorted(r.retirer)}
                for nom, r in self.listes.items()
            },
        }

    @classmethod
    def depuis(cls, corps: Mapping[str, Any]) -> "Demande":
        return cls(
            valeurs=dict(corps.get("valeurs", {})),
            decalages={n: Decalage(*d) for n, d in corps.get("decalages", {}).items()},
            listes={
                nom: Retouche(frozenset(r["ajouter"]), frozenset(r["retirer"]))
                for nom, r in corps.get("listes", {}).items()
            },
        )


def en_code(valeur: Any) -> Any:
    """Comme on le garde en JSON, donc comme on le compare."""
    if isinstance(valeur, date):
        return valeur.isoformat()
    if valeur is None or isinstance(valeur, bool | str):
        return str(valeur) if isinstance(valeur, StatutAction) else valeur
    return str(getattr(valeur, "pk", valeur))


def decaler(jour: date, decalage: Decalage) -> date:
    """Le même jour d’un autre mois ; le dernier du mois s’il n’existe pas. Lève OverflowError."""
    if decalage.unite == "jours":
        return jour + timedelta(days=decalage.nombre)
    annee, rang = divmod(jour.year * 12 + jour.month - 1 + decalage.nombre, 12)
    if not date.min.year <= annee <= date.max.year:
        raise OverflowError(HORS_CALENDRIER)
    return date(annee, rang + 1, min(jour.day, calendar.monthrange(annee, rang + 1)[1]))
