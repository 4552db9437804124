"""Ce que l’on demande aux lignes de budget et aux financements ; les sommes se font en SQL.

- Coût d’une ligne : le prévu ; à défaut le réalisé. Un apport en nature et des ETP n’en sont pas.
- Ressource d’un financement : l’accordé ; à défaut le versé, puis le demandé. Refusé : rien.
- Écart : une année où le coût d’une fiche et ses ressources diffèrent.
"""

from functools import cache
from typing import Any, Self

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.models.action import Action
from contrats.models.contrat import Contrat
from contrats.models.selections_argent import EXACT, RIEN
from contrats.models.selections_plan import DUneActionQuerySet
from contrats.models.vocabulaire_argent import StatutFinancement, UniteBudget

EN_ARGENT = Q(unite=UniteBudget.EUROS, est_valorisation=False)
RETENU = ~Q(statut=StatutFinancement.REFUSE)


def total(champ: Any, **options: Any) -> Coalesce:
    return Coalesce(Sum(champ, **options), RIEN, output_field=EXACT)


class ArgentQuerySet(DUneActionQuerySet):
    """Une fiche à la corbeille n’a plus ni coût ni ressource."""

    model: Any

    def suivis_par(self, utilisateur: Any) -> Self:
        suivies = Action.objects.suivis_par(utilisateur)
        return self.filter(action__in=suivies).select_related("action__contrat")

    def visibles_par(self, utilisateur: Any) -> Self:
        """Les montants que la personne a le droit de lire."""
        lisibles = Action.objects.lisibles_par(utilisateur).au_budget_lisible_par(utilisateur)
        return self.filter(action__in=lisibles).select_related("action__contrat")

    def du_contrat(self, contrat: Contrat) -> Self:
        return super().du_contrat(contrat).filter(action__corbeille_le=None)

    def montrables(self) -> Self:
        """L’argent des fiches que tout le monde peut lire."""
        return self.filter(action__est_publique=True, action__est_restreinte=False)

    def en(self, annee: int) -> Self:
        return self.filter(annee=annee)

    def ranges_par_action(self) -> Self:
        """Un ordre total, servi par l’index."""
        return self.order_by("action_id", "annee", "pk")


class LigneBudgetQuerySet(ArgentQuerySet):
    def pour_fiche(self) -> Self:
        return self.select_related("nature").order_by(
            "annee", "nature__ordre", "nature_id", "cree_le", "pk"
        )

    def par_axe_et_annee(self) -> QuerySet[Any, tuple[Any, ...]]:
        """(axe, année, unité, apport en nature, prévu, réalisé)."""
        groupes = self.order_by().values_list(
            "action__axe_id", "annee", "unite", "est_valorisation"
        )
        return groupes.annotate(total_prevu=total("prevu"), total_realise=total("realise"))

    def couts(self) -> QuerySet[Any, dict[str, Any]]:
        """{action_id, annee, somme} : ce que chaque fiche coûte en argent, année par année."""
        en_argent = self.filter(EN_ARGENT).order_by().values("action_id", "annee")
        return en_argent.annotate(somme=total(Coalesce("prevu", "realise", RIEN)))

    def totaux(self) -> dict[str, Any]:
        """Prévu et réalisé en argent, toutes années ; None : rien n’est écrit. Une requête."""
        return self.filter(EN_ARGENT).aggregate(
            total_prevu=Sum("prevu"), total_realise=Sum("realise")
        )

    def par_sorte(self) -> QuerySet[Any, tuple[Any, ...]]:
        """(unité, apport en nature, prévu, réalisé, connu) ; None : rien n’est écrit.

        Connu : le réalisé de chaque ligne ; à défaut son prévu.
        """
        groupes = self.order_by().values_list("unite", "est_valorisation")
        return groupes.annotate(
            total_prevu=Sum("prevu"), total_realise=Sum("realise"),
            total_connu=Sum(Coalesce("realise", "prevu")),
        )  # fmt: skip

    def couts_du_plan(self, contrat: Contrat) -> list[tuple[Any, Any]]:
        """(action, somme) des `couts` du contrat ; une requête figée."""
        return _sommes(self.model, "couts").lire(contrat=contrat.pk)


class FinancementQuerySet(ArgentQuerySet):
    def pour_fiche(self) -> Self:
        return self.select_related("type_financeur", "acteur").order_by(
            "annee", "type_financeur__ordre", "type_financeur_id", "cree_le", "pk"
        )

    def retenus(self) -> Self:
        return self.filter(RETENU)

    def par_axe_annee_et_financeur(self) -> QuerySet[Any, tuple[Any, ...]]:
        """(axe, année, financeur, demandé, accordé, versé)."""
        groupes = self.order_by().values_list("action__axe_id", "annee", "type_financeur_id")
        return groupes.annotate(
            total_demande=total("montant_demande"),
            total_accorde=total("montant_accorde"),
            total_verse=total("montant_verse"),
        )

    def acquis(self) -> QuerySet[Any, tuple[Any, ...]]:
        """(axe, financeur, somme) de l’accordé ; à défaut du versé. Demander n’est pas avoir."""
        retenus = self.retenus().order_by().values_list("action__axe_id", "type_financeur__libelle")
        return retenus.annotate(somme=total(Coalesce("montant_accorde", "montant_verse", RIEN)))

    def ressources(self) -> QuerySet[Any, dict[str, Any]]:
        """{action_id, annee, somme} : ce sur quoi chaque fiche peut compter, année par année."""
        retenus = self.retenus().order_by().values("action_id", "annee")
        montant = Coalesce("montant_accorde", "montant_verse", "montant_demande", RIEN)
        return retenus.annotate(somme=total(montant))

    def ressources_du_plan(self, contrat: Contrat) -> list[tuple[Any, Any]]:
        """(action, somme) des `ressources` du contrat ; une requête figée."""
        return _sommes(self.model, "ressources").lire(contrat=contrat.pk)


@cache
def _sommes(modele: Any, lesquelles: str) -> RequeteFigee:
    sommes = getattr(modele.objects.du_contrat(Parametre("contrat")), lesquelles)()
    return figer(sommes.values_list("action_id", "somme"))
