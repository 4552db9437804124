"""Ce qui change la couverture compte une révision, quelle que soit la main qui écrit.

Un déclencheur par table et par instruction : une ligne écrite en SQL compte autant qu’une page. Une
ligne par contrat, une pour les communes, une pour les zonages : deux équipes n’attendent pas l’une
sur l’autre, et aucune ligne ne s’efface, donc la somme des révisions ne revient jamais en arrière.
"""

from collections.abc import Iterable

import pgtrigger
from django.db import models

from acteurs.models import Commune, EditionZonage, Zone, ZoneCommune

COMMUNES, ZONAGES = "communes", "zonages"


class RevisionCouverture(models.Model):
    """`cle` : un contrat, « communes » ou « zonages ». Tenue par la base ; personne ne l’écrit."""

    cle = models.CharField("clé", max_length=36, primary_key=True)
    revision = models.PositiveBigIntegerField("révision", default=1)

    class Meta:
        verbose_name = "révision de la couverture"
        verbose_name_plural = "révisions de la couverture"

    def __str__(self) -> str:
        return f"{self.cle} : {self.revision}"


_COMPTER = """
INSERT INTO contrats_revisioncouverture AS r (cle, revision)
{cles} ON CONFLICT (cle) DO UPDATE SET revision = r.revision + 1;
RETURN NULL;
"""
_OPERATIONS: tuple[tuple[str, pgtrigger.Operation, dict[str, str]], ...] = (
    ("ajout", pgtrigger.Insert, {"new": "apres"}),
    ("changement", pgtrigger.Update, {"old": "avant", "new": "apres"}),
    ("retrait", pgtrigger.Delete, {"old": "avant"}),
)


def compter_les_revisions(colonne: str) -> list[pgtrigger.Trigger]:
    """`colonne` désigne le contrat. Les clés sont rangées : jamais d’étreinte fatale."""
    return [
        _declencheur(nom, operation, tables, _cles(colonne, tables.values()))
        for nom, operation, tables in _OPERATIONS
    ]


def _cles(colonne: str, tables: Iterable[str]) -> str:
    lignes = " UNION ".join(f"SELECT {colonne} AS cle FROM {t}" for t in tables)  # noqa: S608  (noms d’ici)
    return f"SELECT DISTINCT cle::text, 1 FROM ({lignes}) t ORDER BY 1"  # noqa: S608  (noms d’ici)


def compter_d_un_bloc(cle: str) -> list[pgtrigger.Trigger]:
    """Une seule révision pour toute la table : elle ne s’écrit que d’un bloc."""
    return [
        _declencheur(nom, operation, {}, f"VALUES ('{cle}', 1)")
        for nom, operation, _ in _OPERATIONS
    ]


def _declencheur(
    nom: str, operation: pgtrigger.Operation, tables: dict[str, str], cles: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"couverture_{nom}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables) if tables else None,
        func=_COMPTER.format(cles=cles),
    )


class CommuneComptee(Commune):
    """Porte le déclencheur qui suit les communes, leur population et leur rattachement."""

    class Meta:
        proxy = True
        verbose_name = "commune comptée"
        verbose_name_plural = "communes comptées"
        default_permissions = ()
        triggers = compter_d_un_bloc(COMMUNES)


class EditionComptee(EditionZonage):
    """Porte le déclencheur qui suit les éditions de zonage."""

    class Meta:
        proxy = True
        verbose_name = "édition de zonage comptée"
        verbose_name_plural = "éditions de zonage comptées"
        default_permissions = ()
        triggers = compter_d_un_bloc(ZONAGES)


class ZoneComptee(Zone):
    """Porte le déclencheur qui suit les zones et leur population."""

    class Meta:
        proxy = True
        verbose_name = "zone comptée"
        verbose_name_plural = "zones comptées"
        default_permissions = ()
        triggers = compter_d_un_bloc(ZONAGES)


class CommuneDeZoneComptee(ZoneCommune):
    """Porte le déclencheur qui suit les communes des zones."""

    class Meta:
        proxy = True
        verbose_name = "commune d’une zone comptée"
        verbose_name_plural = "communes des zones comptées"
        default_permissions = ()
        triggers = compter_d_un_bloc(ZONAGES)
