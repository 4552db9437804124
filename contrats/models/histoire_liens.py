"""L’histoire de ce qu’une fiche porte par des lignes liées, tenue par la base."""

from typing import Any, Self
from uuid import UUID

from django.db import models

from contrats.models.action import Action
from contrats.models.histoire_liens_sql import d_une_liste
from contrats.models.vocabulaire_liens import LISTES


class ChangementLienQuerySet(models.QuerySet["ChangementLien"]):
    def de_la_fiche(self, action: UUID, *champs: str) -> Self:
        """Du plus récent au plus ancien ; sans nom de champ, tous."""
        lies = self.filter(action_id=action)
        return (lies.filter(champ__in=champs) if champs else lies).order_by("-pk")

    def depuis(self, version: int) -> Self:
        """Ce qui a changé après cette version."""
        return self.filter(version__gt=version)


class ChangementLien(models.Model):
    """Un élément mis ou retiré d’une fiche ; personne ne l’écrit, un déclencheur le note.

    Les listes des objets suivis d’une autre application n’ont pas de déclencheur : le service qui
    les change le note, et `action_id` est alors l’identifiant de cet objet.
    `champ` : « themes », « partenaires », « libre-… ». `element` : le code ou l’identifiant ; pour
    un champ du contrat, la valeur écrite. Pas de clé étrangère : l’histoire survit à la fiche.
    """

    action_id = models.UUIDField("action")
    version = models.PositiveIntegerField("version de l’action")
    champ = models.CharField("champ", max_length=50)
    element = models.TextField("élément")
    est_ajout = models.BooleanField("ajouté")
    le = models.DateTimeField("le")

    objects = ChangementLienQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d’un lien"
        verbose_name_plural = "changements de liens"
        default_permissions = ()
        indexes = [
            models.Index(fields=["action_id", "champ", "version"], name="changementlien_fiche")
        ]

    def __str__(self) -> str:
        return f"{'+' if self.est_ajout else '−'} {self.champ} {self.element}"


def _porteur(nom: str) -> type[models.Model]:
    """Le modèle de la table de liaison qui porte les déclencheurs de cette liste."""
    lien: Any = Action._meta.get_field(nom)
    colonne = lien.remote_field.through._meta.get_field(lien.m2m_reverse_field_name()).column
    meta = {
        "proxy": True,
        "verbose_name": f"lien {nom}",
        "verbose_name_plural": f"liens {nom}",
        "default_permissions": (),
        "triggers": d_une_liste(nom, colonne),
    }
    classe = f"Lien{nom.title().replace('_', '')}"
    corps = {"__module__": __name__, "Meta": type("Meta", (), meta)}
    return type(classe, (lien.remote_field.through,), corps)


PORTEURS = {nom: _porteur(nom) for nom in sorted(LISTES)}
