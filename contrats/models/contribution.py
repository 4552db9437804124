"""Ce qu’un partenaire dit d’une action, champ par champ, et ce que l’on en fait."""

import uuid
from collections import defaultdict
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from acteurs.models import Acteur, Utilisateur
from contrats.models.action import Action, ActionActeur, RoleActeur
from contrats.models.confidentialite import ROLES_QUI_MODIFIENT_LE_PLAN
from contrats.models.contrat import Contrat
from contrats.models.lien_contribution import LienContribution
from contrats.models.suivi_action import NoteSuivi

# Un financeur ou un élu référent ne rend pas compte de l’action
ROLES_QUI_CONTRIBUENT = (RoleActeur.COPILOTE, RoleActeur.PARTENAIRE)


class EtatContribution(models.TextChoices):
    A_REMPLIR = "A_REMPLIR", "À remplir"
    RECUE = "RECUE", "Reçue"
    EN_PARTIE = "EN_PARTIE", "Acceptée en partie"
    TRAITEE = "TRAITEE", "Traitée"


A_TRAITER = (EtatContribution.RECUE, EtatContribution.EN_PARTIE)
ENVOYEES = (*A_TRAITER, EtatContribution.TRAITEE)


class GenreElement(models.TextChoices):
    STATUT = "STATUT", "Statut"
    NOTE = "NOTE", "Note de l’année"
    ETAPE = "ETAPE", "Étape"
    MESURE = "MESURE", "Valeur"


# Le champ d’une note qui dit seulement que l’on a regardé, et que rien n’a changé
RIEN_DE_NOUVEAU = "rien"


class Decision(models.TextChoices):
    EN_ATTENTE = "EN_ATTENTE", "À décider"
    ACCEPTE = "ACCEPTE", "Accepté"
    MODIFIE = "MODIFIE", "Accepté, modifié"
    REFUSE = "REFUSE", "Non retenu"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def ouvertes(self) -> Self:
        """Les fiches que ce partenaire peut encore voir.

        Une fiche devenue restreinte, mise à la corbeille, ou qu’il n’anime plus, a disparu.
        """
        tient = ActionActeur.objects.filter(
            action=OuterRef("action"),
            acteur=OuterRef("lien__acteur"),
            role__in=ROLES_QUI_CONTRIBUENT,
        )
        return self.filter(
            Q(action__pilote=F("lien__acteur")) | Q(Exists(tient)),
            action__est_restreinte=False,
            action__corbeille_le=None,
            action__contrat=F("lien__contrat"),
        )

    def suivies_par(self, utilisateur: Any) -> Self:
        return self.filter(action__in=Action.objects.suivis_par(utilisateur)).select_related(
            "action__contrat", "lien__acteur", "lien__contrat", "note"
        )

    def modifiables_par(self, utilisateur: Any) -> Self:
        """Celles des contrats dont la personne modifie tout le plan."""
        gardees = self.filter(action__corbeille_le=None)
        if not utilisateur.is_authenticated:
            return gardees.none()
        if utilisateur.est_administrateur:
            return gardees
        contrats = Contrat.objects.filter(
            participations__utilisateur=utilisateur,
            participations__role__in=ROLES_QUI_MODIFIENT_LE_PLAN,
        )
        return gardees.filter(lien__contrat__in=contrats)

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(lien__contrat=contrat, action__corbeille_le=None)

    def a_traiter(self) -> Self:
        return self.filter(etat__in=A_TRAITER)

    def envoyees(self) -> Self:
        return self.filter(etat__in=ENVOYEES)

    def avec_rien_de_nouveau(self) -> Self:
        """Annote `est_rien_de_nouveau` : le partenaire a seulement dit que rien n’a changé."""
        champ: Any = self.model._meta.get_field("elements")
        dits = champ.related_model.objects.filter(
            contribution=OuterRef("pk"), genre=GenreElement.NOTE, champ=RIEN_DE_NOUVEAU
        )
        return self.annotate(est_rien_de_nouveau=Exists(dits))

    def signees(self) -> Self:
        """Par une personne ; un « rien de nouveau » ne l’est que si elle s’est déjà nommée."""
        return self.envoyees().exclude(nom="")

    def dans_l_ordre(self) -> Self:
        """Fiche par fiche, comme dans le plan."""
        return self.select_related("action", "lien__acteur").order_by(
            "action__ordre", "action__numero", "pk"
        )

    def pour_liste(self) -> Self:
        return self.avec_rien_de_nouveau().dans_l_ordre()

    def recentes(self) -> Self:
        """Avec `nombre_elements` et `nombre_decides` ; les dernières reçues d’abord."""
        decides = ~Q(elements__decision=Decision.EN_ATTENTE)
        return (
            self.avec_rien_de_nouveau()
            .select_related("action", "lien__acteur")
            .annotate(
                nombre_elements=Count("elements"),
                nombre_decides=Count("elements", filter=decides),
            )
            .order_by("-envoyee_le", "pk")
        )

    def rangees_par_contrat(self) -> Self:
        return self.order_by("lien__contrat_id", "-envoyee_le", "pk")


