"""La modification en lot : les fiches choisies, ce qui leur est demandé, ce qu’il en est advenu."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from acteurs.models import Utilisateur
from cls_platform.socle.models import Travail
from cls_platform.socle.tableaux import CLE_PARMI
from contrats.models.action import Action
from contrats.models.confidentialite import ROLES_QUI_MODIFIENT_LE_PLAN
from contrats.models.contrat import Contrat
from contrats.models.plan import DuContratQuerySet

DELAI_D_ANNULATION = timedelta(minutes=30)


class EtatLot(models.TextChoices):
    CHOISI = "CHOISI", "Fiches choisies"
    PREVU = "PREVU", "Aperçu prêt"
    FAIT = "FAIT", "Fait"
    ANNULE = "ANNULE", "Annulé"


class EtatLigne(models.TextChoices):
    """Trois viennent de l’aperçu, deux de l’écriture, deux de l’annulation."""

    A_FAIRE = "A_FAIRE", "À modifier"
    INCHANGEE = "INCHANGEE", "Déjà ainsi"
    REFUSEE = "REFUSEE", "Refusée"
    FAITE = "FAITE", "Modifiée"
    CONFLIT = "CONFLIT", "Changée depuis l’aperçu"
    RENDUE = "RENDUE", "Rétablie"
    GARDEE = "GARDEE", "Laissée telle quelle"


A_LIRE_D_ABORD = (
    EtatLigne.CONFLIT,
    EtatLigne.GARDEE,
    EtatLigne.REFUSEE,
    EtatLigne.A_FAIRE,
    EtatLigne.FAITE,
    EtatLigne.RENDUE,
)


class LotQuerySet(DuContratQuerySet):
    def accessibles_par(self, utilisateur: Any) -> Self:
        """Ceux que la personne a faits, et tous ceux des plans qu’elle modifie."""
        suivis = self.suivis_par(utilisateur)
        if not utilisateur.is_authenticated or utilisateur.est_administrateur:
            return suivis
        modifies = Contrat.objects.filter(
            participations__utilisateur=utilisateur,
            participations__role__in=ROLES_QUI_MODIFIENT_LE_PLAN,
        )
        return suivis.filter(Q(cree_par=utilisateur) | Q(contrat__in=modifies))

    def faits(self, contrat: Contrat) -> Self:
        """Du plus récent au plus ancien, avec qui, et combien de fiches à chaque état."""
        faits = self.filter(contrat=contrat, etat__in=[EtatLot.FAIT, EtatLot.ANNULE])
        return faits.select_related("cree_par", "annule_par").avec_comptes().order_by("-fait_le")

    def avec_comptes(self) -> Self:
        return self.annotate(
            **{
                f"n_{etat.lower()}": Count("lignes", filter=Q(lignes__etat=etat))
                for etat in EtatLigne.values
            }
        )

    def oublies(self, contrat: Contrat, personne: Any, avant: datetime) -> Self:
        """Ceux que la personne a commencés sans aller au bout."""
        return self.filter(
            contrat=contrat,
            cree_par=personne,
            etat__in=[EtatLot.CHOISI, EtatLot.PREVU],
            travail=None,
            cree_le__lt=avant,
        )


class Lot(models.Model):
    """Les mêmes changements sur plusieurs fiches, relus avant d’être écrits, annulables ensuite.

    `parametres` : les filtres de la page quand toutes les fiches filtrées sont prises ; sinon
    `fiches` en donne les identifiants. `demande` : voir contrats.lots.Demande.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="lots"
    )
    est_tout = models.BooleanField("toutes les fiches filtrées", default=False)
    parametres = models.CharField("filtres de l’adresse", max_length=2000, blank=True)
    fiches = models.JSONField("fiches et axes cochés", default=dict, blank=True)
    demande = models.JSONField("changements demandés", default=dict, blank=True)
    disparues = models.PositiveIntegerField("fiches choisies qui n’existent plus", default=0)
    etat = models.CharField("état", max_length=10, choices=EtatLot, default=EtatLot.CHOISI)
    via = models.CharField("par le moyen de", max_length=100, default="page")
    cree_le = models.DateTimeField("commencé le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="commencé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fait_le = models.DateTimeField("fait le", null=True)
    annule_le = models.DateTimeField("annulé le", null=True)
    annule_par = models.ForeignKey(
        Utilisateur,
        verbose_name="annulé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    travail = models.ForeignKey(
        Travail, verbose_name="écriture", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    annulation = models.ForeignKey(
        Travail, verbose_name="annulation", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = "modification en lot"
        verbose_name_plural = "modifications en lot"
        indexes = [models.Index(fields=["contrat", "-fait_le"], name="lot_recent")]

    def __str__(self) -> str:
        return f"{self.cree_le:%d/%m/%Y}"

    @property
    def annulable_jusqua(self) -> datetime | None:
        if self.fait_le is None or self.etat != EtatLot.FAIT:
            return None
        return self.fait_le + DELAI_D_ANNULATION

    @property
    def en_cours(self) -> Travail | None:
        """Le travail de fond qui écrit ou annule en ce moment."""
        return next((t for t in (self.travail, self.annulation) if t and not t.est_fini), None)


class LigneDeLotQuerySet(models.QuerySet["LigneDeLot"]):
    def comptes(self) -> dict[str, int]:
        """Combien de fiches dans chaque état ; une requête."""
        trouves = dict(self.order_by().values_list("etat").annotate(Count("pk")))
        return {etat: trouves.get(etat, 0) for etat in EtatLigne.values}

    def lisibles_par(self, utilisateur: Any) -> Self:
        return self.filter(action__in=Action.avec_corbeille.lisibles_par(utilisateur))

    def a_l_etat(self, *etats: str) -> Self:
        return self.filter(etat__in=etats).order_by("rang")

    def pour_page(self) -> Self:
        """Ce qui n’est pas passé d’abord, puis ce qui change, puis ce qui ne change pas."""
        rangs = [When(etat=etat, then=Value(rang)) for rang, etat in enumerate(A_LIRE_D_ABORD)]
        fin = Value(len(rangs))
        rang_de_l_etat = Case(*rangs, default=fin, output_field=models.IntegerField())
        return self.select_related("action").order_by(rang_de_l_etat, "rang")

    def noter(self, lignes: Iterable["LigneDeLot"]) -> None:
        """Écrit l’état et le motif de ces lignes ; une requête par couple distinct."""
        groupes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for ligne in lignes:
            groupes[ligne.etat, ligne.motif].append(ligne.pk)
        for (etat, motif), pks in groupes.items():
            self.filter(**{CLE_PARMI: pks}).update(etat=etat, motif=motif)


class LigneDeLot(models.Model):
    """Une fiche d’un lot : ses valeurs avant et après, champ par champ, en codes.

    `version` : celle de l’aperçu. Écrire demande que la fiche y soit encore.
    """

    lot = models.ForeignKey(
        Lot, verbose_name="lot", on_delete=models.CASCADE, related_name="lignes"
    )
    action = models.ForeignKey(
        Action, verbose_name="fiche", on_delete=models.CASCADE, related_name="+"
    )
    rang = models.PositiveIntegerField("rang dans le plan")
    version = models.PositiveIntegerField("version lue")
    avant = models.JSONField("valeurs avant", default=dict)
    apres = models.JSONField("valeurs après", default=dict)
    etat = models.CharField("état", max_length=10, choices=EtatLigne)
    motif = models.CharField("motif", max_length=400, blank=True)

    objects = LigneDeLotQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d’un lot"
        verbose_name_plural = "fiches d’un lot"
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "action"],
                name="lignedelot_unique",
                violation_error_message="Cette fiche est déjà dans le lot.",
            )
        ]
        indexes = [models.Index(fields=["lot", "etat", "rang"], name="lignedelot_etat")]

    def __str__(self) -> str:
        return f"{self.rang} {self.etat}"
