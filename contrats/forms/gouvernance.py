"""Les formulaires de la gouvernance : une instance, une réunion, une décision."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms

from acteurs.models import Acteur
from cls_platform.socle import typographie
from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.choix import ChampOrganisation, ChampOrganisations, choix_d_organisations
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import (
    Contrat,
    DecisionReunion,
    EtatReunion,
    Instance,
    Reunion,
    StatutDecision,
    TypeInstance,
)
from contrats.models.organisations import organisations_de
from contrats.rythme import MOIS_MAXIMUM

_HEURE = re.compile(r"^(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?$", re.IGNORECASE)
HEURE_REFUSEE = "Cette heure n’est pas lisible. Écrivez-la comme 14 h 30."


class ChampHeure(forms.Field):
    """Une heure à la française : 14 h 30, 14h30, 14:30 ou 14 h."""

    widget = forms.TextInput(attrs={"class": "courte", "autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time):
            return value
        texte = " ".join(str(value or "").split())
        if not texte:
            return None
        trouve = _HEURE.match(texte)
        heures, minutes = (int(part or 0) for part in trouve.groups()) if trouve else (24, 0)
        if heures > 23 or minutes > 59:
            raise forms.ValidationError(HEURE_REFUSEE, code="invalid")
        return time(heures, minutes)

    def prepare_value(self, value: Any) -> Any:
        return typographie.heure(value) if isinstance(value, time) else value


class FormulaireInstance(FormulaireDUnObjet):
    modele = Instance

    nom = forms.CharField(
        label="Nom",
        max_length=150,
        help_text="Celui que les partenaires emploient, par exemple « Comité de pilotage ».",
    )
    type = forms.ModelChoiceField(
        TypeInstance.objects.actives().tries(), label="Type", empty_label="Choisir un type"
    )
    role = forms.CharField(
        label="Ce qu’elle décide",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    frequence_mois = forms.IntegerField(
        label="Une réunion tous les … mois",
        min_value=0,
        max_value=MOIS_MAXIMUM,
        required=False,
        widget=forms.NumberInput(attrs={"class": "courte"}),
        help_text="Vide : le rythme habituel de ce type. 0 : sans rythme, rien n’est attendu.",
    )
    est_active = forms.BooleanField(
        label="Elle se réunit encore",
        required=False,
        initial=True,
        help_text="Décochée, rien n’est plus attendu d’elle ; ses réunions restent.",
    )
    membres = ChampOrganisations(label="Organisations membres", required=False)

    def __init__(
        self, *args: Any, contrat: Contrat, recherche: str = "", objet: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, objet=objet, **kwargs)
        gardees = [*objet.membres.tries()] if objet else []
        groupes = choix_d_organisations(organisations_de(contrat), recherche, gardees)
        self.fields["membres"].proposer(groupes)  # type: ignore[attr-defined]  # champ de ce formulaire


class FormulaireReunion(FormulaireDUnObjet):
    modele = Reunion

    date = ChampDate(label="Date")
    heure = ChampHeure(label="Heure", required=False, help_text="Par exemple 14 h 30.")
    lieu = forms.CharField(label="Lieu", max_length=200, required=False)
    ordre_du_jour = forms.CharField(
        label="Ordre du jour",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Un point par ligne. Les habitants le lisent si la réunion leur est ouverte.",
    )
    est_publique = forms.BooleanField(
        label="Ouverte au public",
        required=False,
        help_text="Elle est annoncée sur la page publique du contrat, avec son heure et son lieu.",
    )


class FormulaireReunionPrevue(FormulaireReunion):
    instance = forms.ModelChoiceField(
        Instance.objects.none(), label="Instance", empty_label="Choisir une instance"
    )
    est_tenue = forms.BooleanField(
        label="Elle s’est déjà tenue",
        required=False,
        help_text="Vous noterez ensuite qui y était et ce qui a été décidé.",
    )

    field_order = ("instance",)

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix: Any = self.fields["instance"]
        choix.queryset = contrat.instances.filter(est_active=True).dans_l_ordre()

    def valeurs(self) -> dict[str, Any]:
        valeurs = super().valeurs()
        valeurs["etat"] = EtatReunion.TENUE if valeurs.pop("est_tenue") else EtatReunion.PREVUE
        return valeurs


class FormulaireDecision(FormulaireDUnObjet):
    modele = DecisionReunion

    texte = forms.CharField(
        label="Décision", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    acteur = ChampOrganisation(
        label="Organisation qui s’en charge",
        required=False,
        empty_label="Personne en particulier",
    )
    echeance = ChampDate(label="Échéance", required=False)
    statut = forms.ChoiceField(
        label="État", choices=StatutDecision.choices, initial=StatutDecision.A_FAIRE
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Acteur], objet: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, objet=objet, **kwargs)
        gardee = [objet.acteur] if objet and objet.acteur else []
        groupes = choix_d_organisations(organisations, gardees=gardee)
        self.fields["acteur"].proposer(groupes)  # type: ignore[attr-defined]  # champ de ce formulaire


class FormulaireStatut(FormulaireVersionne):
    """Un bouton d’une décision ; `vue` : la liste d’où il est pressé."""

    statut = forms.ChoiceField(choices=StatutDecision.choices)
    vue = forms.ChoiceField(choices=[("reunion", "reunion"), ("decisions", "decisions")])


class FormulaireEtat(FormulaireVersionne):
    """Un bouton d’une réunion : annuler, rétablir."""

    etat = forms.ChoiceField(choices=EtatReunion.choices)
