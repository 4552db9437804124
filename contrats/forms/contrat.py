"""Le contrat : le créer, le décrire, changer sa phase."""

from typing import Any

from django import forms

from acteurs.models import Acteur, Region
from contrats.etats import Phase, Transition
from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Contrat, Initiative


class ChampsDuContrat(Formulaire):
    modele = Contrat

    nom = forms.CharField(
        label="Nom",
        max_length=160,
        help_text="Le nom du territoire, tel que les habitants le disent.",
    )
    numero = forms.CharField(
        label="Numéro",
        max_length=40,
        required=False,
        help_text="Celui de l’agence régionale de santé.",
    )
    generation = forms.IntegerField(
        label="Génération",
        min_value=1,
        max_value=20,
        initial=1,
        help_text="1 pour un premier contrat, 2 pour celui qui le suit.",
    )
    initiative = forms.ChoiceField(
        label="Initiative", choices=Initiative.choices, initial=Initiative.CONJOINTE
    )
    region = forms.ModelChoiceField(
        Region.objects.tries(), label="Région", empty_label="Choisir une région"
    )
    ars = forms.ModelChoiceField(
        Acteur.objects.ars().tries(),
        label="Agence régionale de santé",
        empty_label="Choisir une agence",
    )
    date_debut = ChampDate(label="Début", required=False)
    date_fin = ChampDate(label="Fin", required=False)
    date_signature = ChampDate(
        label="Signature",
        required=False,
        help_text="Parfois après le début. Sans elle, le territoire ne compte pas comme couvert.",
    )


class FormulaireCreation(ChampsDuContrat):
    phase = forms.ChoiceField(label="Phase", choices=Phase.choices, initial=Phase.INTENTION)

    field_order = ("nom", "numero", "generation", "phase")


class FormulaireContrat(FormulaireDUnObjet, ChampsDuContrat):
    base_legale = forms.CharField(label="Base légale", max_length=200, required=False)
    presentation = forms.CharField(
        label="Présentation pour les habitants",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Quelques phrases courtes, sans sigle : elles ouvrent la page publique.",
    )
    courriel_contact = forms.EmailField(label="Courriel de contact", required=False)
    est_public = forms.BooleanField(
        label="Page publique ouverte",
        required=False,
        help_text="Les habitants voient le contrat, ses actions publiques et ses bilans publiés.",
    )


class FormulairePhase(FormulaireVersionne):
    """La raison n’est demandée que pour un retour ou un arrêt."""

    date_effet = ChampDate(label="À partir du")
    raison = forms.CharField(
        label="Raison", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, passage: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raison"].required = passage.exige_raison
        if passage.exige_raison:
            self.fields["raison"].help_text = "Elle reste dans l’histoire du contrat."
