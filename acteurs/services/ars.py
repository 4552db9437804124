"""Les 18 agences régionales de santé et les départements de leur ressort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import yaml
from django.apps import apps
from django.db import transaction

from acteurs.fichiers_territoires import DOSSIER
from acteurs.models import Acteur, CompetenceArs
from cls_platform.socle.nomenclatures import charger_nomenclatures

TYPE_ARS = "ars"


class Agence(TypedDict):
    region: str
    nom: str
    departements: list[str]


@dataclass(frozen=True, slots=True)
class RapportArs:
    ajoutees: int
    inchangees: int
    departements_rattaches: int

    @property
    def lignes_changees(self) -> int:
        return self.ajoutees + self.departements_rattaches


@transaction.atomic
def charger_ars(*, fichier: Path = DOSSIER / "ars.yaml") -> RapportArs:
    """Ajoute les agences qui manquent et rattache leurs départements. Le nom d'une agence
    déjà présente n'est pas touché : l'opérateur a pu le corriger."""
    agences: list[Agence] = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    charger_nomenclatures([apps.get_app_config("acteurs")])
    presentes = set(Acteur.objects.ars().values_list("region_id", flat=True))
    nouvelles = [a for a in agences if a["region"] not in presentes]
    Acteur.objects.bulk_create(
        Acteur(type_id=TYPE_ARS, nom=a["nom"], region_id=a["region"]) for a in nouvelles
    )
    return RapportArs(
        ajoutees=len(nouvelles),
        inchangees=len(agences) - len(nouvelles),
        departements_rattaches=_rattacher(agences),
    )


def _rattacher(agences: Sequence[Agence]) -> int:
    par_region = {ars.region_id: ars for ars in Acteur.objects.ars()}
    actuelles: Mapping[str, object] = dict(
        CompetenceArs.objects.values_list("departement_id", "ars_id")
    )
    voulues = {d: par_region[a["region"]].pk for a in agences for d in a["departements"]}
    changees = {d: ars for d, ars in voulues.items() if actuelles.get(d) != ars}
    CompetenceArs.objects.filter(departement__in=changees).delete()
    CompetenceArs.objects.bulk_create(
        CompetenceArs(ars_id=ars, departement_id=d) for d, ars in changees.items()
    )
    return len(changees)
