"""Une ligne de budget, un financement : ce que l’on saisit, et le montant écrit à la française."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from contrats.forms.base import Formulaire
from contrats.forms.choix import ChampOrganisation, choix_d_organisations
from contrats.models import (
    Contrat,
    Financement,
    LigneBudget,
    MissionFir,
    NatureDepense,
    StatutFinancement,
    TypeFinanceur,
    UniteBudget,
)
from contrats.models.organisations import organisations_de
from contrats.models.vocabulaire_argent import FIR
from contrats.montants import MontantRefuse, ecrire_montant, lire_montant

PREMIERE_ANNEE, DERNIERE_ANNEE = 2000, 2100
ANNEE_ILLISIBLE = "L’année s’écrit en quatre chiffres, comme 2026."


class ChampMontant(forms.CharField):
    """« 12 500,50 € » ; une unité écrite et différente de `unite` est refusée."""

    widget = forms.TextInput(
        attrs={"class": "courte", "inputmode": "decimal", "autocomplete": "off"}
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ecrire_montant(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        texte = super().clean(value)
        if not texte:
            return None
        try:
            return lire_montant(texte)
        except MontantRefuse as refus:
            raise forms.ValidationError(str(refus), code="invalid") from refus


class ChampAnnee(forms.IntegerField):
    widget = forms.TextInput(
        attrs={"class": "courte", "inputmode": "numeric", "autocomplete": "off"}
    )

    def __init__(self, **kwargs: Any) -> None:
        phrases = dict.fromkeys(("invalid", "min_value", "max_value"), ANNEE_ILLISIBLE)
        super().__init__(
            label="Année",
            min_value=PREMIERE_ANNEE,
            max_value=DERNIERE_ANNEE,
            error_messages=phrases,
            **kwargs,
        )


class FormulaireArgent(Formulaire):
    """`objet` None : un ajout, sans version."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    montants: tuple[str, ...] = ()

    def __init__(self, *args: Any, objet: Any = None, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if objet is None:
            del self.fields["version"]
        elif not self.initial:
            self.initial = {nom: getattr(objet, nom) for nom in self.fields}
        self.proposer(contrat, objet)

    def proposer(self, contrat: Contrat, objet: Any) -> None:
        """Remplit les listes de choix."""

    def unite_de(self, donnees: Mapping[str, Any]) -> str:
        return UniteBudget.EUROS

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        unite = self.unite_de(donnees)
        for nom in self.montants:
            montant = donnees.get(nom)
            if montant is None:
                continue
            if montant.unite and montant.unite != unite:
                self.add_error(nom, _autre_unite(montant.unite, self.fields))
            donnees[nom] = montant.valeur
        return donnees

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {
            nom: _en_mots(self.fields[nom], valeurs[nom]) for nom in self.fields if nom in valeurs
        }


def _autre_unite(ecrite: str, champs: Iterable[str]) -> str:
    if "unite" not in champs:
        return "Un financement se compte en euros."
    nom = (
        "«\u00a0Équivalents temps plein\u00a0»"
        if ecrite == UniteBudget.ETP
        else "«\u00a0Euros\u00a0»"
    )
    return f"Le montant et l’unité se contredisent. Choisissez l’unité {nom}, ou corrigez."


def _en_mots(champ: Any, valeur: Any) -> str:
    if valeur is None or valeur == "":
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, Decimal):
        return ecrire_montant(valeur)
    if isinstance(champ, forms.ChoiceField) and not isinstance(champ, forms.ModelChoiceField):
        choix: Any = champ.choices
        return str(dict(choix).get(valeur, valeur))
    return str(valeur)


def _proposes(modele: Any, actuel: str | None) -> Any:
    """Ce que l’on propose aujourd’hui, et ce qui était déjà choisi."""
    return (modele.objects.filter(est_actif=True) | modele.objects.filter(pk=actuel)).order_by(
        "ordre", "libelle"
    )


class FormulaireLigne(FormulaireArgent):
    modele = LigneBudget
    montants = ("prevu", "realise")

    annee = ChampAnnee()
    nature = forms.ModelChoiceField(
        NatureDepense.objects.none(), label="Nature", empty_label="Choisir une nature"
    )
    libelle = forms.CharField(label="Précision", max_length=150, required=False)
    unite = forms.ChoiceField(label="Unité", choices=UniteBudget.choices, initial=UniteBudget.EUROS)
    prevu = ChampMontant(label="Prévu")
    realise = ChampMontant(label="Réalisé")
    est_valorisation = forms.BooleanField(
        label="Apport en nature",
        required=False,
        help_text="Temps, locaux ou matériel prêtés : comptés à part de l’argent.",
    )

    def proposer(self, contrat: Contrat, objet: Any) -> None:
        champs: dict[str, Any] = self.fields
        champs["nature"].queryset = _proposes(NatureDepense, objet and objet.nature_id)

    def unite_de(self, donnees: Mapping[str, Any]) -> str:
        return donnees.get("unite", UniteBudget.EUROS)


class FormulaireFinancement(FormulaireArgent):
    modele = Financement
    montants = ("montant_demande", "montant_accorde", "montant_verse")

    annee = ChampAnnee()
    type_financeur = forms.ModelChoiceField(
        TypeFinanceur.objects.none(), label="Financeur", empty_label="Choisir un financeur"
    )
    mission_fir = forms.ChoiceField(
        label="Mission du FIR", choices=[("", "Non précisée"), *MissionFir.choices], required=False
    )
    acteur = ChampOrganisation(
        label="Organisation", required=False, empty_label="Sans organisation précise"
    )
    statut = forms.ChoiceField(
        label="État", choices=StatutFinancement.choices, initial=StatutFinancement.PREVISIONNEL
    )
    montant_demande = ChampMontant(label="Demandé")
    montant_accorde = ChampMontant(label="Accordé")
    montant_verse = ChampMontant(label="Versé")

    def proposer(self, contrat: Contrat, objet: Any) -> None:
        champs: dict[str, Any] = self.fields
        champs["type_financeur"].queryset = _proposes(
            TypeFinanceur, objet and objet.type_financeur_id
        )
        gardees = [objet.acteur] if objet and objet.acteur else []
        champs["acteur"].proposer(choix_d_organisations(organisations_de(contrat), "", gardees))

    def clean(self) -> dict[str, Any]:
        """La mission, cachée pour un autre financeur que le FIR, y perd son sens."""
        donnees = super().clean()
        financeur = donnees.get("type_financeur")
        if financeur and financeur.pk != FIR:
            donnees["mission_fir"] = ""
        return donnees


class FormulaireRetrait(forms.Form):
    """Ce que l’on confirme avant de retirer : la version lue."""

    version = forms.IntegerField(min_value=1)
