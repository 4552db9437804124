"""Le formulaire d’un objet suivi : il s’ouvre sur ses valeurs et les relit en cas de conflit."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import forms

from acteurs.models import Suivi
from cls_platform.socle import typographie
from contrats.forms.base import FormulaireVersionne


class FormulaireDUnObjet(FormulaireVersionne):
    """`objet` : celui que l’on corrige ; sans saisie ni initiales, le formulaire le montre.

    Sans `objet`, le formulaire est celui d’un ajout : aucune version n’a été lue.
    """

    def __init__(self, *args: Any, objet: Suivi | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if objet is None:
            del self.fields["version"]
        elif not self.initial:
            version = 0 if objet._state.adding else objet.version  # noqa: SLF001  (interface documentée de Django)
            self.initial = self.valeurs_de(objet) | {"version": version}

    def valeurs_de(self, objet: Any) -> dict[str, Any]:
        """Les valeurs de l’objet, une par champ montré ; une liste est lue en entier."""
        return {nom: _lire(objet, nom) for nom in self.fields if nom != "version"}

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {
            nom: en_mots(self.fields[nom], valeurs[nom]) for nom in self.fields if nom in valeurs
        }


def _lire(objet: Any, nom: str) -> Any:
    valeur = getattr(objet, nom)
    return list(valeur.all()) if hasattr(valeur, "all") else valeur


def en_mots(champ: Any, valeur: Any) -> str:
    """Oui ou non, une date, une heure, le libellé d’un choix ; une liste : un élément par ligne."""
    if valeur is None or valeur == "":
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, Iterable) and not isinstance(valeur, str):
        return "\n".join(sorted(str(element) for element in valeur))
    if isinstance(champ, forms.ChoiceField) and not isinstance(champ, forms.ModelChoiceField):
        choix: Any = champ.choices
        return str(dict(choix).get(valeur, valeur))
    return _jour_ou_heure(valeur)


def _jour_ou_heure(valeur: Any) -> str:
    if isinstance(valeur, time):
        return typographie.heure(valeur)
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else str(valeur)
