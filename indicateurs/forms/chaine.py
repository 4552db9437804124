"""La chaîne : écrire un besoin, le relier, mesurer une action, décrire un effet."""

from typing import Any

from django import forms

from contrats.forms.base import Formulaire
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Action, Contrat, Objectif
from indicateurs.forms.suivi import choix_parmi, proposer, zone
from indicateurs.models import Besoin, Confiance, Effet, Indicateur, TypeEffet

CHOISIR = "Choisissez dans la liste."


class FormulaireBesoin(Formulaire):
    modele = Besoin

    libelle = forms.CharField(
        label="Besoin",
        max_length=300,
        help_text="Une phrase : qui a besoin de quoi, et où.",
        error_messages={"required": "Écrivez le besoin en une phrase."},
    )
    constat = forms.CharField(
        label="Constat du diagnostic",
        required=False,
        widget=zone(3),
        help_text="Ce qui le montre : un chiffre, une parole, avec sa date.",
    )
    source = forms.CharField(label="Source", max_length=200, required=False)
    objectifs = choix_parmi(Objectif.objects.none(), label="Objectifs qui y répondent")

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposer(self, objectifs=contrat.objectifs.dans_l_ordre())


class FormulaireBesoinModifie(FormulaireDUnObjet, FormulaireBesoin):
    """Le même, pour corriger."""


class FormulaireReponse(Formulaire):
    """Un objectif répond à un besoin."""

    objectif = forms.ModelChoiceField(
        Objectif.objects.none(),
        label="Objectif",
        error_messages={"required": CHOISIR, "invalid_choice": CHOISIR},
    )

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposer(self, objectif=contrat.objectifs.dans_l_ordre())


class FormulaireBesoinChoisi(Formulaire):
    """Le besoin auquel un objectif répond."""

    besoin = forms.ModelChoiceField(
        Besoin.objects.none(),
        label="Besoin",
        error_messages={"required": CHOISIR, "invalid_choice": CHOISIR},
    )

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposer(self, besoin=contrat.besoins.dans_l_ordre())


class FormulaireMesure(Formulaire):
    """Un indicateur mesure une action."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        label="Action",
        error_messages={"required": CHOISIR, "invalid_choice": CHOISIR},
    )
    indicateur = forms.ModelChoiceField(
        Indicateur.objects.none(),
        label="Indicateur",
        error_messages={"required": CHOISIR, "invalid_choice": CHOISIR},
    )

    def __init__(self, *args: Any, contrat: Contrat, utilisateur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = contrat.actions.lisibles_par(utilisateur).dans_l_ordre()
        proposer(self, action=actions, indicateur=contrat.indicateurs.dans_l_ordre())


class ChampsEffet(Formulaire):
    modele = Effet

    type = forms.ChoiceField(
        label="Quand il se voit",
        choices=TypeEffet.choices,
        initial=TypeEffet.IMMEDIAT,
        widget=forms.RadioSelect,
    )
    confiance = forms.ChoiceField(
        label="Ce que l’on en sait",
        choices=Confiance.choices,
        initial=Confiance.SUPPOSEE,
        widget=forms.RadioSelect,
        help_text="Supposé : c’est l’intention. Probable : des éléments vont dans ce sens. "
        "Établi : une étude ou une évaluation le montre.",
    )
    explication = forms.CharField(
        label="Comment l’action y contribue",
        required=False,
        max_length=1000,
        widget=zone(4),
        help_text="À dire dès que l’effet est probable ou établi : l’étude, l’évaluation.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        suppose = donnees.get("confiance") == Confiance.SUPPOSEE
        if not suppose and not donnees.get("explication") and "explication" not in self.errors:
            self.add_error(
                "explication",
                "Dites ce qui rend cet effet probable ou établi : une étude, une évaluation.",
            )
        return donnees


class FormulaireEffet(FormulaireDUnObjet, ChampsEffet):
    """Version 0 : l’effet n’est pas encore décrit."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
