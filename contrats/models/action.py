from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from acteurs.models import Acteur, Region, Suivi, Utilisateur, historise
from cls_platform.socle.fonctions_sql import colonne_cle_tri
from contrats.etats import STATUTS_MIS_EN_RETARD, StatutAction
from contrats.models.completude_action import LectureCompletude
from contrats.models.confidentialite import LectureRestreinte
from contrats.models.contrat import Contrat
from contrats.models.corbeille import Corbeille, LectureCorbeille
from contrats.models.etat_action import avancement, mise_en_retard, statut_affiche
from contrats.models.fiche_complete import FicheComplete
from contrats.models.histoire_liens_sql import DES_ROLES
from contrats.models.lectures_plan import SANS_PILOTE, LecturesDuPlan
from contrats.models.nomenclatures import Population, Theme
from contrats.models.plan import Axe, DuContratQuerySet, Objectif
from contrats.models.recherche_sql import (
    DE_LA_FICHE,
    DE_LA_FICHE_NEUVE,
    DES_PARTENAIRES,
)
from contrats.models.region_sql import DU_CONTRAT
from contrats.models.selections_argent import SelectionArgent
from contrats.models.selections_fiche import SelectionDeLaFiche
from contrats.models.selections_mots import SelectionDesMots
from contrats.models.selections_partage import SelectionDesPartages
from contrats.models.selections_plan import JalonQuerySet, LienActeurQuerySet, SelectionActions


class RoleActeur(models.TextChoices):
    COPILOTE = "COPILOTE", "Copilote"
    PARTENAIRE = "PARTENAIRE", "Partenaire"
    FINANCEUR = "FINANCEUR", "Financeur"
    ELU_REFERENT = "ELU_REFERENT", "Élu référent"
    INTERVENANT = "INTERVENANT", "Intervenant"


class ActionQuerySet(  # type: ignore[override]  # as_manager nomme sa classe
    SelectionDesPartages, SelectionActions, SelectionDeLaFiche, SelectionArgent, SelectionDesMots,
    LecturesDuPlan, LectureRestreinte, LectureCompletude, LectureCorbeille, DuContratQuerySet,
):  # fmt: skip
    def suivis_par(self, utilisateur: Any) -> Self:
        return super().suivis_par(utilisateur).lisibles_par(utilisateur)

    def avec_statut_affiche(self, le: date) -> Self:
        return self.annotate(statut_affiche=statut_affiche(le))

    def avec_avancement(self) -> Self:
        prevus = Jalon.objects.filter(est_abandonne=False)
        jalons = prevus.filter(action=OuterRef("pk")).order_by().values("action")
        return self.annotate(
            nombre_jalons=Coalesce(models.Subquery(jalons.annotate(n=Count("pk")).values("n")), 0),
            jalons_faits=Coalesce(
                models.Subquery(
                    jalons.filter(fait_le__isnull=False).annotate(n=Count("pk")).values("n")
                ),
                0,
            ),
            avancement=avancement(prevus),
        )

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


class ActionManager(models.Manager.from_queryset(ActionQuerySet)):  # type: ignore[misc]  # classe fabriquée par Django
    """Une fiche mise à la corbeille n’est plus dans le plan."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(corbeille_le=None)


@historise(exclude=["cle_tri", "region"])
class Action(Suivi, FicheComplete, Corbeille):
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
    statut_est_impose = models.BooleanField(
        "statut tenu tel quel, même après l’échéance", default=False
    )
    statut_raison = models.CharField("raison du statut", max_length=300, blank=True)
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

    objects = ActionManager()
    avec_corbeille = ActionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "action"
        verbose_name_plural = "actions"
        # Une étape garde sa fiche, même à la corbeille
        base_manager_name = "avec_corbeille"
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
        triggers = [DU_CONTRAT, DE_LA_FICHE_NEUVE, DE_LA_FICHE]

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
        triggers = [*DES_PARTENAIRES, *DES_ROLES]

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
    est_abandonne = models.BooleanField("abandonnée", default=False)
    est_annuel = models.BooleanField("revient tous les ans", default=False)
    pilote = models.ForeignKey(
        Acteur,
        verbose_name="qui s’en charge",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    pilote_nom = models.CharField("personne qui s’en charge", max_length=120, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = JalonQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(fait_le=None) | Q(est_abandonne=False),
                name="jalon_fait_ou_abandonne",
                violation_error_message="Une étape est terminée ou abandonnée, pas les deux.",
            ),
        ]
        indexes = [models.Index(fields=["action", "ordre"], name="jalon_ordre")]

    def __str__(self) -> str:
        return self.libelle
