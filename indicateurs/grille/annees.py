"""Les années d’une grille : celles que l’on montre, celle que l’on saisit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contrats.models import Contrat
from indicateurs.grille.cles import ANNEES

AU_MOINS, D_OFFICE, AU_PLUS = 4, 6, 12


@dataclass(frozen=True, slots=True)
class Fenetre:
    """Les années montrées, dans l’ordre, et `courante`, celle que l’on saisit d’abord."""

    annees: tuple[int, ...]
    courante: int

    @property
    def premiere(self) -> int:
        return self.annees[0]

    @property
    def derniere(self) -> int:
        return self.annees[-1]

    @property
    def peut_s_etendre(self) -> bool:
        return len(self.annees) < AU_PLUS

    def adresse(self, *, de: int = 0, a: int = 0, **autres: Any) -> str:
        parametres = {"de": de or self.premiere, "a": a or self.derniere, **autres}
        return "?" + "&".join(f"{nom}={valeur}" for nom, valeur in parametres.items())


def est_entiere(mesure: Any) -> bool:
    """La valeur d’une année civile, pour tout le territoire du contrat."""
    debut, fin = mesure.periode_debut, mesure.periode_fin
    return (
        not mesure.code_territoire
        and debut.year == fin.year
        and debut.month == debut.day == 1
        and (fin.month, fin.day) == (12, 31)
    )


def fenetre_de(
    contrat: Contrat, cette_annee: int, connues: tuple[int, int] | None, demande: Mapping[str, Any]
) -> Fenetre:
    """D’office : de l’année d’avant le contrat à celle-ci, quatre à six années, valeurs comprises.

    `connues` : la première et la dernière année qui ont une valeur. `demande` : « de », « a » et
    « annee » de l’adresse, ignorés s’ils ne veulent rien dire.
    """
    courante = min(cette_annee, contrat.date_fin.year) if contrat.date_fin else cette_annee
    derniere = max(courante, min(connues[1], courante + 2)) if connues else courante
    depart = contrat.date_debut.year - 1 if contrat.date_debut else courante - AU_MOINS + 1
    premiere = max(min(depart, derniere - AU_MOINS + 1), derniere - D_OFFICE + 1)
    de, a = _annee(demande, "de") or premiere, _annee(demande, "a") or derniere
    de, a = min(de, a), max(de, a)
    annees = tuple(range(max(de, a - AU_PLUS + 1), a + 1))
    choisie = _annee(demande, "annee")
    if choisie in annees:
        courante = choisie
    return Fenetre(annees, courante if courante in annees else annees[-1])


def _annee(demande: Mapping[str, Any], nom: str) -> int:
    texte = str(demande.get(nom, ""))
    return int(texte) if texte.isdecimal() and len(texte) == 4 and int(texte) in ANNEES else 0
