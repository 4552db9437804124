"""Listes de vocabulaire livrées avec le produit : `<application>/donnees/nomenclatures.yaml`.

Clés : noms de modèles de l'application, dans l'ordre de leurs dépendances. Valeurs : lignes
{code, libelle, …}, où une clé étrangère est donnée par son code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Field

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Nomenclature

FICHIER = Path("donnees") / "nomenclatures.yaml"
Ligne = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RapportListe:
    libelle: str
    ajoutees: int
    modifiees: int
    protegees: int
    inchangees: int


@transaction.atomic
def charger_nomenclatures(applications: Iterable[AppConfig] | None = None) -> list[RapportListe]:
    """Ajoute et met à jour ; ne supprime rien et laisse ce que l'opérateur a modifié.

    Lève ErreurMetier si une liste est inconnue ou une ligne refusée : rien n'est alors chargé.
    """
    return [
        _charger_liste(_modele(application, nom), lignes)
        for application in applications or apps.get_app_configs()
        for nom, lignes in _listes(application).items()
    ]


def _listes(application: AppConfig) -> dict[str, Sequence[Ligne]]:
    fichier = Path(application.path) / FICHIER
    if not fichier.exists():
        return {}
    return yaml.safe_load(fichier.read_text(encoding="utf-8")) or {}


def _modele(application: AppConfig, nom: str) -> type[Nomenclature]:
    try:
        modele = application.get_model(nom)
    except LookupError:
        modele = None
    if modele is None or not issubclass(modele, Nomenclature):
        raise ErreurMetier(
            f"{application.label}/{FICHIER} : « {nom} » n’est pas une nomenclature de cette "
            "application. Corrigez la clé."
        )
    return modele


def _charger_liste(modele: type[Nomenclature], lignes: Sequence[Ligne]) -> RapportListe:
    livrees = {o.pk: o for o in (_objet(modele, r, ligne) for r, ligne in enumerate(lignes, 1))}
    colonnes = _colonnes(modele, lignes)
    presentes = modele._default_manager.in_bulk(livrees)
    nouvelles = [o for code, o in livrees.items() if code not in presentes]
    differentes = [
        o
        for code, o in livrees.items()
        if code in presentes and _valeurs(o, colonnes) != _valeurs(presentes[code], colonnes)
    ]
    modifiables = [o for o in differentes if not presentes[o.pk].est_modifie]
    modele._default_manager.bulk_create(nouvelles)
    modele._default_manager.bulk_update(modifiables, colonnes)
    return RapportListe(
        libelle=str(modele._meta.verbose_name_plural),
        ajoutees=len(nouvelles),
        modifiees=len(modifiables),
        protegees=len(differentes) - len(modifiables),
        inchangees=len(livrees) - len(nouvelles) - len(differentes),
    )


def _objet(modele: type[Nomenclature], rang: int, ligne: Ligne) -> Nomenclature:
    """L'ordre est celui du fichier, sauf mention contraire."""
    try:
        valeurs = {_colonne(modele, nom): valeur for nom, valeur in ligne.items()}
        objet = modele(**{"ordre": rang} | valeurs)
        objet.clean_fields(exclude={f.name for f in modele._meta.fields if f.is_relation})
    except (FieldDoesNotExist, ValidationError) as erreur:
        raise ErreurMetier(
            f"{modele.__name__}, ligne {rang} ({ligne.get('code')}) : {erreur}. "
            "Rien n’a été chargé."
        ) from erreur
    return objet


def _colonnes(modele: type[Nomenclature], lignes: Iterable[Ligne]) -> list[str]:
    noms = {"ordre"}.union(*lignes) - {"code"}
    return sorted(_colonne(modele, nom) for nom in noms)


def _colonne(modele: type[Nomenclature], nom: str) -> str:
    """Lève FieldDoesNotExist ; une relation inverse n'est pas un champ de la liste."""
    champ = modele._meta.get_field(nom)
    if not isinstance(champ, Field):
        raise FieldDoesNotExist(f"{modele.__name__} n’a pas de champ « {nom} »")
    return champ.attname


def _valeurs(objet: Nomenclature, colonnes: Iterable[str]) -> list[Any]:
    return [getattr(objet, colonne) for colonne in colonnes]
