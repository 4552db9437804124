"""Les données de référence de la base de test : nomenclatures et quelques territoires réels.

Présentes avant chaque test qui touche la base ; un test transactionnel, qui vide tout, les retrouve.
"""

from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command
from django.db import transaction

from acteurs.models import Acteur, Commune, CompetenceArs, Departement, Epci, Region, TypeActeur

DONNEES = Path(__file__).resolve().parent.parent / "donnees" / "territoires.yaml"


def est_en_place() -> bool:
    return Region.objects.exists() and TypeActeur.objects.exists()


@transaction.atomic
def mettre_en_place() -> None:
    """Sans effet si les données sont déjà là."""
    if est_en_place():
        return
    call_command("charger_nomenclatures", verbosity=0)
    charger_territoires(yaml.safe_load(DONNEES.read_text(encoding="utf-8")))
    charger_ars()


def charger_territoires(donnees: dict[str, Any]) -> None:
    Region.objects.bulk_create(Region(code=c, nom=n) for c, n in donnees["regions"].items())
    regions = {code: region for code, (_, region) in donnees["departements"].items()}
    Departement.objects.bulk_create(
        Departement(code=code, nom=nom, region_id=region)
        for code, (nom, region) in donnees["departements"].items()
    )
    communes = communes_de(donnees["sans_epci"], None, regions)
    for siren, epci in donnees["epci"].items():
        nom_court = epci["nom"].split(maxsplit=1)[1]
        Epci.objects.create(
            siren=siren, nom=epci["nom"], nom_court=nom_court, nature=epci["nature"]
        )
        communes += communes_de(epci, siren, regions)
    Commune.objects.bulk_create(communes)


def communes_de(groupe: dict[str, Any], epci: str | None, regions: dict[str, str]) -> list[Commune]:
    return [
        Commune(
            code=code,
            nom=nom,
            codes_postaux=[code_postal],
            population=population,
            siren=siren,
            departement_id=groupe["departement"],
            region_id=regions[groupe["departement"]],
            epci_id=epci,
        )
        for code, nom, code_postal, population, siren in groupe["communes"]
    ]


def charger_ars() -> None:
    """Une agence par région de l’extrait, compétente sur ses départements."""
    for region in Region.objects.all():
        ars = Acteur.objects.create(nom=f"ARS {region.nom}", type_id="ars", region=region)
        CompetenceArs.objects.bulk_create(
            CompetenceArs(ars=ars, departement=d) for d in region.departements.all()
        )
