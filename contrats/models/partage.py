"""Une action, deux contrats : celui qui la tient, et celui avec lequel il la partage."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, historise
from contrats.models.action import Action
from contrats.models.confidentialite import plans_modifies_par
from contrats.models.contrat import Contrat
from contrats.models.plan import Axe, Objectif


class EtatPartage(models.TextChoices):
    PROPOSE = "PROPOSE", "Proposé"
    ACCEPTE = "ACCEPTE", "Accepté"
    REFUSE = "REFUSE", "Refusé"
    RETIRE = "RETIRE", "Retiré"


EN_VIE = (EtatPartage.PROPOSE, EtatPartage.ACCEPTE)


class PartageQuerySet(models.QuerySet["PartageAction"]):
    """Une fiche réservée ou à la corbeille ne se partage pas : son partage ne se voit plus."""

    def montrables(self) -> Self:
        return self.filter(action__est_restreinte=False, action__corbeille_le=None)

    def acceptes(self) -> Self:
        return self.montrables().filter(etat=EtatPartage.ACCEPTE)

    def a_decider(self) -> Self:
        return self.montrables().filter(etat=EtatPartage.PROPOSE)

    def en_vie(self) -> Self:
        return self.montrables().filter(etat__in=EN_VIE)

    def recus_par(self, utilisateur: Any) -> Self:
        """Dans ses contrats : les acceptés ; les proposés, pour qui y modifie le plan."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        repondus = Q(etat=EtatPartage.ACCEPTE, contrat__in=suivis)
        a_decider = Q(etat=EtatPartage.PROPOSE, contrat__in=plans_modifies_par(utilisateur))
        return self.montrables().filter(repondus | a_decider)

    def visibles_par(self, utilisateur: Any) -> Self:
        """Ceux que ses contrats reçoivent, et ceux des fiches de ses contrats."""
        tenues = Action.objects.suivis_par(utilisateur)
        donnes = Q(pk__in=self.en_vie().filter(action__in=tenues).order_by().values("pk"))
        recus = Q(pk__in=self.recus_par(utilisateur).order_by().values("pk"))
        return self.filter(donnes | recus)

    def pour_liste(self) -> Self:
        liees = ("action__contrat__region", "contrat__region", "axe", "objectif", "modifie_par")
        return self.select_related(*liees).order_by("-etat", "-cree_le", "pk")

    def noms_avec(self, action: Action) -> list[str]:
        """Les contrats avec lesquels une fiche est partagée."""
        acceptes = self.acceptes().filter(action=action).order_by("contrat__cle_tri")
        return list(acceptes.values_list("contrat__nom", flat=True))

    def ranges(self) -> Self:
        return self.order_by("contrat_id", "cree_le", "pk")


@historise()
class PartageAction(Suivi):
    """Une fiche montrée dans le plan d’un autre contrat. Le contrat qui la tient seul l’écrit.

    `axe`, `objectif` : la place que lui donne le contrat qui la reçoit, dans son propre plan.
    """

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="partages"
    )
    contrat = models.ForeignKey(
        Contrat,
        verbose_name="contrat qui la reçoit",
        on_delete=models.CASCADE,
        related_name="partages_recus",
    )
    message = models.TextField("message", blank=True)
    etat = models.CharField("état", max_length=8, choices=EtatPartage, default=EtatPartage.PROPOSE)
    axe = models.ForeignKey(
        Axe,
        verbose_name="axe où elle se lit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    objectif = models.ForeignKey(
        Objectif,
        verbose_name="objectif où elle se lit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PartageQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "partage d’une action"
        verbose_name_plural = "partages d’actions"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "contrat"],
                condition=Q(etat__in=["PROPOSE", "ACCEPTE"]),
                name="partage_unique",
                violation_error_message="Cette fiche est déjà partagée avec ce contrat.",
            ),
        ]
        indexes = [models.Index(fields=["contrat", "etat"], name="partage_recu")]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.contrat_id}"

    @property
    def est_propose(self) -> bool:
        return self.etat == EtatPartage.PROPOSE

    @property
    def est_accepte(self) -> bool:
        return self.etat == EtatPartage.ACCEPTE
