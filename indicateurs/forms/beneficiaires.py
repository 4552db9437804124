"""La saisie des bénéficiaires d’une action, une année : une ligne par public et par quartier."""

from hashlib import blake2s
from typing import Any

from django import forms

from contrats.models import Population
from indicateurs.forms.base import ChampNombre, FormulaireReporte

LIGNES_AU_PLUS = 200
ENTIER_MAXIMUM = 2_000_000


class ChampEffectif(ChampNombre):
    """Un nombre entier de personnes ou de venues ; None si la case est vide."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "class": "effectif"}
    )

    def clean(self, value: Any) -> int | None:
        nombre = super().clean(value)
        if nombre is None:
            return None
        if nombre != int(nombre) or nombre < 0:
            raise forms.ValidationError("Écrivez un nombre entier, par exemple 42.")
        if nombre > ENTIER_MAXIMUM:
            raise forms.ValidationError("Ce nombre est trop grand : vérifiez-le.")
        return int(nombre)


class CompteForm(FormulaireReporte):
    """Une ligne. `lu` : ce qu’elle disait à l’ouverture ; inchangée, elle n’est pas réécrite."""

    population = forms.ModelChoiceField(
        Population.objects.actives().exclude(pk="tous").tries(),
        label="Public",
        required=False,
        empty_label="Tous les publics",
    )
    code_qpv = forms.CharField(label="Quartier", max_length=12, required=False)
    nom_qpv = forms.CharField(label="Autre quartier", max_length=120, required=False)
    personnes = ChampEffectif(label="Personnes", required=False)
    presences = ChampEffectif(label="Présences", required=False)
    sont_distinctes = forms.BooleanField(
        label="Ces personnes ne sont comptées dans aucune autre action du contrat cette année",
        required=False,
    )
    source = forms.CharField(label="Source", max_length=200, required=False)
    commentaire = forms.CharField(
        label="Commentaire",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    lu = forms.CharField(required=False, widget=forms.HiddenInput)
    est_neuve = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, quartiers: list[tuple[str, str]], titre: str = "", **kwargs: Any
    ) -> None:
        """`titre` : l’intitulé d’une ligne dont le public et le quartier ne se choisissent plus."""
        super().__init__(*args, **kwargs)
        self.titre = titre
        self.est_libre = bool(self["est_neuve"].value())
        if self.est_libre:
            choix = [("", "Tout le territoire"), *quartiers]
            self.fields["code_qpv"] = forms.ChoiceField(
                label="Quartier", choices=choix, required=False
            )
        else:
            # Une ligne déjà là garde son public, même retiré de la liste depuis
            self.fields["population"].queryset = Population.objects.all()  # type: ignore[attr-defined]  # champ de choix
            for nom in ("population", "code_qpv", "nom_qpv"):
                self.fields[nom].widget = forms.HiddenInput()

    @property
    def est_le_total(self) -> bool:
        return self.prefix == "0"

    @property
    def champs_de_qui(self) -> list[forms.BoundField]:
        """Ce qui se choisit sur une ligne libre ; sans zonage chargé, on nomme le quartier."""
        choix = self.fields["code_qpv"].choices  # type: ignore[attr-defined]  # champ de choix
        noms = ("population", "code_qpv", "nom_qpv")
        return [self[nom] for nom in noms if nom != "code_qpv" or len(list(choix)) > 1]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if self.est_libre and donnees.get("code_qpv") and donnees.get("nom_qpv"):
            self.add_error("nom_qpv", "Choisissez un quartier dans la liste, ou nommez-en un.")
        if self.est_libre and self._compte_sans_dire_qui(donnees):
            self.add_error("population", "Choisissez un public, un quartier, ou les deux.")
        return donnees

    @staticmethod
    def _compte_sans_dire_qui(donnees: dict[str, Any]) -> bool:
        qui = any(donnees.get(nom) for nom in ("population", "code_qpv", "nom_qpv"))
        compte = any(donnees.get(nom) is not None for nom in ("personnes", "presences"))
        return compte and not qui

    def empreinte(self) -> str:
        return empreinte(self.cleaned_data)

    @property
    def a_change(self) -> bool:
        return self.empreinte() != self.cleaned_data["lu"]


def empreinte(valeurs: Any) -> str:
    """De quoi savoir, à l’envoi, si la personne a touché à la ligne."""
    lues = [valeurs.get(nom) for nom in ("personnes", "presences")]
    lues += [bool(valeurs.get("sont_distinctes"))]
    textes = [(valeurs.get(nom) or "").replace("\r\n", "\n") for nom in ("source", "commentaire")]
    return blake2s(repr([*lues, *textes]).encode(), digest_size=8).hexdigest()
