"""Écrire une doctrine : toute la région, un zonage, ou une liste de territoires."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from acteurs.models import EditionZonage, Epci, TypeZonage
from acteurs.resolution import couper
from cls_platform.socle import typographie
from contrats.forms.base import ChampDate, Formulaire
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Doctrine, Maillage

CODES_MAX = 2000


class ChampPourcent(forms.DecimalField):
    """On écrit 90 ou 90,5 ; la valeur va de 0 à 1."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=Decimal("0.1"), max_value=Decimal(100), **options)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "courte"})

    def clean(self, value: Any) -> Decimal | None:
        ecrit = str(value or "").replace(",", ".").replace("%", "").strip()
        lu = super().clean(ecrit)
        return None if lu is None else (lu / 100).quantize(Decimal("0.0001"))

    def prepare_value(self, value: Any) -> Any:
        """La part gardée se relit en pourcentage ; ce qui est tapé reste tel quel."""
        if isinstance(value, Decimal):
            return typographie.nombre(value * 100).replace(typographie.FINE, "")
        return value


class ChampCodes(forms.CharField):
    """Des codes Insee, un par ligne ou séparés par des virgules, comme un tableur les colle."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(code.upper() for code in couper(super().clean(value))))
        if len(codes) > CODES_MAX:
            raise forms.ValidationError(
                f"{typographie.nombre(CODES_MAX)} communes au plus : au-delà, chargez un zonage."
            )
        return codes

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class FormulaireDoctrine(Formulaire):
    modele = Doctrine

    depuis = ChampDate(
        label="En vigueur depuis",
        help_text="La doctrine précédente reste vraie jusqu’à la veille.",
    )
    maillage = forms.ChoiceField(
        label="Territoires visés", choices=Maillage.choices, widget=forms.RadioSelect
    )
    type_zonage = forms.ModelChoiceField(
        TypeZonage.objects.none(),
        label="Zonage prioritaire",
        required=False,
        empty_label="Aucun : une liste",
        help_text="Pour des territoires prioritaires.",
    )
    edition = forms.ModelChoiceField(
        EditionZonage.objects.none(),
        label="Millésime du zonage",
        required=False,
        empty_label="Celui en vigueur chaque jour",
        help_text="Figez un millésime si la doctrine ne doit pas changer avec le zonage.",
    )
    classes = forms.MultipleChoiceField(
        label="Classes du zonage",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée : toutes.",
    )
    codes_epci = forms.MultipleChoiceField(
        label="Intercommunalités", required=False, widget=forms.CheckboxSelectMultiple
    )
    codes_communes = ChampCodes(
        label="Communes",
        required=False,
        help_text="Leurs codes Insee, un par ligne. Une colonne de tableur se colle telle quelle.",
    )
    cible_taux = ChampPourcent(
        label="Part des habitants à couvrir", help_text="En pourcentage, comme 90 ou 92,5."
    )
    cible_date = ChampDate(label="À atteindre le")
    texte = forms.CharField(
        label="Ce que dit la doctrine",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, region: str, **options: Any) -> None:
        super().__init__(*args, **options)
        editions = EditionZonage.objects.filter(Q(region=None) | Q(region=region))
        champs: dict[str, Any] = self.fields
        champs["edition"].queryset = editions.select_related("type").order_by(
            "type__ordre", "-date_effet"
        )
        champs["edition"].label_from_instance = nom_du_millesime
        types = TypeZonage.objects.filter(pk__in=editions.values("type")).order_by("ordre", "pk")
        champs["type_zonage"].queryset = types
        champs["classes"].choices = classes = _classes(types)
        if not classes:
            del champs["classes"]
        membres = Epci.objects.actuelles().filter(communes__region=region).distinct().tries()
        champs["codes_epci"].choices = list(membres.values_list("pk", "nom_court"))

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(nom, valeur) for nom, valeur in valeurs.items()}


class FormulaireDoctrineModifiee(FormulaireDoctrine, FormulaireDUnObjet):
    """Les mêmes questions, sur une doctrine déjà écrite."""


def nom_du_millesime(edition: EditionZonage) -> str:
    return f"{edition.type.libelle}, {edition.millesime}"


def _classes(types: Any) -> list[tuple[str, str]]:
    """Celles de tous les zonages chargés ; un zonage qui n’a pas la classe cochée ne vise rien."""
    return [
        (code, f"{code}, {libelle}")
        for type_zonage in types
        for code, libelle in type_zonage.classes.items()
    ]


def valeurs_de(doctrine: Doctrine, champs: Collection[str]) -> dict[str, Any]:
    return {nom: getattr(doctrine, nom) for nom in champs}


ECRITURES: dict[str, Callable[[Any], str]] = {
    "cible_taux": typographie.pourcent,
    "maillage": lambda code: str(Maillage(code).label),
    "classes": ", ".join,
    "codes_epci": ", ".join,
    "codes_communes": ", ".join,
    "edition": lambda edition: edition.millesime,
    "depuis": typographie.date_longue,
    "cible_date": typographie.date_longue,
}


def en_mots(nom: str, valeur: Any) -> str:
    return "" if valeur is None else ECRITURES.get(nom, str)(valeur)
