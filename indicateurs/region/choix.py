"""Ce que l’on choisit sur les pages d’une région (année, situation, département), ses adresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from acteurs.models import Departement
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec
from contrats.pilotage.ensemble import Situation

EXTENSIONS = ("xlsx", "ods", "csv")
ANNEES_PROPOSEES = 7


@dataclass(frozen=True, slots=True)
class Adresses:
    """Les liens de la page, avec ses choix."""

    region: str
    choix: tuple[tuple[str, str], ...] = ()

    def _avec(self, nom: str, *arguments: str) -> str:
        adresse = reverse(f"indicateurs:{nom}", args=[self.region, *arguments])
        return f"{adresse}?{urlencode(self.choix)}" if self.choix else adresse

    @property
    def page(self) -> str:
        return self._avec("region")

    def indicateur(self, code: str) -> str:
        return self._avec("region_indicateur", code)

    def exports(self, code: str = "") -> tuple[tuple[str, str], ...]:
        if code:
            return tuple(
                (e.upper(), self._avec("region_indicateur_exporter", code, e)) for e in EXTENSIONS
            )
        return tuple((e.upper(), self._avec("region_exporter", e)) for e in EXTENSIONS)


def choix_de(
    question: Mapping[str, Any], annee: int, ordinaire: int
) -> tuple[tuple[str, str], ...]:
    dits = {"situation": question["situation"], "departement": question["departement"]}
    if dits["situation"] == Situation.OUVERTS:
        dits["situation"] = ""
    dits["annee"] = "" if annee == ordinaire else str(annee)
    return tuple((nom, str(valeur)) for nom, valeur in dits.items() if valeur)


def menus(
    region: str,
    chemin: str,
    parametres: QueryDict,
    question: Mapping[str, Any],
    annees: Sequence[int],
) -> list[tuple[str, list[Entree]]]:
    """(mot du menu, ses choix) : année, situation, département. `annees` : la choisie d’abord."""
    choisie, *_ = annees
    proposees = sorted(set(annees), reverse=True)
    departements: Any = Departement.objects.filter(region=region).order_by("pk")
    situations = [("", Situation.OUVERTS.label), *Situation.choices[1:]]
    codes = [("", "Toute la région"), *departements.values_list("pk", "nom")]
    situation = "" if question["situation"] == Situation.OUVERTS else question["situation"]
    poses: tuple[tuple[str, list, str], ...] = (
        ("annee", [(str(a), str(a)) for a in proposees], str(choisie)),
        ("situation", situations, situation),
        ("departement", codes, question["departement"]),
    )
    return [
        (
            str(dict(choix).get(valeur, valeur)),
            [
                Entree(
                    str(libelle),
                    adresse_avec(chemin, parametres, {nom: code or None}),
                    est_courante=code == valeur,
                )
                for code, libelle in choix
            ],
        )
        for nom, choix, valeur in poses
    ]
