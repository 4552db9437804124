"""Qui finance quoi : ce qu’une action coûte, et d’où vient l’argent, année par année."""

from django.db import models
from django.db.models import Q

from acteurs.models import Acteur, Suivi, historise
from contrats.models.action import Action
from contrats.models.lectures_argent import FinancementQuerySet, LigneBudgetQuerySet
from contrats.models.nomenclatures import NatureDepense, TypeFinanceur
from contrats.models.vocabulaire_argent import MissionFir, StatutFinancement, UniteBudget


def _montant(libelle: str) -> models.DecimalField:
    """Euros, ou équivalents temps plein selon l’unité de la ligne ; vide : pas encore connu."""
    return models.DecimalField(libelle, max_digits=12, decimal_places=2, null=True, blank=True)


def _positifs(modele: str, *champs: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(**{champ: None}) | Q(**{f"{champ}__gte": 0}),
            name=f"{modele}_{champ}_positif",
            violation_error_message="Un montant ne peut pas être négatif.",
        )
        for champ in champs
    ]


def _annee_plausible(modele: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(annee__gte=2000, annee__lte=2100),
        name=f"{modele}_annee_plausible",
        violation_error_message="L’année s’écrit en quatre chiffres, entre 2000 et 2100.",
    )


@historise()
class LigneBudget(Suivi):
    """Une dépense d’une action, une année. Une valorisation (apport en nature) se compte à part."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="lignes_budget"
    )
    annee = models.PositiveSmallIntegerField("année")
    nature = models.ForeignKey(
        NatureDepense, verbose_name="nature", on_delete=models.PROTECT, related_name="lignes"
    )
    libelle = models.CharField("précision", max_length=150, blank=True)
    unite = models.CharField("unité", max_length=5, choices=UniteBudget, default=UniteBudget.EUROS)
    prevu = _montant("prévu")
    realise = _montant("réalisé")
    est_valorisation = models.BooleanField("apport en nature", default=False)

    objects = LigneBudgetQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        constraints = [
            *Suivi.Meta.constraints,
            *_positifs("lignebudget", "prevu", "realise"),
            _annee_plausible("lignebudget"),
        ]
        indexes = [models.Index(fields=["action", "annee"], name="lignebudget_annee")]

    def __str__(self) -> str:
        return f"{self.annee} {self.nature_id}"


@historise()
class Financement(Suivi):
    """Ce qu’un financeur apporte à une action, une année, en euros : demandé, accordé, versé."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="financements"
    )
    annee = models.PositiveSmallIntegerField("année")
    type_financeur = models.ForeignKey(
        TypeFinanceur, verbose_name="financeur", on_delete=models.PROTECT, related_name="+"
    )
    acteur = models.ForeignKey(
        Acteur,
        verbose_name="organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="financements",
    )
    mission_fir = models.CharField("mission du FIR", max_length=2, choices=MissionFir, blank=True)
    statut = models.CharField(
        "état", max_length=12, choices=StatutFinancement, default=StatutFinancement.PREVISIONNEL
    )
    montant_demande = _montant("demandé")
    montant_accorde = _montant("accordé")
    montant_verse = _montant("versé")

    objects = FinancementQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "financement"
        verbose_name_plural = "financements"
        constraints = [
            *Suivi.Meta.constraints,
            *_positifs("financement", "montant_demande", "montant_accorde", "montant_verse"),
            _annee_plausible("financement"),
        ]
        indexes = [models.Index(fields=["action", "annee"], name="financement_annee")]

    def __str__(self) -> str:
        return f"{self.annee} {self.type_financeur_id}"
