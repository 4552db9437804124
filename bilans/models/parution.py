"""L’annonce d’un bilan paru à ses abonnés : un envoi par personne, oublié ensuite."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bilans.etats import StatutBilan
from bilans.models.bilan import Bilan
from contrats.models import Contrat


class EtatEnvoi(models.TextChoices):
    A_ENVOYER = "A_ENVOYER", "À envoyer"
    PARTI = "PARTI", "Parti"
    REFUSE = "REFUSE", "Refusé"
    ECARTE = "ECARTE", "Plus à envoyer"


class MotifEnvoi(models.TextChoices):
    """Pourquoi il n’est pas parti, ou pas encore. Jamais ce que le serveur en a écrit : l’adresse
    y est."""

    ADRESSE = "ADRESSE", "Refusé pour cette adresse"
    MESSAGE = "MESSAGE", "Refusé pour ce que dit le courriel"
    SERVEUR = "SERVEUR", "Le serveur de courriel n’a rien pris"
    DOUTE = "DOUTE", "Le serveur de courriel s’est tu en le recevant : il est peut-être parti"
    DESABONNE = "DESABONNE", "La personne s’est désabonnée"
    ARRETE = "ARRETE", "Le bilan n’est plus en ligne"


class AnnonceParutionQuerySet(models.QuerySet["AnnonceParution"]):
    def en_cours(self) -> Self:
        return self.filter(finie_le=None)

    def lisibles(self) -> Self:
        """Celles dont le bilan se lit : en ligne, sur une page ouverte."""
        return self.filter(
            bilan__statut=StatutBilan.PUBLIE, bilan__contrat__in=Contrat.objects.publics()
        )

    def a_reprendre(self, le: datetime) -> Self:
        """Celles qui ont un courriel dû et un bilan à lire, ou plus rien à envoyer."""
        dues = EnvoiParution.objects.dus(le).order_by().values("annonce")
        restent = EnvoiParution.objects.restants().values("annonce")
        a_envoyer = Q(pk__in=dues) & Q(pk__in=self.lisibles().values("pk"))
        return self.en_cours().filter(a_envoyer | ~Q(pk__in=restent)).order_by("ouverte_le", "pk")

    def de_l_annee(self, bilan: Bilan) -> Self:
        """Celles de toutes les éditions du même bilan."""
        return self.filter(bilan__contrat=bilan.contrat_id, bilan__annee=bilan.annee)

    def a_oublier(self, avant: datetime) -> Self:
        return self.filter(finie_le__lt=avant, oubliee_le=None).order_by("pk")


class AnnonceParution(models.Model):
    """Ce que devient l’annonce d’un bilan publié. Ses nombres restent, ses envois s’oublient.

    `prevus`, `partis`, `refuses` : écrits quand les envois sont effacés, vides avant.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.OneToOneField(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="annonce_parution"
    )
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now, editable=False)
    finie_le = models.DateTimeField("finie le", null=True, blank=True)
    oubliee_le = models.DateTimeField("envois effacés le", null=True, blank=True)
    prevus = models.PositiveIntegerField("courriels prévus", null=True, blank=True)
    partis = models.PositiveIntegerField("courriels partis", null=True, blank=True)
    refuses = models.PositiveIntegerField("courriels refusés", null=True, blank=True)

    objects = AnnonceParutionQuerySet.as_manager()

    class Meta:
        verbose_name = "annonce de parution"
        verbose_name_plural = "annonces de parution"
        constraints = [
            models.CheckConstraint(
                condition=Q(oubliee_le=None)
                | Q(
                    finie_le__isnull=False,
                    prevus__isnull=False,
                    partis__isnull=False,
                    refuses__isnull=False,
                ),
                name="annonce_parution_comptee",
                violation_error_message="Les envois s’effacent une fois finis et comptés.",
            ),
        ]

    def __str__(self) -> str:
        return f"Annonce du {self.ouverte_le:%d/%m/%Y}"


class EnvoiParutionQuerySet(models.QuerySet["EnvoiParution"]):
    def restants(self) -> Self:
        return self.filter(etat=EtatEnvoi.A_ENVOYER)

    def dus(self, le: datetime) -> Self:
        """À tenter maintenant ; ceux que rien n’a encore refusés d’abord."""
        return self.restants().filter(prochain_le__lte=le).order_by("tentatives", "pk")

    def refuses(self) -> Self:
        return self.filter(etat=EtatEnvoi.REFUSE)

    def compter(self) -> dict[tuple[str, str], int]:
        """Par état et par motif : (état, motif) → nombre."""
        groupes = self.order_by().values_list("etat", "motif").annotate(n=models.Count("pk"))
        return {(etat, motif): n for etat, motif, n in groupes}


class EnvoiParution(models.Model):
    """Le courriel d’une annonce à une personne abonnée. Unique : l’annonce est celle d’une édition.

    `abonnement_id` désigne sans retenir : se désabonner efface l’adresse sans attendre, et l’envoi
    ne désigne plus personne.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    annonce = models.ForeignKey(
        AnnonceParution, verbose_name="annonce", on_delete=models.CASCADE, related_name="envois"
    )
    abonnement_id = models.UUIDField("abonnement")
    etat = models.CharField("état", max_length=9, choices=EtatEnvoi, default=EtatEnvoi.A_ENVOYER)
    motif = models.CharField("motif", max_length=9, choices=MotifEnvoi, blank=True)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    prochain_le = models.DateTimeField("prochain essai le", default=timezone.now)

    objects = EnvoiParutionQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi d’une annonce"
        verbose_name_plural = "envois d’une annonce"
        constraints = [
            models.UniqueConstraint(
                fields=["annonce", "abonnement_id"],
                name="envoi_parution_unique",
                violation_error_message="Cette personne est déjà dans l’annonce.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["REFUSE", "ECARTE"]) | ~Q(motif=""),
                name="envoi_parution_motive",
                violation_error_message="Un envoi qui n’est pas parti dit pourquoi.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prochain_le"],
                condition=Q(etat="A_ENVOYER"),
                name="envoi_parution_du",
            )
        ]

    def __str__(self) -> str:
        return f"Envoi {self.pk}"
