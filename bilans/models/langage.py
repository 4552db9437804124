"""Les règles du langage clair : des listes que l’opérateur règle sans déploiement.

Ni les seuils, ni les bandes, ni les remplacements ne sont dans le code : ce sont des propositions.
"""

from django.db import models

from cls_platform.socle.models import Nomenclature


class GraviteRegle(models.TextChoices):
    ERREUR = "ERREUR", "Erreur"
    AVERTISSEMENT = "AVERTISSEMENT", "Avertissement"
    INFO = "INFO", "Information"


class OrigineRegle(models.TextChoices):
    VERIFIE = "V", "Vérifié dans une source"
    METIER = "K", "Connaissance du métier"
    PROPOSITION = "P", "Proposition, à régler"


class RegleLangage(Nomenclature):
    """Ce que l’on relève dans un texte. Inactive, une règle se tait.

    `seuil` : en mots pour une phrase, en fois pour une négation ; vide quand la règle ne compte
    pas. `mots` : la liste que la règle emploie, un mot ou une fin de mot (« -ivement ») par ligne.
    """

    gravite = models.CharField(
        "gravité", max_length=13, choices=GraviteRegle, default=GraviteRegle.AVERTISSEMENT
    )
    seuil = models.PositiveSmallIntegerField("seuil", null=True, blank=True)
    conseil = models.CharField("conseil", max_length=250, blank=True)
    mots = models.TextField("mots de la règle", blank=True)
    exceptions = models.TextField("mots que la règle laisse", blank=True)
    origine = models.CharField(
        "origine", max_length=1, choices=OrigineRegle, default=OrigineRegle.PROPOSITION
    )

    class Meta:
        verbose_name = "règle de langage clair"
        verbose_name_plural = "règles de langage clair"


class BandeLisibilite(Nomenclature):
    """Comment se lit un texte dont la facilité, de 0 à 100, atteint `minimum`."""

    minimum = models.PositiveSmallIntegerField("à partir de")
    ton = models.CharField(
        "ton",
        max_length=9,
        choices=[("succes", "Vert"), ("attention", "Orange"), ("danger", "Rouge")],
        default="attention",
    )
    conseil = models.CharField("conseil", max_length=250, blank=True)
    origine = models.CharField(
        "origine", max_length=1, choices=OrigineRegle, default=OrigineRegle.PROPOSITION
    )

    class Meta:
        verbose_name = "bande de lisibilité"
        verbose_name_plural = "bandes de lisibilité"


class NatureTerme(models.TextChoices):
    VERBE = "VERBE", "Groupe verbal : le premier verbe se conjugue"
    NOM = "NOM", "Groupe nominal : il se met au pluriel"
    ADJECTIF = "ADJECTIF", "Adjectif : il s’accorde"
    FIXE = "FIXE", "Expression : elle ne change pas"


class TermeARemplacer(Nomenclature):
    """Un terme (`libelle`) et ce que l’on écrirait à sa place ; vide, on ne propose rien.

    `{nombre}` et `{duree}` tiennent lieu d’un nombre et d’une durée ; dans le remplacement,
    `{annee}`, `{annee-1}`, `{annee+1}`, `{annee-nombre}` sont comptés depuis l’année du bilan.
    """

    remplacement = models.CharField("remplacement", max_length=250, blank=True)
    regle = models.CharField(
        "règle",
        max_length=15,
        choices=[
            ("jargon", "Terme administratif"),
            ("nominalisation", "Tournure nominale"),
            ("date_relative", "Date relative"),
        ],
        default="jargon",
    )
    nature = models.CharField("nature", max_length=8, choices=NatureTerme, default=NatureTerme.FIXE)
    genre = models.CharField(
        "genre du remplacement",
        max_length=1,
        blank=True,
        choices=[("m", "Masculin"), ("f", "Féminin")],
        help_text="Accorde l’article : « un établissement » devient « une école ».",
    )
    origine = models.CharField(
        "origine", max_length=1, choices=OrigineRegle, default=OrigineRegle.PROPOSITION
    )

    class Meta:
        verbose_name = "terme à remplacer"
        verbose_name_plural = "termes à remplacer"


class ExceptionSigle(Nomenclature):
    """Un mot en capitales (`libelle`) qui n’est pas un sigle à expliquer : « UE », « XIV »."""

    genre = models.CharField(
        "genre",
        max_length=7,
        choices=[("COURANT", "Compris de tous"), ("ROMAIN", "Chiffre romain")],
        default="COURANT",
    )

    class Meta:
        verbose_name = "mot en capitales admis"
        verbose_name_plural = "mots en capitales admis"


class MotAConnaitre(Nomenclature):
    """Un mot de métier (`libelle`) que le bilan définit quand il l’emploie.

    `formes` : ce qui montre qu’il est employé, une forme par ligne ; vide, le mot lui-même. Le
    pluriel et le féminin sont reconnus. `source` : le texte qui le définit, que nos mots simples
    résument.
    """

    formes = models.TextField("formes employées", blank=True)
    definition = models.CharField("en mots simples", max_length=250)
    source = models.CharField("source", max_length=250, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "mot à connaître"
        verbose_name_plural = "mots à connaître"


class PointDeControle(Nomenclature):
    """Une ligne de la liste de contrôle d’une version simplifiée.

    `regle` : le code de la règle qui la vérifie seule ; vide, une personne la coche.
    """

    regle = models.CharField("vérifié par la règle", max_length=60, blank=True)
    aide = models.CharField("aide", max_length=250, blank=True)

    class Meta:
        verbose_name = "point de contrôle d’une version simplifiée"
        verbose_name_plural = "points de contrôle d’une version simplifiée"
