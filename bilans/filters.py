"""Les filtres des bilans, communs aux pages et à l’API."""

import django_filters

from acteurs.models import Region
from bilans.etats import StatutBilan
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


class AvisBilanFilterSet(JeuDeFiltres):
    bilan = django_filters.UUIDFilter(label="Bilan")
    contrat = django_filters.UUIDFilter(field_name="bilan__contrat", label="Contrat")
    acteur = django_filters.UUIDFilter(label="Organisation")
    sens = ChoixMultiples(choices=SensAvis.choices, label="Avis")
    attendu = OuiNon(field_name="rendu_le", lookup_expr="isnull", label="Encore attendu")

    class Meta:
        model = AvisBilan
        fields: list[str] = []
