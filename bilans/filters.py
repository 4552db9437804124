"""Les filtres des bilans, communs aux pages et à l’API."""

from typing import Any

import django_filters

from acteurs.models import Region
from bilans.documents_lisibles import DocumentLisible, EtatFichier, GenreFichier
from bilans.etats import EtatEdition, StatutBilan
from bilans.models import AvisBilan, Bilan, SensAvis
from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi, Recherche


class BilanFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom du contrat ou d’une de ses communes.")
    contrat = django_filters.UUIDFilter(label="Contrat")
    annee = django_filters.NumberFilter(label="Année", min_value=2009, max_value=2100)
    statut = ChoixMultiples(choices=StatutBilan.choices, label="Statut")
    region = Parmi(
        field_name="contrat__region",
        queryset=Region.objects.tries(),
        label="Région",
        empty_label="Toutes",
    )

    class Meta:
        model = Bilan
        fields: list[str] = []


class EditionFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom du contrat ou d’une de ses communes.")
    contrat = django_filters.UUIDFilter(label="Contrat")
    annee = django_filters.NumberFilter(label="Année", min_value=2009, max_value=2100)
    etat = ChoixMultiples(
        field_name="etat_edition", choices=EtatEdition.choices, label="État de l’édition"
    )
    region = Parmi(
        field_name="contrat__region",
        queryset=Region.objects.tries(),
        label="Région",
        empty_label="Toutes",
    )

    class Meta:
        model = Bilan
        fields: list[str] = []


class DocumentFilterSet(JeuDeFiltres):
    """`genre` et `etat` portent sur ses documents : tous ne sont pas une ligne d’une table."""

    contrat = django_filters.UUIDFilter(label="Contrat")
    bilan = django_filters.UUIDFilter(field_name="pk", label="Bilan, une édition d’une année")
    annee = django_filters.NumberFilter(label="Année", min_value=2009, max_value=2100)
    genre = ChoixMultiples(choices=GenreFichier.choices, method="laisser", label="Genre")
    etat = ChoixMultiples(choices=EtatFichier.choices, method="laisser", label="État")

    class Meta:
        model = Bilan
        fields: list[str] = []

    def laisser(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    def garde(self, document: DocumentLisible) -> bool:
        """Vrai si `genre` et `etat` gardent ce document."""
        voulus = self.form.cleaned_data
        genres, etats = voulus.get("genre"), voulus.get("etat")
        return (not genres or document.genre in genres) and (not etats or document.etat in etats)


class AvisBilanFilterSet(JeuDeFiltres):
    bilan = django_filters.UUIDFilter(label="Bilan")
    contrat = django_filters.UUIDFilter(field_name="bilan__contrat", label="Contrat")
    acteur = django_filters.UUIDFilter(label="Organisation")
    sens = ChoixMultiples(choices=SensAvis.choices, label="Avis")
    attendu = OuiNon(field_name="rendu_le", lookup_expr="isnull", label="Encore attendu")

    class Meta:
        model = AvisBilan
        fields: list[str] = []
