from datetime import date
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from acteurs.models import Acteur, Region, Suivi, Utilisateur, historise
from cls_platform.socle.fonctions_sql import CleTri, colonne_cle_tri
from contrats.etats import STATUTS_MIS_EN_RETARD, StatutAction
from contrats.models.contrat import Contrat
from contrats.models.lectures_plan import SANS_PILOTE, LecturesDuPlan
from contrats.models.nomenclatures import Population, Theme
from contrats.models.plan import Axe, DuContratQuerySet, Objectif
from contrats.models.selections_plan import LienActeurQuerySet, SelectionActions


class RoleActeur(models.TextChoices):
    COPILOTE = "COPILOTE", "Copilote"
    PARTENAIRE = "PARTENAIRE", "Partenaire"
    FINANCEUR = "FINANCEUR", "Financeur"
    ELU_REFERENT = "ELU_REFERENT", "Élu référent"
    INTERVENANT = "INTERVENANT", "Intervenant"


REGION_DU_CONTRAT = """
SELECT region_id INTO NEW.region_id
FROM contrats_contrat WHERE id = NEW.contrat_id FOR KEY SHARE;
RETURN NEW;
"""


def mise_en_retard(le: date, prefixe: str = "") -> Q:
    """L’échéance est passée et l’action, d’après son statut, attend encore."""
    return Q(**{f"{prefixe}date_fin__lt": le, f"{prefixe}statut__in": STATUTS_MIS_EN_RETARD})


def statut_affiche(le: date, prefixe: str = "") -> Case:
    """Le statut écrit, ou EN_RETARD pour une action mise en retard ce jour-là."""
    return Case(
        When(mise_en_retard(le, prefixe), then=Value(StatutAction.EN_RETARD.value)),
        default=F(f"{prefixe}statut"),
        output_field=models.CharField(),
    )


def avancement() -> Case:
    """Part des étapes faites (0–1). Sans étape : 1 si réalisée, 0,5 si partiellement, sinon 0."""
    return Case(
        When(statut=StatutAction.REALISEE, then=Value(1.0)),
        When(nombre_jalons__gt=0, then=F("jalons_faits") * 1.0 / F("nombre_jalons")),
        When(statut=StatutAction.REALISEE_PARTIELLEMENT, then=Value(0.5)),
        default=Value(0.0),
        output_field=models.FloatField(),
    )


