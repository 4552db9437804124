"""Les formulaires de la relecture : commentaire, demande d’avis, avis, validation, visa."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from acteurs.models import Acteur
from bilans.models import AvisBilan, CommentaireBilan, SensAvis, ValidationBilan
from bilans.services.avis import Destinataire, Reponse
from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.forms.choix import ChampOrganisations, choix_d_organisations
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Contrat, Reunion
from contrats.models.organisations import organisations_de


def texte_libre(label: str, longueur: int, *, lignes: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longueur,
        widget=forms.Textarea(attrs={"rows": lignes}),
        **options,
    )


class CommentaireForm(Formulaire):
    """`suite` : la page d’où l’on écrit, où l’on revient."""

    texte = texte_libre(
        "Votre commentaire",
        3000,
        error_messages={"required": "Écrivez votre commentaire."},
        help_text="Lu par l’équipe du contrat et son agence, jamais publié.",
    )
    ancre = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    suite = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class FormulaireCommentaire(FormulaireDUnObjet):
    modele = CommentaireBilan

    texte = texte_libre(
        "Votre commentaire", 3000, error_messages={"required": "Écrivez votre commentaire."}
    )


class EtatCommentaireForm(Formulaire):
    """Un bouton d’un fil : clore ou rouvrir."""

    geste = forms.ChoiceField(choices=[("clore", "clore"), ("rouvrir", "rouvrir")])
    suite = forms.CharField(max_length=300, required=False)


CHOISI, COURRIEL = "choisi_", "courriel_"


class DemandeAvisForm(Formulaire):
    """Une ligne par organisation signataire qui n’a pas encore été sollicitée."""

    attendu_le = ChampDate(
        label="Avis attendu le",
        help_text="Le lien envoyé reste ouvert 30 jours après cette date.",
    )
    message = texte_libre(
        "Message",
        2000,
        required=False,
        help_text="Il est mis dans le courriel : ce que vous attendez de cet avis.",
    )

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Acteur],
        connus: Mapping[UUID, str],
        **kwargs: Any,
    ) -> None:
        """`connus` : le courriel employé la dernière fois."""
        super().__init__(*args, **kwargs)
        self.organisations = list(organisations)
        for acteur in self.organisations:
            self.fields[f"{CHOISI}{acteur.pk}"] = forms.BooleanField(
                label=acteur.nom, required=False
            )
            self.fields[f"{COURRIEL}{acteur.pk}"] = forms.EmailField(
                label="Courriel",
                required=False,
                initial=connus.get(acteur.pk, ""),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
                error_messages={"invalid": "Écrivez une adresse comme nom@exemple.fr."},
            )

    @property
    def champs_simples(self) -> list[BoundField]:
        return [self["attendu_le"], self["message"]]

    @property
    def lignes(self) -> list[tuple[BoundField, BoundField]]:
        cles = [acteur.pk for acteur in self.organisations]
        return [(self[f"{CHOISI}{cle}"], self[f"{COURRIEL}{cle}"]) for cle in cles]

    def destinataires(self) -> list[Destinataire]:
        dit = self.cleaned_data
        return [
            Destinataire(acteur, dit[f"{COURRIEL}{acteur.pk}"])
            for acteur in self.organisations
            if dit[f"{CHOISI}{acteur.pk}"]
        ]


class FormulaireDemande(FormulaireDUnObjet):
    modele = AvisBilan

    attendu_le = ChampDate(label="Avis attendu le")
    courriel = forms.EmailField(
        label="Courriel",
        required=False,
        help_text="Le courriel part quand vous relancez.",
        error_messages={"invalid": "Écrivez une adresse comme nom@exemple.fr."},
    )
    message = texte_libre("Message", 2000, required=False)


class _Avis(Formulaire):
    sens = forms.ChoiceField(
        label="L’avis de l’organisation",
        choices=SensAvis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un avis."},
    )
    texte = texte_libre(
        "Observations",
        5000,
        lignes=6,
        required=False,
        help_text="À écrire si l’avis est réservé ou défavorable : lesquelles, ou pourquoi.",
    )

    def clean(self) -> dict[str, Any]:
        """La base refuse aussi un avis réservé ou défavorable sans un mot."""
        dit = super().clean() or {}
        reserve = dit.get("sens") in (SensAvis.RESERVES, SensAvis.DEFAVORABLE)
        if reserve and not dit.get("texte", "").strip():
            self.add_error("texte", "Écrivez vos réserves, ou pourquoi l’avis est défavorable.")
        return dit


class AvisForm(_Avis, FormulaireVersionne):
    """L’avis donné avec un compte."""


class AvisSigneForm(_Avis):
    """L’avis donné par le lien : qui se prononce, et à quel titre."""

    nom = forms.CharField(label="Votre nom", max_length=100)
    fonction = forms.CharField(label="Votre fonction", max_length=58)

    field_order = ("sens", "texte", "nom", "fonction")

    def reponse(self) -> Reponse:
        dit = self.cleaned_data
        return Reponse(dit["sens"], dit["texte"], f"{dit['nom']}, {dit['fonction']}")


class AvisRecuForm(_Avis, FormulaireVersionne):
    """L’avis reçu par courrier, recopié."""

    nom = forms.CharField(
        label="Qui a signé",
        max_length=160,
        help_text="Nom et fonction, comme sur le courrier. Votre nom sera gardé à côté.",
    )

    def reponse(self) -> Reponse:
        dit = self.cleaned_data
        return Reponse(dit["sens"], dit["texte"], dit["nom"])


class FormulaireValidation(FormulaireDUnObjet):
    modele = ValidationBilan

    reunion = forms.ModelChoiceField(
        Reunion.objects.none(),
        label="Réunion du contrat",
        required=False,
        empty_label="Aucune de celles notées ici",
    )
    date = ChampDate(label="Date de la validation")
    lieu = forms.CharField(label="Lieu", max_length=160)
    presents = ChampOrganisations(label="Organisations présentes", required=False)
    precisions = texte_libre(
        "Précisions",
        2000,
        required=False,
        help_text="Une réserve levée, un vote, ce que le comité a demandé de changer.",
    )
    sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, contrat: Contrat, reunions: Iterable[Reunion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choix: Any = self.fields["reunion"]
        choix.queryset = reunions
        choix.label_from_instance = _nom_de_reunion
        presents: Any = self.fields["presents"]
        gardees = self.initial.get("presents", ())
        presents.proposer(choix_d_organisations(organisations_de(contrat), gardees=gardees))

    def valeurs_de(self, objet: Any) -> dict[str, Any]:
        return super().valeurs_de(objet) | {"sha256": objet.sha256}


def _nom_de_reunion(reunion: Reunion) -> str:
    return f"{reunion.instance.nom}, {reunion.date:%d/%m/%Y}"


class VisaForm(Formulaire):
    """`sha256` : l’empreinte du PDF que la personne a lu."""

    observations = texte_libre("Observations", 2000, lignes=3, required=False)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
