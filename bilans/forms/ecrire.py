"""Écrire une partie du bilan : son texte, et ce qui l’accompagne."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from bilans.ecriture.parties import Partie
from bilans.models import ActionEnAvant, ImageBilan, VoletBilan
from contrats.forms.base import Formulaire, FormulaireVersionne
from contrats.models import Action

TEXTE_MAX = 6000
RECIT = "recit_"
QUI_PARLE = "Dites qui parle\u00a0: «\u00a0une habitante\u00a0», «\u00a0un médecin\u00a0»."


def _zone(lignes: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes, "data-cls-zone": ""})


class PartieForm(FormulaireVersionne):
    """Le texte d’une section ; l’édito est signé, l’édito et le zoom ont une photo."""

    texte = forms.CharField(label="Texte", required=False, max_length=TEXTE_MAX, widget=_zone(14))
    signature = forms.CharField(
        label="Signé par",
        required=False,
        max_length=160,
        help_text="Le prénom, le nom et la fonction.",
    )
    photo = forms.ModelChoiceField(
        label="Photo", queryset=ImageBilan.objects.none(), required=False, empty_label="Sans photo"
    )

    def __init__(
        self, donnees: Any = None, *, partie: Partie, photos: QuerySet[ImageBilan]
    ) -> None:
        initial = {champ: getattr(partie.objet, champ) for champ in partie.champs}
        super().__init__(donnees, initial=initial | {"version": partie.objet.version})
        self.partie = partie
        self.fields["texte"].help_text = partie.guide.aide
        champ_photo: Any = self.fields["photo"]
        champ_photo.queryset = photos
        self._retirer_l_inutile()

    def _retirer_l_inutile(self) -> None:
        for champ in {"signature", "photo"} - {*self.partie.champs_ecrits}:
            del self.fields[champ]

    def valeurs(self) -> dict[str, Any]:
        return {"signature": "", **super().valeurs()}

    def accompagnent(self) -> Iterator[forms.BoundField]:
        """Les champs qui suivent le texte, sans la photo ni les récits."""
        for champ in self:
            if champ.name not in {"version", "texte", "photo"} and not champ.name.startswith(RECIT):
                yield champ


class VoletForm(PartieForm):
    """Un volet : texte, citation, numéro utile, photo, et un récit par action racontée."""

    texte = forms.CharField(
        label="Ce qui s’est passé cette année", required=False, max_length=4000, widget=_zone(9)
    )
    citation = forms.CharField(
        label="Citation",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase dite par quelqu’un, sans guillemets.",
    )
    citation_auteur = forms.CharField(
        label="Qui parle",
        required=False,
        max_length=160,
        help_text="«\u00a0une habitante\u00a0», «\u00a0un médecin\u00a0»\u00a0: le nom n’est"
        " pas nécessaire.",
    )
    utile = forms.CharField(
        label="Numéro ou adresse utile",
        required=False,
        max_length=400,
        help_text="Vide\u00a0: celui que la plateforme connaît pour ce thème.",
    )
    signature = None  # type: ignore[assignment]  # Django ôte ainsi un champ hérité

    def __init__(
        self,
        donnees: Any = None,
        *,
        partie: Partie,
        photos: QuerySet[ImageBilan],
        racontees: Sequence[ActionEnAvant],
    ) -> None:
        super().__init__(donnees, partie=partie, photos=photos)
        self.racontees = racontees
        for racontee in racontees:
            self.fields[f"{RECIT}{racontee.pk}"] = forms.CharField(
                label=f"Récit\u00a0: {racontee.action.titre}",
                required=False,
                max_length=1500,
                initial=racontee.recit,
                widget=_zone(4),
                help_text="Vide\u00a0: le résumé public de la fiche.",
            )

    def _retirer_l_inutile(self) -> None:
        """Un volet a tous ses champs."""

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if lus.get("citation", "").strip() and not lus.get("citation_auteur", "").strip():
            self.add_error("citation_auteur", QUI_PARLE)
        return lus

    def valeurs(self) -> dict[str, Any]:
        noms = ("texte", "citation", "citation_auteur", "utile")
        textes = {nom: self.cleaned_data[nom].strip() for nom in noms}
        return {**textes, "photo": self.cleaned_data["photo"]}

    def recits(self) -> dict[UUID, str]:
        return {r.pk: self.cleaned_data[f"{RECIT}{r.pk}"].strip() for r in self.racontees}


class ChoixActionsForm(FormulaireVersionne):
    """Les actions racontées dans un volet, trois au plus."""

    modele = VoletBilan

    actions = forms.ModelMultipleChoiceField(
        label="Actions à raconter",
        queryset=Action.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Une de ces actions n’est plus publique. Choisissez de nouveau."
        },
    )

    def __init__(
        self,
        donnees: Any = None,
        *,
        partie: Partie,
        actions: Sequence[Action],
        racontees: Sequence[ActionEnAvant],
    ) -> None:
        initial = {
            "version": partie.objet.version,
            "actions": [racontee.action_id for racontee in racontees],
        }
        super().__init__(donnees, initial=initial, auto_id="choix_%s")
        champ: Any = self.fields["actions"]
        champ.queryset = Action.objects.filter(pk__in=[a.pk for a in actions])
        champ.choices = [(a.pk, f"{a.numero} {a.titre}".strip()) for a in actions]
        champ.help_text = "Trois au plus. Les autres sont dites en une ligne."


class SensForm(Formulaire):
    vers = forms.ChoiceField(choices=[("monter", "Monter"), ("descendre", "Descendre")])


class PresenceForm(Formulaire):
    parait = forms.ChoiceField(choices=[("oui", "Paraît"), ("non", "Ne paraît pas")])
