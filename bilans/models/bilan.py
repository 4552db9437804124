from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast

from acteurs.models import Suivi, Utilisateur, historise
from bilans.etats import STATUTS_FIGES, STATUTS_MODIFIABLES, EtatEdition, StatutBilan
from cls_platform.socle.models import Travail
from contrats.models import Contrat

LONGUEUR_DU_MOTIF = 500


class BilanQuerySet(models.QuerySet["Bilan"]):
    def publies(self) -> Self:
        return self.filter(statut=StatutBilan.PUBLIE)

    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def visibles_par(self, utilisateur: Any) -> Self:
        """Les bilans publiés des contrats publics, et tous ceux des contrats suivis."""
        return self.filter(
            Q(statut=StatutBilan.PUBLIE, contrat__in=Contrat.objects.publics())
            | Q(contrat__in=Contrat.objects.suivis_par(utilisateur))
        )

    def contrats_publies(self, contrats: Collection[Any], annee: int) -> "models.QuerySet[Any]":
        """Ceux de ces contrats dont le bilan de cette année est publié."""
        publies = self.publies().filter(annee=annee, contrat__pk__anyof=contrats)
        return publies.values_list("contrat", flat=True)

    def publics(self) -> Self:
        return self.publies().filter(contrat__in=Contrat.objects.publics())

    def figes(self) -> Self:
        """Les éditions publiées un jour : en vigueur, remplacées ou retirées."""
        return self.filter(statut__in=STATUTS_FIGES)

    def pas_retires_le(self, moment: datetime) -> Self:
        return self.filter(Q(retire_le=None) | Q(retire_le__gt=moment))

    def remplacees(self) -> Self:
        """Lisibles à leur numéro : qu’une autre corrige, et que personne n’a retirées."""
        return self.filter(statut=StatutBilan.ARCHIVE, retire_le=None)

    def avec_etat_d_edition(self) -> Self:
        """`etat_edition`, d’une édition publiée : ôtée du site, avec ou sans motif, si rien ne l’a
        remplacée ; sinon une plus récente la corrige."""
        suivantes = self.model._default_manager.figes().filter(
            contrat=OuterRef("contrat"), annee=OuterRef("annee"), edition__gt=OuterRef("edition")
        )
        en_vigueur = When(statut=StatutBilan.PUBLIE, then=Value(EtatEdition.EN_VIGUEUR))
        otee = Q(retire_le__isnull=False) | ~Exists(suivantes)
        return self.annotate(
            etat_edition=Case(
                en_vigueur,
                When(otee, then=Value(EtatEdition.RETIREE)),
                default=Value(EtatEdition.REMPLACEE),
                output_field=models.CharField(),
            )
        )

    def avec_la_derniere(self) -> Self:
        """`en_vigueur` : l’édition publiée aujourd’hui pour la même année, s’il y en a une."""
        publiee = self.model._default_manager.publies().filter(
            contrat=OuterRef("contrat"), annee=OuterRef("annee")
        )
        return self.annotate(en_vigueur=Subquery(publiee.values("pk")[:1]))

    def editions_visibles_par(self, utilisateur: Any) -> Self:
        """Toutes celles des contrats publics, même retirées : leur page le dit ; et des suivis."""
        return self.figes().documents_visibles_par(utilisateur)

    def documents_visibles_par(self, utilisateur: Any) -> Self:
        """Ceux dont on peut emporter quelque chose : publiés un jour, ou d’un contrat suivi."""
        return self.filter(
            Q(statut__in=STATUTS_FIGES, contrat__in=Contrat.objects.publics())
            | Q(contrat__in=Contrat.objects.suivis_par(utilisateur))
        )

    def avec_documents(self) -> Self:
        """Les documents demandés et leur travail, en deux requêtes."""
        return self.prefetch_related("documents__travail")

    def editions_publiques(self, slug: str, annee: int) -> Self:
        """Tout ce qui a été publié pour cette année, la dernière édition d’abord."""
        figees = self.figes().filter(contrat__in=Contrat.objects.publics())
        siennes = figees.filter(contrat__slug=slug, annee=annee)
        return siennes.avec_etat_d_edition().pour_liste().order_by("-edition")

    def qui_montrent(self, contrat: Contrat, sha256: str) -> Self:
        """Les éditions publiées, non retirées, dont les données nomment cette image."""
        figees = self.filter(contrat=contrat, statut__in=STATUTS_FIGES, retire_le=None)
        texte = Cast("instantane", models.TextField())
        return figees.annotate(texte=texte).filter(texte__contains=sha256)

    def autres_annees(self, bilan: "Bilan") -> Self:
        """Ceux du même contrat pour les autres années, le plus récent d’abord."""
        autres = self.filter(contrat=bilan.contrat_id).exclude(annee=bilan.annee)
        return autres.pour_liste().recents_d_abord()

    def pour_la_page(self) -> Self:
        """Avec ses données figées et son contrat, sans le bilan technique."""
        return self.select_related("contrat").defer("technique")

    def editions_de(self, bilan: "Bilan") -> Self:
        """Celles de la même année, la dernière d’abord."""
        siennes = self.filter(contrat=bilan.contrat_id, annee=bilan.annee)
        return siennes.pour_liste().order_by("-edition")

    def a_l_adresse_courte(self, code: str) -> "Bilan | None":
        """Le bilan public de ce code, quelle que soit son édition."""
        figes = self.filter(statut__in=STATUTS_FIGES, contrat__in=Contrat.objects.publics())
        return figes.filter(code_court=code).pour_liste().first() if code else None

    def rechercher(self, texte: str) -> Self:
        """Les bilans des contrats que ces mots trouvent."""
        return self.filter(contrat__in=Contrat.objects.rechercher(texte).order_by())

    def ranges_par_annee(self) -> Self:
        return self.order_by("-annee", "contrat_id", "-edition", "pk")

    def en_preparation_de_demonstration(self) -> "Bilan | None":
        return (
            self.filter(contrat__est_demonstration=True, statut__in=STATUTS_MODIFIABLES)
            .order_by("-annee", "contrat__cle_tri")
            .first()
        )

    def recents_d_abord(self) -> Self:
        return self.order_by("-annee", "-edition", "pk")

    def pour_liste(self) -> Self:
        return self.select_related("contrat", "travail").defer("instantane", "technique")


