"""Les 18 agences régionales de santé et les départements de leur ressort."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import yaml
from django.apps import apps
from django.db import transaction

from acteurs.fichiers_territoires import DOSSIER
from acteurs.models import Acteur, CompetenceArs, Departement, Region
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
    """Ajoute les agences qui manquent aux régions chargées et rattache leurs départements. Le nom
    d'une agence déjà présente n'est pas touché : l'opérateur a pu le corriger."""
    agences: list[Agence] = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    charger_nomenclatures([apps.get_app_config("acteurs")])
    presentes = set(Acteur.objects.ars().values_list("region_id", flat=True))
    attendues = set(Region.objects.values_list("pk", flat=True))
    manquantes = [a for a in agences if a["region"] in attendues - presentes]
    Acteur.objects.bulk_create(
        Acteur(type_id=TYPE_ARS, nom=a["nom"], region_id=a["region"]) for a in manquantes
    )
    return RapportArs(
        ajoutees=len(manquantes),
        inchangees=len(presentes),
        departements_rattaches=_rattacher(agences),
    )


def _rattacher(agences: Sequence[Agence]) -> int:
    par_region = dict(Acteur.objects.ars().values_list("region_id", "pk"))
    departements = set(Departement.objects.values_list("pk", flat=True))
    actuelles = dict(CompetenceArs.objects.values_list("departement_id", "ars_id"))
    voulues = {
        d: par_region[a["region"]]
        for a in agences
        for d in departements.intersection(a["departements"])
    }
    changees = {d: ars for d, ars in voulues.items() if actuelles.get(d) != ars}
    CompetenceArs.objects.filter(departement__in=changees).delete()
    CompetenceArs.objects.bulk_create(
        CompetenceArs(ars_id=ars, departement_id=d) for d, ars in sorted(changees.items())
    )
    return len(changees)
