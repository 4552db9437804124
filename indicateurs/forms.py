from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action, Axe, Contrat
from indicateurs.models import (
    Agregation,
    Indicateur,
    IndicateurModele,
    Mesure,
    Periodicite,
    Qualite,
    Sens,
    TypeIndicateur,
)
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


class CaseForm(FormulaireReporte):
    """Une case de la grille : la valeur, et la version que l’on a lue (0 si la case était vide).

    `fiche` : la fiche d’où l’on saisit, s’il y en a une ; on y revient.
    """

    valeur = ChampNombre(label="Valeur", required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    fiche = forms.UUIDField(required=False, widget=forms.HiddenInput)


class LienForm(FormulaireReporte):
    """Un indicateur du contrat ; `proposes` : ceux que la liste montre."""

    indicateur = forms.ModelChoiceField(
        label="Indicateur du contrat",
        queryset=Indicateur.objects.none(),
        error_messages={
            "required": "Choisissez un indicateur dans la liste.",
            "invalid_choice": "Cet indicateur n’est plus dans le contrat. Choisissez-en un autre.",
        },
    )

    def __init__(
        self, *args: Any, contrat: Contrat, proposes: Iterable[Indicateur] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["indicateur"]
        champ.queryset = contrat.indicateurs.all()
        champ.choices = [("", "Choisir…"), *_par_axe(proposes)]
        champ.widget.attrs["data-cls-saisie"] = "Chercher un indicateur"


def _par_axe(indicateurs: Iterable[Indicateur]) -> list[tuple[str, list[tuple[str, str]]]]:
    groupes: dict[str, list[tuple[str, str]]] = {}
    for indicateur in indicateurs:
        titre = str(indicateur.axe) if indicateur.axe else "Ensemble du contrat"
        groupes.setdefault(titre, []).append((str(indicateur.pk), indicateur.libelle))
    return list(groupes.items())


class MesureForm(FormulaireReporte):
    """La valeur d’une année, avec ce qui la précise."""

    valeur = ChampNombre(label="Valeur", required=False)
    numerateur = ChampNombre(label="Numérateur", required=False)
    denominateur = ChampNombre(label="Dénominateur", required=False)
    qualite = forms.ChoiceField(label="Qualité", choices=Qualite.choices)
    source = forms.CharField(label="Source", required=False, max_length=200)
    commentaire = forms.CharField(
        label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, indicateur: Indicateur, mesure: Mesure | None, **kwargs: Any
    ) -> None:
        initial = {
            nom: getattr(mesure, nom) if mesure else defaut
            for nom, defaut in (
                ("valeur", None),
                ("numerateur", None),
                ("denominateur", None),
                ("qualite", Qualite.DEFINITIVE),
                ("source", indicateur.source),
                ("commentaire", ""),
                ("version", 0),
            )
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        if indicateur.est_ratio:
            del self.fields["valeur"]
            self.fields["numerateur"].label = indicateur.numerateur or "Numérateur"
            self.fields["denominateur"].label = indicateur.denominateur or "Dénominateur"
        else:
            del self.fields["numerateur"], self.fields["denominateur"]
            self.fields["valeur"].help_text = f"En {indicateur.unite}."

    def valeurs(self) -> dict[str, Any]:
        return {nom: v for nom, v in self.cleaned_data.items() if nom != "version"}


class IndicateurForm(FormulaireReporte):
    """Choisir un indicateur du catalogue, ou en écrire un."""

    modele = forms.ModelChoiceField(
        label="Partir du catalogue",
        queryset=IndicateurModele.objects.none(),
        required=False,
        empty_label="Aucun : je l’écris moi-même",
        help_text="Ce qui est laissé vide plus bas est repris du catalogue.",
    )
    libelle = forms.CharField(label="Libellé", max_length=200, required=False)
    libelle_public = forms.CharField(
        label="En mots simples, pour les habitants", max_length=200, required=False
    )
    unite = forms.CharField(label="Unité", max_length=40, required=False)
    axe = forms.ModelChoiceField(label="Axe", queryset=Axe.objects.none(), required=False)
    type = forms.ChoiceField(label="Type", choices=TypeIndicateur.choices, required=False)
    sens = forms.ChoiceField(label="Sens favorable", choices=Sens.choices, required=False)
    agregation = forms.ChoiceField(
        label="Comment les valeurs s’ajoutent", choices=Agregation.choices, required=False
    )
    periodicite = forms.ChoiceField(label="Rythme", choices=Periodicite.choices)
    source = forms.CharField(label="Source", max_length=200, required=False)
    definition = forms.CharField(
        label="Définition", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    numerateur = forms.CharField(label="Numérateur d’un rapport", max_length=200, required=False)
    denominateur = forms.CharField(
        label="Dénominateur d’un rapport", max_length=200, required=False
    )
    cible = ChampNombre(label="Cible", required=False)
    annee_cible = forms.IntegerField(
        label="Échéance de la cible (année)", required=False, min_value=2009, max_value=2100
    )
    actions = forms.ModelMultipleChoiceField(
        label="Actions liées", queryset=Action.objects.none(), required=False
    )
    est_public = forms.BooleanField(label="Publié sur la page des habitants", required=False)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        querysets: dict[str, Any] = {
            "modele": IndicateurModele.objects.actives().tries(),
            "axe": contrat.axes.dans_l_ordre(),
            "actions": contrat.actions.dans_l_ordre(),
        }
        for nom, queryset in querysets.items():
            self.fields[nom].queryset = queryset  # type: ignore[attr-defined]  # champ connu de ce formulaire

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not donnees.get("modele") and not donnees.get("libelle"):
            self.add_error("libelle", "Choisissez un indicateur du catalogue, ou écrivez-en un.")
        return donnees

    def valeurs(self) -> dict[str, Any]:
        return {nom: v for nom, v in self.cleaned_data.items() if nom != "version"}
