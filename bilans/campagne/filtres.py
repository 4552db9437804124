"""Les filtres des campagnes et de leur tableau, communs à la page, à l’API et à l’export.

Les lignes du tableau ne sont pas une table : chaque filtre est une condition sur une ligne.
"""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import TextChoices
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from acteurs.models import Departement, Region
from bilans.campagne.ligne import Etape, LigneCampagne
from bilans.campagne.tableau import TableauCampagne
from bilans.models import Campagne
from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi, Recherche
from contrats.models import Contrat

Condition = Callable[[LigneCampagne], bool]
RANGS = {etape: rang for rang, etape in enumerate(Etape)}


class CampagneFilterSet(JeuDeFiltres):
    region = Parmi(queryset=Region.objects.tries(), label="Région")
    contrat = django_filters.UUIDFilter(label="Contrat")
    annee = django_filters.NumberFilter(label="Année des bilans", min_value=2009, max_value=2100)
    ouverte_le = django_filters.DateFilter(
        method="filtrer_ouverte", label="En écriture ou en correction ce jour-là"
    )

    class Meta:
        model = Campagne
        fields: list[str] = []

    def filtrer_ouverte(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.ouvertes(value)


class Tri(TextChoices):
    """Sans réponse, ce qui presse d’abord."""

    NOM = "nom", "Nom, de A à Z"
    NOM_INVERSE = "-nom", "Nom, de Z à A"
    ETAPE = "etape", "Étape, la moins avancée d’abord"
    ETAPE_INVERSE = "-etape", "Étape, la plus avancée d’abord"
    REMISE = "remise", "Remise, la plus proche d’abord"
    REMISE_INVERSE = "-remise", "Remise, la plus lointaine d’abord"
    ACTIVITE = "activite", "Dernière activité, la plus ancienne d’abord"
    ACTIVITE_INVERSE = "-activite", "Dernière activité, la plus récente d’abord"


CLES: dict[str, Callable[[LigneCampagne], Any]] = {
    "nom": lambda ligne: ligne.cle_tri,
    "etape": lambda ligne: RANGS[ligne.etape],
    "remise": lambda ligne: ligne.remise_le,
    "activite": lambda ligne: ligne.activite_le,
}


class TableauFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom du contrat ou d’une de ses communes.")
    etape = ChoixMultiples(choices=Etape.choices, label="Étape du bilan")
    # Une ligne n’est pas un objet en base : le schéma ne devine pas la sorte du code
    departement = extend_schema_field(OpenApiTypes.STR)(
        Parmi(queryset=Departement.objects.tries(), label="Délégation")
    )
    en_retard = OuiNon(label="Remise passée, bilan pas encore publié")
    avis_attendus = OuiNon(label="Des avis sont attendus")
    sans_coordination = OuiNon(label="Personne n’écrit ce bilan")
    correction = OuiNon(label="Une correction s’écrit")
    tri = django_filters.ChoiceFilter(choices=Tri.choices, label="Ranger par", empty_label=None)

    class Meta:
        model = Campagne
        fields: list[str] = []

    def filter_queryset(self, queryset: TableauCampagne) -> TableauCampagne:
        conditions = self._gardees.values()
        gardees = queryset.garder(lambda ligne: all(vrai(ligne) for vrai in conditions))
        return ranger(gardees, self._valeurs.get("tri") or "")

    def condition(self, nom: str, valeur: Any) -> Condition:
        """Celle que pose ce filtre, rempli ainsi."""
        faire: dict[str, Callable[[Any], Condition]] = {
            "recherche": trouvees,
            "etape": lambda voulues: lambda ligne: ligne.etape in voulues,
            "departement": lambda voulu: lambda ligne: ligne.departement == voulu.pk,
            "en_retard": lambda oui: lambda ligne: ligne.est_en_retard is oui,
            "avis_attendus": lambda oui: lambda ligne: bool(ligne.avis.attendus) is oui,
            "sans_coordination": lambda oui: lambda ligne: (not ligne.coordination) is oui,
            "correction": lambda oui: lambda ligne: (ligne.correction is not None) is oui,
        }
        return faire[nom](valeur)

    def nombre(self, nom: str, condition: Condition) -> int:
        """Les lignes que montrerait ce filtre-là, à la place de sa valeur d’aujourd’hui."""
        autres = [vrai for autre, vrai in self._gardees.items() if autre != nom]
        lignes: TableauCampagne = self.queryset
        return lignes.nombre(lambda ligne: condition(ligne) and all(v(ligne) for v in autres))

    @property
    def _valeurs(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.is_valid() else {}

    @property
    def _gardees(self) -> dict[str, Condition]:
        if not hasattr(self, "_conditions"):
            remplis = {n: v for n, v in self._valeurs.items() if v not in (None, "", [], ())}
            self._conditions = {n: self.condition(n, v) for n, v in remplis.items() if n != "tri"}
        return self._conditions


def trouvees(texte: str) -> Condition:
    """Les contrats que ces mots trouvent, par leur nom ou par une commune ; une requête."""
    trouves = set(Contrat.objects.rechercher(texte).values_list("pk", flat=True))
    return lambda ligne: ligne.contrat in trouves


def ranger(tableau: TableauCampagne, tri: str) -> TableauCampagne:
    """Par défaut ce qui reste à publier, le plus pressé d’abord. Sans valeur : à la fin."""
    par_nom = tableau.ranger(lambda ligne: (ligne.cle_tri, str(ligne.contrat)))
    if not tri:
        return par_nom.ranger(lambda ligne: (ligne.est_remis, ligne.remise_le, RANGS[ligne.etape]))
    cle, est_inverse = CLES[tri.lstrip("-")], tri.startswith("-")
    avec = par_nom.garder(lambda ligne: cle(ligne) is not None)
    sans = par_nom.garder(lambda ligne: cle(ligne) is None)
    return TableauCampagne([*sorted(avec, key=cle, reverse=est_inverse), *sans])
