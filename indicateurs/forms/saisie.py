from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from contrats.forms.base import ChampDate
from indicateurs.calcul.facteur import facteur
from indicateurs.forms.base import ChampNombre, FormulaireReporte
from indicateurs.grille.periodes import Periode, code_de, periode_du_code, periodes_de
from indicateurs.grille.territoires import TOUT_LE_TERRITOIRE, Territoire
from indicateurs.models import Dimension, Indicateur, Mesure, Modalite, Qualite
from indicateurs.saisie import NombreIllisible, lire_nombre_garde
from indicateurs.saisie_case import Lue, ecrire_case, lire_case

PART = "part-"
VALEURS = {"valeur", "numerateur", "denominateur"}
AUTRES_DATES = "autres"


class ChampGarde(ChampNombre):
    """Un nombre, avec les décimales que la plateforme garde."""

    def to_python(self, value: Any) -> Any:
        try:
            return lire_nombre_garde("" if value is None else str(value))
        except NombreIllisible as erreur:
            raise forms.ValidationError(str(erreur)) from erreur


class ChampPart(forms.CharField):
    """La part d’une valeur, tapée comme dans la grille ; rend une Lue, ou None si elle est vide."""

    def __init__(self, *, indicateur: Indicateur, **kwargs: Any) -> None:
        self.est_ratio, self.multiple = indicateur.est_ratio, facteur(indicateur.unite)
        super().__init__(required=False, max_length=80, **kwargs)
        self.widget.attrs |= {"class": "courte", "autocomplete": "off"}

    def to_python(self, value: Any) -> Lue | None:  # type: ignore[override]  # une valeur lue
        try:
            return lire_case(str(value or ""), est_ratio=self.est_ratio, multiple=self.multiple)
        except NombreIllisible as erreur:
            raise forms.ValidationError(str(erreur)) from erreur

    def run_validators(self, value: Any) -> None:
        """La longueur d’un texte ne se mesure pas sur un nombre lu."""


