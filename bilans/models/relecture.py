"""La relecture à plusieurs : commentaires ancrés, avis des signataires."""

from datetime import date, timedelta
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q

from acteurs.droits import Droit, roles_avec
from acteurs.models import Acteur, Suivi, Utilisateur, historise
from bilans.etats import STATUTS_MODIFIABLES
from bilans.models.bilan import Bilan
from contrats.models import Contrat


class EtatCommentaire(models.TextChoices):
    OUVERT = "OUVERT", "Ouvert"
    REPONDU = "REPONDU", "Répondu"
    CLOS = "CLOS", "Clos"


class CommentaireBilanQuerySet(models.QuerySet["CommentaireBilan"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def fils(self) -> Self:
        """Les premiers messages, les plus anciens d’abord, avec leurs auteurs."""
        return self.filter(parent=None).select_related("auteur").order_by("cree_le", "pk")

    def non_clos(self) -> Self:
        return self.filter(parent=None).exclude(etat=EtatCommentaire.CLOS)

    def a_traiter(self) -> Self:
        """Les fils qui attendent une réponse."""
        return self.filter(parent=None, etat=EtatCommentaire.OUVERT)

    def avec_reponses(self) -> Self:
        """Leurs réponses, les plus anciennes d’abord, dans `reponses.all()`."""
        ordonnees = CommentaireBilan.objects.order_by("cree_le", "pk")
        return self.prefetch_related(models.Prefetch("reponses", queryset=ordonnees))

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(bilan__contrat=contrat, bilan__statut__in=STATUTS_MODIFIABLES)


@historise()
class CommentaireBilan(Suivi):
    """Un commentaire sur une partie du bilan, ou la réponse à un autre (`parent`).

    `ancre` : « bilan », « section:EDITO », « volet:<axe> » ou « action:<action> ».
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="commentaires"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="en réponse à",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reponses",
    )
    ancre = models.CharField("sur quoi", max_length=60)
    texte = models.TextField("commentaire", max_length=3000)
    auteur = models.ForeignKey(
        Utilisateur, verbose_name="auteur", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    auteur_nom = models.CharField("nom de l’auteur", max_length=160)
    etat = models.CharField(
        "état", max_length=7, choices=EtatCommentaire, default=EtatCommentaire.OUVERT
    )

    objects = CommentaireBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "commentaire du bilan"
        verbose_name_plural = "commentaires du bilan"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(texte=""),
                name="commentaire_bilan_ecrit",
                violation_error_message="Écrivez votre commentaire.",
            ),
        ]
        indexes = [models.Index(fields=["bilan", "ancre"], name="commentaire_bilan_ancre")]

    def __str__(self) -> str:
        return self.texte[:60]


class SensAvis(models.TextChoices):
    FAVORABLE = "FAVORABLE", "Favorable"
    RESERVES = "RESERVES", "Favorable avec réserves"
    DEFAVORABLE = "DEFAVORABLE", "Défavorable"


# Un lien vaut encore après la date demandée : un avis en retard reste utile
DUREE_DU_LIEN = timedelta(days=30)


class MoyenAvis(models.TextChoices):
    COMPTE = "COMPTE", "sur la plateforme"
    LIEN = "LIEN", "par son lien"
    COURRIER = "COURRIER", "reçu par courrier"


class AvisBilanQuerySet(models.QuerySet["AvisBilan"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def lus_par(self, utilisateur: Any) -> Self:
        """Ceux des bilans que la personne relit : le droit de la page."""
        if not utilisateur.is_authenticated:
            return self.none()
        if utilisateur.est_administrateur:
            return self
        siens = utilisateur.participations.filter(role__in=roles_avec(Droit.RELIRE_BILAN))
        de_l_agence = Contrat.objects.suivis_par_ars(utilisateur)
        return self.filter(
            Q(bilan__contrat__in=siens.values("contrat")) | Q(bilan__contrat__in=de_l_agence)
        )

    def attendus(self) -> Self:
        return self.filter(rendu_le=None)

    def en_retard(self, le: date) -> Self:
        return self.attendus().filter(attendu_le__lt=le)

    def dans_l_ordre(self) -> Self:
        return self.select_related("acteur", "rendu_par").order_by("acteur__cle_tri", "pk")

    def a_rappeler(self, du: date, au: date) -> Self:
        """Attendus entre ces deux jours, avec une adresse, sur un bilan encore ouvert."""
        ouverts = self.attendus().filter(bilan__statut__in=STATUTS_MODIFIABLES)
        bientot = ouverts.filter(attendu_le__gte=du, attendu_le__lte=au).exclude(courriel="")
        return bientot.filter(bilan__contrat__est_demonstration=False).order_by("pk")

    def ouvert_par(self, empreinte: str, le: date) -> Self:
        """L’avis encore attendu dont cette clé est le secret, 30 jours après la date au plus."""
        attendus = self.attendus().filter(attendu_le__gte=le - DUREE_DU_LIEN)
        trouves = attendus.filter(empreinte=empreinte).exclude(empreinte="")
        return trouves.select_related("bilan__contrat", "acteur")


@historise(exclude=["empreinte"])
class AvisBilan(Suivi):
    """L’avis demandé à un signataire, pour une date ; rendu, il reste.

    `empreinte` : SHA-256 du secret du lien envoyé à qui n’a pas de compte, vide sans lien.
    `rendu_nom` : qui se prononce ; `rendu_par` : le compte qui l’a écrit. `sha256` : le PDF lu.
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="avis"
    )
    acteur = models.ForeignKey(
        Acteur, verbose_name="organisation", on_delete=models.PROTECT, related_name="+"
    )
    attendu_le = models.DateField("attendu le")
    courriel = models.EmailField("courriel", blank=True)
    empreinte = models.CharField(max_length=64, blank=True, editable=False)
    message = models.TextField("message", max_length=2000, blank=True)
    sens = models.CharField("avis", max_length=11, choices=SensAvis, blank=True)
    texte = models.TextField("observations", max_length=5000, blank=True)
    rendu_le = models.DateTimeField("rendu le", null=True, blank=True)
    rendu_par = models.ForeignKey(
        Utilisateur,
        verbose_name="rendu par",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    rendu_nom = models.CharField("rendu par (nom)", max_length=160, blank=True)
    moyen = models.CharField("moyen", max_length=8, choices=MoyenAvis, blank=True)
    sha256 = models.CharField("PDF lu", max_length=64, blank=True, editable=False)

    objects = AvisBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "avis sur le bilan"
        verbose_name_plural = "avis sur le bilan"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "acteur"],
                name="avis_bilan_unique",
                violation_error_message="Un avis est déjà demandé à cette organisation.",
            ),
            models.CheckConstraint(
                condition=Q(rendu_le=None, sens="", moyen="")
                | (Q(rendu_le__isnull=False) & ~Q(sens="") & ~Q(rendu_nom="") & ~Q(moyen="")),
                name="avis_bilan_rendu_entier",
                violation_error_message="Un avis rendu a un sens, une date et un nom.",
            ),
            models.CheckConstraint(
                condition=~Q(sens__in=["RESERVES", "DEFAVORABLE"]) | ~Q(texte=""),
                name="avis_bilan_motive",
                violation_error_message="Écrivez vos réserves, ou pourquoi l’avis est défavorable.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="avis_rendu_reste",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rendu_le__isnull=False)
                & (
                    pgtrigger.Q(old__sens__df=pgtrigger.F("new__sens"))
                    | pgtrigger.Q(old__texte__df=pgtrigger.F("new__texte"))
                    | pgtrigger.Q(old__rendu_le__df=pgtrigger.F("new__rendu_le"))
                    | pgtrigger.Q(old__rendu_nom__df=pgtrigger.F("new__rendu_nom"))
                    | pgtrigger.Q(old__acteur__df=pgtrigger.F("new__acteur"))
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Avis de {self.acteur_id}"

    @property
    def expire_le(self) -> date:
        """Le dernier jour du lien envoyé."""
        return self.attendu_le + DUREE_DU_LIEN