class Contribution(models.Model):
    """Ce qu’un partenaire dit d’une fiche. Le brouillon est ce qu’il a tapé, tel quel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lien = models.ForeignKey(
        LienContribution,
        verbose_name="lien",
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="contributions"
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatContribution, default=EtatContribution.A_REMPLIR
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    brouillon = models.JSONField("brouillon", default=dict, blank=True)
    brouillon_le = models.DateTimeField("brouillon gardé le", null=True, blank=True)
    nom = models.CharField("nom de la personne qui contribue", max_length=120, blank=True)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    envoyee_le = models.DateTimeField("envoyée le", null=True, blank=True)
    note = models.ForeignKey(
        NoteSuivi,
        verbose_name="note écrite",
        null=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "contribution"
        verbose_name_plural = "contributions"
        constraints = [
            models.UniqueConstraint(
                fields=["lien", "action"],
                name="contribution_une_par_fiche",
                violation_error_message="Ce lien porte déjà sur cette fiche.",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatContribution.A_REMPLIR) | Q(envoyee_le__isnull=False),
                name="contribution_envoyee_datee",
                violation_error_message="Une contribution envoyée a une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.etat}"

    @property
    def auteur(self) -> str:
        """Qui a signé, et pour quelle organisation ; le nom s’efface, l’organisation reste."""
        return ", ".join(t for t in (self.nom, self.fonction, self.lien.acteur.nom) if t)


class ElementPropose(models.Model):
    """Un champ d’une contribution : ce que le partenaire a lu, ce qu’il propose, la décision.

    `objet` est l’étape ou l’indicateur en cause ; les valeurs sont des textes, par nom de champ.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(
        Contribution, verbose_name="contribution", on_delete=models.CASCADE, related_name="elements"
    )
    genre = models.CharField("genre", max_length=10, choices=GenreElement)
    champ = models.CharField("champ", max_length=20)
    objet = models.UUIDField("étape ou indicateur", null=True)
    libelle = models.CharField("libellé", max_length=300)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    lu = models.JSONField("valeur lue par le partenaire", default=dict)
    propose = models.JSONField("valeur proposée", default=dict)
    decision = models.CharField(
        "décision", max_length=10, choices=Decision, default=Decision.EN_ATTENTE
    )
    ecrit = models.JSONField("valeur écrite", null=True)
    raison = models.CharField("raison du refus", max_length=300, blank=True)
    decide_le = models.DateTimeField("décidé le", null=True)
    decide_par = models.ForeignKey(
        Utilisateur,
        verbose_name="décidé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "élément proposé"
        verbose_name_plural = "éléments proposés"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "genre", "objet", "champ"],
                nulls_distinct=False,
                name="elementpropose_unique",
                violation_error_message="Ce champ est déjà proposé.",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.EN_ATTENTE) | Q(decide_le__isnull=False),
                name="elementpropose_decision_datee",
                violation_error_message="Une décision a une date.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle


def fiches_par_partenaire(contrat: Contrat) -> list[tuple[Acteur, list[Action]]]:
    """Chaque organisation qui tient des fiches, et ces fiches dans l’ordre ; trois requêtes.

    Une fiche restreinte n’est confiée à personne.
    """
    actions: Any = contrat.actions.filter(est_restreinte=False)
    rangees = list(actions.dans_l_ordre().only("pk", "contrat", "numero", "titre", "pilote"))
    liens = ActionActeur.objects.filter(action__in=actions, role__in=ROLES_QUI_CONTRIBUENT)
    tenues: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for acteur, action in liens.values_list("acteur_id", "action_id"):
        tenues[acteur].add(action)
    for fiche in rangees:
        if fiche.pilote_id:
            tenues[fiche.pilote_id].add(fiche.pk)
    acteurs = Acteur.objects.filter(pk__in=tenues).tries()
    par_acteur = [(a, [f for f in rangees if f.pk in tenues[a.pk]]) for a in acteurs]
    return [(acteur, fiches) for acteur, fiches in par_acteur if fiches]