@historise(exclude=["instantane", "technique"])
class Bilan(Suivi):
    """Le bilan d’une année d’un contrat. `edition` compte les corrections d’un bilan publié.

    `instantane` est la donnée exacte du dernier PDF demandé ; publier fige les deux. `chemin` nomme
    un fichier dont le contenu ne change jamais : son nom contient son empreinte.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.PROTECT, related_name="bilans"
    )
    annee = models.PositiveSmallIntegerField("année")
    edition = models.PositiveSmallIntegerField("édition", default=1)
    statut = models.CharField(
        "statut", max_length=10, choices=StatutBilan, default=StatutBilan.BROUILLON
    )
    instantane = models.JSONField("données figées", null=True, blank=True, editable=False)
    instantane_le = models.DateTimeField("données arrêtées le", null=True, editable=False)
    chemin = models.CharField("fichier PDF", max_length=255, blank=True, editable=False)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True, editable=False)
    taille = models.PositiveIntegerField("taille (octets)", default=0, editable=False)
    pages = models.PositiveSmallIntegerField("pages", default=0, editable=False)
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, editable=False, on_delete=models.SET_NULL
    )
    technique = models.JSONField(
        "données du bilan technique", null=True, blank=True, editable=False
    )
    code_court = models.CharField(
        "adresse courte", max_length=8, blank=True, editable=False, default=""
    )
    retire_le = models.DateTimeField("retiré le", null=True, blank=True, editable=False)
    motif_retrait = models.CharField(
        "pourquoi il est retiré", max_length=LONGUEUR_DU_MOTIF, blank=True
    )
    reprend_les_donnees = models.BooleanField(
        "garde les données de l’édition d’avant", default=False, db_default=False
    )
    note_correction = models.CharField(
        "ce que cette édition corrige",
        max_length=LONGUEUR_DU_MOTIF,
        blank=True,
        default="",
        db_default="",
    )
    publie_le = models.DateTimeField("publié le", null=True, editable=False)
    publie_par = models.ForeignKey(
        Utilisateur,
        verbose_name="publié par",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = BilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "bilan"
        verbose_name_plural = "bilans"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "annee", "edition"],
                name="bilan_une_edition",
                violation_error_message="Cette édition du bilan existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "annee"],
                condition=Q(statut="PUBLIE"),
                name="bilan_un_seul_publie",
                violation_error_message="Un bilan est déjà publié pour cette année.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "annee"],
                condition=Q(statut__in=["BROUILLON", "RELECTURE", "VALIDE"]),
                name="bilan_un_seul_en_preparation",
                violation_error_message="Un bilan est déjà en préparation pour cette année.",
            ),
            models.UniqueConstraint(
                fields=["code_court"],
                condition=~Q(code_court=""),
                name="bilan_code_court_unique",
                violation_error_message="Cette adresse courte est déjà prise.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le=None) | Q(statut="ARCHIVE"),
                name="bilan_retire_archive",
                violation_error_message="Seul un bilan publié se retire.",
            ),
            models.CheckConstraint(
                condition=Q(annee__gte=2009, annee__lte=2100),
                name="bilan_annee_plausible",
                violation_error_message="Les contrats locaux de santé existent depuis 2009.",
            ),
            models.CheckConstraint(
                condition=~Q(statut__in=["PUBLIE", "ARCHIVE"])
                | (
                    Q(instantane__isnull=False, publie_le__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(chemin="")
                ),
                name="bilan_publie_fige",
                violation_error_message="Demandez le PDF avant de publier le bilan.",
            ),
        ]

        triggers = [
            pgtrigger.Protect(
                name="bilan_publie_fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__statut__in=["PUBLIE", "ARCHIVE"])
                & (
                    pgtrigger.Q(old__instantane__df=pgtrigger.F("new__instantane"))
                    | pgtrigger.Q(old__technique__df=pgtrigger.F("new__technique"))
                    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                    | pgtrigger.Q(old__chemin__df=pgtrigger.F("new__chemin"))
                    | pgtrigger.Q(old__note_correction__df=pgtrigger.F("new__note_correction"))
                    | pgtrigger.Q(old__publie_le__df=pgtrigger.F("new__publie_le"))
                ),
            ),
            pgtrigger.Protect(
                name="bilan_publie_garde",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__statut__in=["PUBLIE", "ARCHIVE"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Bilan {self.annee}"

    @property
    def est_fige(self) -> bool:
        return self.statut in STATUTS_FIGES

    @property
    def est_modifiable(self) -> bool:
        return self.statut in STATUTS_MODIFIABLES

    @property
    def est_une_correction(self) -> bool:
        return self.edition > 1

    @property
    def phrase_des_donnees(self) -> str:
        if self.reprend_les_donnees:
            return f"Le PDF garde les données de l’édition {self.edition - 1}."
        return "Le PDF se fait avec les données du jour."

    @property
    def a_un_pdf(self) -> bool:
        return bool(self.chemin)
