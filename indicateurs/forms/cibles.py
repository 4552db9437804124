"""Des cibles par année : autant de lignes que l’on veut, deux cases chacune, sans JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from cls_platform.socle import typographie
from indicateurs.forms.base import ChampNombre

CIBLES_MAX = 30
ANNEE_MIN, ANNEE_MAX = 2009, 2100
LIGNES_VIDES = 1
INCOMPLETE = "Ligne {}\u00a0: donnez l’année et la valeur, ou videz les deux."
ANNEE_ILLISIBLE = "Ligne {}\u00a0: écrivez une année sur quatre chiffres, comme 2026."
VALEUR_ILLISIBLE = "Ligne {}\u00a0: «\u00a0{}\u00a0» n’est pas un nombre. Écrivez-le comme 12,5."


@dataclass(frozen=True, slots=True)
class LigneDeCible:
    """Ce que montrent les deux cases d’une ligne, tel que tapé."""

    rang: int
    annee: str
    valeur: str


class SaisieCibles(forms.Widget):
    """Deux listes de même longueur, `<nom>_annee` et `<nom>_valeur` ; le gabarit les dessine."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        lire = getattr(data, "getlist", lambda cle: data.get(cle, []))
        annees, valeurs = lire(f"{name}_annee"), lire(f"{name}_valeur")
        return list(zip(annees, valeurs, strict=False))[:CIBLES_MAX]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_annee" not in data


class ChampCibles(forms.Field):
    """Rend une liste (année, valeur), les lignes vides laissées de côté."""

    widget = SaisieCibles

    def clean(self, value: Any) -> list[tuple[int, Decimal]]:
        lues, refus = [], []
        for rang, (annee, valeur) in enumerate(value or (), start=1):
            if not annee.strip() and not valeur.strip():
                continue
            try:
                lues.append(_lire(rang, annee.strip(), valeur.strip()))
            except forms.ValidationError as erreur:
                refus.append(erreur)
        if refus:
            raise forms.ValidationError(refus)
        return sorted(lues)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


def _lire(rang: int, annee: str, valeur: str) -> tuple[int, Decimal]:
    if not annee or not valeur:
        raise forms.ValidationError(INCOMPLETE.format(rang))
    if not (annee.isdecimal() and ANNEE_MIN <= int(annee) <= ANNEE_MAX):
        raise forms.ValidationError(ANNEE_ILLISIBLE.format(rang))
    try:
        nombre = ChampNombre().to_python(valeur)
    except forms.ValidationError as erreur:
        raise forms.ValidationError(VALEUR_ILLISIBLE.format(rang, valeur)) from erreur
    if nombre is None:
        raise forms.ValidationError(INCOMPLETE.format(rang))
    return int(annee), nombre


def lignes_de(valeurs: Any, *, de_plus: int = 0) -> Iterator[LigneDeCible]:
    """Une ligne par cible, puis une ligne vide au moins ; `de_plus` : celles que l’on demande."""
    remplies = [(a, v) for a, v in valeurs or () if f"{a}{v}".strip()]
    vides = [("", "")] * (LIGNES_VIDES + de_plus)
    for rang, (annee, valeur) in enumerate([*remplies, *vides], start=1):
        ecrite = ChampNombre().prepare_value(valeur) if isinstance(valeur, Decimal) else valeur
        yield LigneDeCible(rang, str(annee), ecrite)


def ecrire(cibles: Any) -> str:
    """Une ligne par année, pour comparer deux versions."""
    return "\n".join(f"{annee}\u00a0: {typographie.nombre(valeur)}" for annee, valeur in cibles)