class ActionQuerySet(  # type: ignore[override]  # as_manager nomme sa classe
    SelectionActions, LecturesDuPlan, DuContratQuerySet
):
    def visibles_par(self, utilisateur: Any) -> Self:
        """Les actions publiques des contrats publics, et toutes celles des contrats suivis."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(
            Q(est_publique=True, contrat__in=Contrat.objects.publics()) | Q(contrat__in=suivis)
        )

    def avec_statut_affiche(self, le: date) -> Self:
        return self.annotate(statut_affiche=statut_affiche(le))

    def avec_avancement(self) -> Self:
        jalons = Jalon.objects.filter(action=OuterRef("pk")).order_by().values("action")
        return self.annotate(
            nombre_jalons=Coalesce(models.Subquery(jalons.annotate(n=Count("pk")).values("n")), 0),
            jalons_faits=Coalesce(
                models.Subquery(
                    jalons.filter(fait_le__isnull=False).annotate(n=Count("pk")).values("n")
                ),
                0,
            ),
        ).annotate(avancement=avancement())

    def pilotees_par(self, utilisateur: Any) -> Self:
        """Les actions dont la personne, ou son organisation, est pilote."""
        du_pilote = Q(pilote_personne=utilisateur)
        if utilisateur.acteur_id:
            du_pilote |= Q(pilote=utilisateur.acteur_id)
        return self.filter(du_pilote)

    def rechercher(self, texte: str) -> Self:
        requete = self
        for mot in texte.split():
            cle = CleTri(Value(mot))
            requete = requete.filter(Q(cle_tri__contains=cle) | Q(numero=mot))
        return requete

    def de_theme(self, code: str) -> Self:
        return self.filter(
            Exists(Action.themes.through.objects.filter(action=OuterRef("pk"), theme=code))
        )

    def de_statut(self, statuts: list[str], *, le: date) -> Self:
        """Le statut tel qu’on le lit ce jour-là ; dit sur la colonne écrite, qu’un index sert."""
        lus, en_retard = Q(statut__in=statuts), mise_en_retard(le)
        if set(statuts) & set(STATUTS_MIS_EN_RETARD):
            lus &= ~en_retard
        return self.filter(lus | en_retard if StatutAction.EN_RETARD in statuts else lus)

    def sans_pilote(self) -> Self:
        return self.filter(SANS_PILOTE)

    def en_retard(self, le: date) -> Self:
        return self.de_statut([StatutAction.EN_RETARD], le=le)

    def sans_echeance(self) -> Self:
        return self.filter(date_fin=None)

    def pour_liste(self) -> Self:
        avec_liens = self.select_related("pilote", "pilote_personne", "axe", "objectif")
        return avec_liens.dans_l_ordre()


@historise(exclude=["cle_tri", "region"])
class Action(Suivi):
    """Une fiche action du plan. Le numéro d’affichage (« 1.2.3 ») est un texte libre.

    `region` répète celle du contrat pour que les listes nationales se filtrent sur un seul index.
    Personne ne l’écrit : un déclencheur la pose, et la clé (contrat, région), en cascade, suit le
    contrat qui change de région. Voir la migration 0002.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="actions"
    )
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    axe = models.ForeignKey(
        Axe,
        verbose_name="axe",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    objectif = models.ForeignKey(
        Objectif,
        verbose_name="objectif",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    numero = models.CharField("numéro", max_length=20, blank=True)
    titre = models.CharField("titre", max_length=250)
    resume_public = models.TextField("en mots simples, pour les habitants", blank=True)
    contexte = models.TextField("constat du diagnostic", blank=True)
    description = models.TextField("description", blank=True)
    resultats_attendus = models.TextField("résultats attendus", blank=True)
    statut = models.CharField(
        "statut", max_length=25, choices=StatutAction, default=StatutAction.A_DISCUTER
    )
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("échéance", null=True, blank=True)
    pilote = models.ForeignKey(
        Acteur,
        verbose_name="pilote",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions_pilotees",
    )
    pilote_personne = models.ForeignKey(
        Utilisateur,
        verbose_name="personne pilote",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions_pilotees",
    )
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", blank=True)
    populations = models.ManyToManyField(Population, verbose_name="publics", blank=True)
    acteurs = models.ManyToManyField(Acteur, verbose_name="partenaires", through="ActionActeur")
    est_publique = models.BooleanField("visible du public", default=True)
    ordre = models.PositiveIntegerField("ordre", default=0)
    cle_tri = colonne_cle_tri("titre")

    objects = ActionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "action"
        verbose_name_plural = "actions"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date_debut=None) | Q(date_fin=None) | Q(date_fin__gte=F("date_debut")),
                name="action_fin_apres_debut",
                violation_error_message=(
                    "L’échéance vient avant le début. Corrigez l’une des deux dates."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(titre=""),
                name="action_titre_rempli",
                violation_error_message="Donnez un titre à l’action.",
            ),
        ]
        indexes = [
            models.Index(fields=["contrat", "ordre", "numero", "id"], name="action_ordre"),
            models.Index(fields=["statut", "id"], name="action_statut"),
            models.Index(
                fields=["region", "statut", "contrat", "ordre", "numero", "id"],
                include=["est_publique", "date_fin"],
                name="action_region_statut",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="region_du_contrat",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("contrat_id", "region_id"),
                func=REGION_DU_CONTRAT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero} {self.titre}".strip()


@historise()
class ActionActeur(models.Model):
    """Une organisation associée à une action, et son rôle."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="liens_acteurs"
    )
    acteur = models.ForeignKey(
        Acteur, verbose_name="organisation", on_delete=models.PROTECT, related_name="liens_actions"
    )
    role = models.CharField(
        "rôle", max_length=15, choices=RoleActeur, default=RoleActeur.PARTENAIRE
    )

    objects = LienActeurQuerySet.as_manager()

    class Meta:
        verbose_name = "partenaire d’une action"
        verbose_name_plural = "partenaires d’une action"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "acteur", "role"],
                name="action_acteur_unique",
                violation_error_message="Cette organisation tient déjà ce rôle dans l’action.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.acteur_id} {self.role}"


@historise()
class Jalon(Suivi):
    """Une étape datée d’une action ; `fait_le` vide tant qu’elle n’est pas terminée."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="jalons"
    )
    libelle = models.CharField("étape", max_length=250)
    echeance = models.DateField("échéance", null=True, blank=True)
    fait_le = models.DateField("terminée le", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta(Suivi.Meta):
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        indexes = [models.Index(fields=["action", "ordre"], name="jalon_ordre")]

    def __str__(self) -> str:
        return self.libelle
