from decimal import Decimal
from typing import Any

from django import forms

from cls_platform.socle.erreurs import ErreurMetier
from indicateurs.saisie import NombreIllisible, lire_nombre


class ChampNombre(forms.CharField):
    """Un nombre écrit à la française ; rend un Decimal, ou None si la case est vide."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # le champ rend un décimal ou rien
        try:
            return lire_nombre("" if value is None else str(value))
        except NombreIllisible as erreur:
            raise forms.ValidationError(str(erreur)) from erreur

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return "" if value is None else str(value)


class FormulaireReporte(forms.Form):
    def reporter(self, erreur: ErreurMetier) -> None:
        """Chaque phrase va au champ en cause s’il est à l’écran, sinon en tête."""
        for nom, phrases in erreur.champs.items():
            for phrase in phrases:
                self.add_error(nom if nom in self.fields else None, phrase)
        if not erreur.champs:
            self.add_error(None, erreur.message)
