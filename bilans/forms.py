from typing import Any

from django import forms

from bilans.models import CodeSection, SectionBilan

AIDES = {
    CodeSection.EDITO: "150 mots au plus : ce qui a compté cette année, pour un habitant.",
    CodeSection.DIFFICULTES: "Ce qui s’est passé, puis ce que vous changez.",
    CodeSection.PARTICIPATION: "Ce que les habitants ont dit, et ce que vous en avez fait.",
    CodeSection.PERSPECTIVES: "Ce qui commence l’an prochain, avec une date. Un point par ligne.",
}


class OuvrirBilanForm(forms.Form):
    annee = forms.TypedChoiceField(label="Année du bilan", coerce=int)

    def __init__(self, *args: Any, annees: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["annee"].choices = [(annee, str(annee)) for annee in annees]  # type: ignore[attr-defined]  # champ connu de ce formulaire


class SectionForm(forms.Form):
    """Le texte d’une section ; seul le mot de l’élu porte une signature."""

    texte = forms.CharField(
        label="Texte", required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 7})
    )
    signature = forms.CharField(label="Signé par", required=False, max_length=160)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, section: SectionBilan, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "texte": section.texte,
                "signature": section.signature,
                "version": section.version,
            },
        )
        kwargs["auto_id"] = f"id_{section.code.lower()}_%s"
        super().__init__(*args, **kwargs)
        self.section = section
        self.fields["texte"].label = section.get_code_display()
        self.fields["texte"].help_text = AIDES[CodeSection(section.code)]
        if section.code != CodeSection.EDITO:
            del self.fields["signature"]


class PublierForm(forms.Form):
    """L’empreinte du PDF que la personne a relu."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class EtatForm(forms.Form):
    vers = forms.CharField(max_length=10)
