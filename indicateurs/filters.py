"""Les filtres des indicateurs et de leurs valeurs, communs aux pages et à l’API."""

import django_filters

from acteurs.models import Region
from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi, Recherche
from indicateurs.models import (
    NIVEAUX_DE_MESURE,
    Calcul,
    Indicateur,
    IndicateurModele,
    Mesure,
    NiveauIndicateur,
    Qualite,
    TypeIndicateur,
)

ANNEES = {"min_value": 1900, "max_value": 2200}


class IndicateurFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du libellé.")
    contrat = django_filters.UUIDFilter(label="Contrat")
    region = Parmi(field_name="contrat__region", queryset=Region.objects.tries(), label="Région")
    axe = django_filters.UUIDFilter(label="Axe")
    action = django_filters.UUIDFilter(field_name="actions", label="Action liée")
    type = ChoixMultiples(choices=TypeIndicateur.choices, label="Type")
    niveau = ChoixMultiples(choices=NiveauIndicateur.choices, label="Niveau territorial")
    calcul = ChoixMultiples(choices=Calcul.choices, label="Origine des valeurs")
    modele = Parmi(queryset=IndicateurModele.objects.tries(), label="Indicateur du catalogue")
    avec_cible = OuiNon(
        field_name="cible", lookup_expr="isnull", exclude=True, label="Avec une cible"
    )

    class Meta:
        model = Indicateur
        fields: list[str] = []


class CatalogueFilterSet(JeuDeFiltres):
    """Le catalogue, national et régional ; `region` : celui d’une région seulement."""

    recherche = Recherche(help_text="Mots du code, du libellé ou de la définition.")
    type = ChoixMultiples(choices=TypeIndicateur.choices, label="Type")
    niveau = ChoixMultiples(choices=NiveauIndicateur.choices, label="Niveau territorial")
    region = Parmi(queryset=Region.objects.tries(), label="Région")
    est_national = OuiNon(field_name="region", lookup_expr="isnull", label="Catalogue national")

    class Meta:
        model = IndicateurModele
        fields: list[str] = []


class MesureFilterSet(JeuDeFiltres):
    indicateur = django_filters.UUIDFilter(label="Indicateur")
    contrat = django_filters.UUIDFilter(field_name="indicateur__contrat", label="Contrat")
    annee = django_filters.NumberFilter(label="Année", **ANNEES)
    annee_min = django_filters.NumberFilter(
        field_name="annee", lookup_expr="gte", label="À partir de l’année", **ANNEES
    )
    annee_max = django_filters.NumberFilter(
        field_name="annee", lookup_expr="lte", label="Jusqu’à l’année", **ANNEES
    )
    qualite = ChoixMultiples(choices=Qualite.choices, label="Qualité")
    niveau_territoire = ChoixMultiples(choices=NIVEAUX_DE_MESURE, label="Niveau du territoire")

    class Meta:
        model = Mesure
        fields: list[str] = []
