"""L’index de la recherche dans les fiches, tenu par la base : personne ne l’écrit."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from acteurs.models import Acteur, Utilisateur
from contrats.models.action import Action
from contrats.models.recherche_sql import DU_NOM_D_ORGANISATION, DU_NOM_DE_PERSONNE


class RechercheAction(models.Model):
    """Les mots d’une fiche. `publics` : ce que tout le monde lit ; `internes` : tout."""

    action = models.OneToOneField(
        Action,
        verbose_name="action",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="mots",
    )
    publics = SearchVectorField("mots publics")
    internes = SearchVectorField("tous les mots")

    class Meta:
        verbose_name = "mots d’une action"
        verbose_name_plural = "mots des actions"
        indexes = [
            GinIndex(fields=["publics"], name="recherche_publics"),
            GinIndex(fields=["internes"], name="recherche_internes"),
        ]

    def __str__(self) -> str:
        return str(self.action_id)


class ActeurCherche(Acteur):
    """Porte le déclencheur qui suit le nom d’une organisation."""

    class Meta:
        proxy = True
        verbose_name = "organisation cherchée"
        verbose_name_plural = "organisations cherchées"
        default_permissions = ()
        triggers = [DU_NOM_D_ORGANISATION]


class UtilisateurCherche(Utilisateur):
    """Porte le déclencheur qui suit le nom d’une personne."""

    class Meta:
        proxy = True
        verbose_name = "personne cherchée"
        verbose_name_plural = "personnes cherchées"
        default_permissions = ()
        triggers = [DU_NOM_DE_PERSONNE]