class MesureForm(FormulaireReporte):
    """La valeur d’une période, avec ce qui la précise et sa répartition."""

    valeur = ChampGarde(label="Valeur", required=False)
    numerateur = ChampGarde(label="Numérateur", required=False)
    denominateur = ChampGarde(label="Dénominateur", required=False)
    qualite = forms.ChoiceField(label="Qualité", choices=Qualite.choices)
    source = forms.CharField(label="Source", required=False, max_length=200)
    commentaire = forms.CharField(
        label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        indicateur: Indicateur,
        mesure: Mesure | None,
        parts: Mapping[str, Any] | None = None,
        modalites: Iterable[Modalite] = (),
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initiales(indicateur, mesure)
        super().__init__(*args, **kwargs)
        self.modalites = list(modalites)
        self._poser_la_valeur(indicateur)
        for modalite in self.modalites:
            part = (parts or {}).get(modalite.pk)
            champ = ChampPart(label=modalite.libelle, indicateur=indicateur)
            champ.initial = ecrire_case(part) if part else ""
            self.fields[f"{PART}{modalite.pk}"] = champ

    def _poser_la_valeur(self, indicateur: Indicateur) -> None:
        if not indicateur.est_ratio:
            del self.fields["numerateur"], self.fields["denominateur"]
            self.fields["valeur"].help_text = f"En {indicateur.unite}."
            return
        self.fields["numerateur"].label = _capitale(indicateur.numerateur) or "Numérateur"
        self.fields["denominateur"].label = _capitale(indicateur.denominateur) or "Dénominateur"
        self.fields["valeur"].label = f"Ou seulement le résultat ({indicateur.unite})"
        aide = "Si vous n’avez pas les deux nombres\u00a0: il ne pourra pas s’additionner."
        self.fields["valeur"].help_text = aide
        ordre = ["numerateur", "denominateur", "valeur"]
        self.order_fields([*ordre, *(nom for nom in self.fields if nom not in ordre)])

    def champs_de_la_valeur(self) -> list[BoundField]:
        """La valeur est ce que l’on vient écrire : la page ne la dit pas facultative."""
        for nom in VALEURS & self.fields.keys():
            self.fields[nom].required = True
        return [champ for champ in self if not champ.name.startswith(PART)]

    def dimensions(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """(nom, champs, a une part) pour chaque façon de répartir."""
        for dimension in Dimension:
            noms = [m.pk for m in self.modalites if m.dimension == dimension]
            champs = [self[f"{PART}{nom}"] for nom in noms]
            if champs:
                yield dimension.label, champs, any(champ.value() for champ in champs)

    def valeurs(self) -> dict[str, Any]:
        hors = {"version", "periode", "debut", "fin", "territoire"}
        donnees = self.cleaned_data.items()
        return {n: v for n, v in donnees if n not in hors and not n.startswith(PART)}

    def parts(self) -> dict[str, Lue | None]:
        donnees = self.cleaned_data
        return {n.removeprefix(PART): v for n, v in donnees.items() if n.startswith(PART)}


def _capitale(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _initiales(indicateur: Indicateur, mesure: Mesure | None) -> dict[str, Any]:
    defauts = {
        "valeur": None, "numerateur": None, "denominateur": None, "commentaire": "",
        "qualite": Qualite.DEFINITIVE, "source": indicateur.source, "version": 0,
    }  # fmt: skip
    lues = {nom: getattr(mesure, nom) if mesure else v for nom, v in defauts.items()}
    if mesure and mesure.denominateur is not None:
        lues["valeur"] = None
    return lues


class ValeurNouvelleForm(MesureForm):
    """Une valeur pour une période ou une partie du territoire."""

    periode = forms.ChoiceField(label="Période")
    debut = ChampDate(label="Du", required=False)
    fin = ChampDate(label="Au", required=False)
    territoire = forms.ChoiceField(label="Territoire", required=False)

    def __init__(
        self,
        *args: Any,
        annee: int,
        territoires: list[tuple[str, list[tuple[Territoire, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, mesure=None, **kwargs)
        periodes = [(code_de(periode), nom) for nom, periode in periodes_de(annee)]
        self.fields["periode"].choices = [*periodes, (AUTRES_DATES, "Autres dates")]  # type: ignore[attr-defined]  # un choix
        self.fields["debut"].help_text = "Pour «\u00a0Autres dates\u00a0» seulement."
        choix: list[Any] = [("", TOUT_LE_TERRITOIRE)]
        choix += [(titre, [(":".join(c), nom) for c, nom in lieux]) for titre, lieux in territoires]
        self.fields["territoire"].choices = choix  # type: ignore[attr-defined]  # un choix
        ordre = ["periode", "debut", "fin", "territoire"]
        self.order_fields([*ordre, *(nom for nom in self.fields if nom not in ordre)])

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("periode") == AUTRES_DATES:
            for nom in ("debut", "fin"):
                if not donnees.get(nom) and nom not in self.errors:
                    self.add_error(nom, "Donnez les deux dates.")
        return donnees

    def la_periode(self) -> Periode:
        donnees = self.cleaned_data
        if donnees["periode"] == AUTRES_DATES:
            return donnees["debut"], donnees["fin"]
        return periode_du_code(donnees["periode"])

    def le_territoire(self) -> Territoire:
        niveau, _, code = self.cleaned_data["territoire"].partition(":")
        return niveau, code


class SurPlaceForm(MesureForm):
    """La même valeur, en grand et sans répartition ; un seul champ suffit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]
        self.fields["commentaire"].widget = forms.Textarea(attrs={"rows": 2})
        for nom in VALEURS & self.fields.keys():
            self.fields[nom].widget.attrs["class"] = "grande"
        if "numerateur" in self.fields:
            del self.fields["valeur"]
