"""Ce que l’équipe répond d’un sigle, et le terme qu’elle remplace."""

from typing import Any

from django import forms

from bilans.langage import SigleLu
from bilans.models import ChoixSigle
from contrats.forms.base import Formulaire

TEXTE_DES_CHOIX = (
    (ChoixSigle.EXPLIQUE, "Autre chose, que j’explique"),
    (ChoixSigle.LAISSE, "Le laisser tel quel, sous mon nom"),
)


class SigleForm(Formulaire):
    """Un des sens connus, une explication, ou le sigle laissé tel quel avec sa raison."""

    choix = forms.ChoiceField(
        label="Que veut-il dire\u202f?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une réponse.",
            "invalid_choice": "Ce sens n’est plus dans le lexique. Choisissez de nouveau.",
        },
    )
    terme = forms.CharField(label="En toutes lettres", required=False, max_length=250)
    explication = forms.CharField(
        label="En mots simples",
        required=False,
        max_length=250,
        help_text="Facultatif\u00a0: une phrase pour «\u00a0les mots à connaître\u00a0».",
    )
    raison = forms.CharField(
        label="Pourquoi le laisser",
        required=False,
        max_length=250,
        help_text="Par exemple\u00a0: c’est le nom d’un lieu que tout le monde connaît ainsi.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, lu: SigleLu, sens: list[tuple[str, str]], **k: Any) -> None:
        """`sens` : (code, libellé) de chaque sens connu, le plus probable d’abord."""
        k["auto_id"] = f"id_{lu.sigle.lower()}_%s"
        super().__init__(*args, **k)
        champs: Any = self.fields
        champs["choix"].choices = [*sens, *((c.value, mot) for c, mot in TEXTE_DES_CHOIX)]
        champs["choix"].label = f"Que veut dire «\u00a0{lu.sigle}\u00a0»\u202f?"
        self.lu = lu

    def clean(self) -> dict[str, Any]:
        dit = super().clean() or self.cleaned_data
        if dit.get("choix") == ChoixSigle.EXPLIQUE and not dit.get("terme"):
            self.add_error("terme", "Écrivez le sigle en toutes lettres.")
        if dit.get("choix") == ChoixSigle.LAISSE and not dit.get("raison"):
            self.add_error("raison", "Dites pourquoi ce sigle peut rester sans explication.")
        return dit


class RemplacerForm(forms.Form):
    """Ce que l’on ôte, à quel signe, ce que l’on met, et le texte où on l’a vu (son empreinte)."""

    debut = forms.IntegerField(min_value=0)
    avant = forms.CharField(max_length=300, strip=False)
    apres = forms.CharField(max_length=300, strip=False)
    empreinte = forms.CharField(max_length=64)
    retour = forms.ChoiceField(
        choices=[("langage", "langage"), ("editeur", "éditeur")], required=False
    )
