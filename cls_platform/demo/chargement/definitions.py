"""La suite des définitions : code, niveau, limites, précision, cibles intermédiaires, collecte.

Et ce que les agences ajoutent au catalogue national.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import (
    DOSSIER,
    VIA,
    Donnees,
    lire_catalogues_regionaux,
    lire_definitions,
)
from contrats.models import Contrat
from indicateurs.models import IndicateurModele
from indicateurs.services.indicateurs import modifier_indicateur

NOMBRES = ("precision", "seuil")


def charger_definitions(contrat: Contrat, *, par: Utilisateur, dossier: Path = DOSSIER) -> None:
    """Rien pour un contrat qui n’a pas de fichier."""
    lues = lire_definitions(contrat.slug, dossier)
    indicateurs = {i.libelle: i for i in contrat.indicateurs.all()} if lues else {}
    equipe = {p.utilisateur.email: p.utilisateur for p in contrat.participations.pour_liste()}
    for donnees in lues:
        modifier_indicateur(
            indicateur=indicateurs[donnees["libelle"]],
            valeurs=_valeurs(donnees, equipe),
            version=None,
            par=par,
            via=VIA,
        )


def _valeurs(donnees: Donnees, equipe: Mapping[str, Utilisateur]) -> dict[str, Any]:
    valeurs = dict(donnees)
    for nom in set(NOMBRES) & valeurs.keys():
        valeurs[nom] = Decimal(str(valeurs[nom]))
    if "responsable" in valeurs:
        valeurs["responsable"] = equipe[valeurs["responsable"]]
    if "cibles" in valeurs:
        cibles = valeurs["cibles"].items()
        valeurs["cibles"] = [(annee, Decimal(str(valeur))) for annee, valeur in cibles]
    return valeurs


def charger_catalogues_regionaux(dossier: Path = DOSSIER) -> None:
    """Ce qui est déjà là n’est pas touché."""
    for region, lignes in lire_catalogues_regionaux(dossier).items():
        for rang, ligne in enumerate(lignes, start=1):
            champs = {n: v for n, v in ligne.items() if n != "code"}
            champs |= {"region_id": region, "ordre": rang, "est_modifie": True}
            IndicateurModele.objects.get_or_create(code=ligne["code"], defaults=champs)
