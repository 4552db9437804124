"""Les bénéficiaires en lecture : sans masque pour qui suit le contrat, masqués pour les autres."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from indicateurs.beneficiaires.lecture import case_de, tues_par_annee
from indicateurs.filtres_beneficiaires import BeneficiairesFilterSet
from indicateurs.models import Beneficiaires
from indicateurs.secret.comptes import NATURES, TOUTES, Case


def _annoter(requete: Any, lecteur: Lecteur) -> QuerySet:
    return requete.pour_api(lecteur.utilisateur)


def _masquer(lignes: Lignes, lecteur: Lecteur) -> None:
    """Qui ne suit pas le contrat lit ce que lisent les habitants."""
    publiques = [li for li in lignes.values() if not li["est_suivi"]]
    tues = tues_par_annee({(li["contrat"], li["annee"]) for li in publiques}) if publiques else {}
    for ligne in lignes.values():
        ligne["masques"] = []
        if not ligne.pop("est_suivi"):
            cle = (ligne["contrat"], ligne["annee"])
            case = (str(ligne["action"]), ligne["population"] or TOUTES, ligne["code_qpv"])
            ligne["masques"] = [n for n in NATURES if Case(n, *case) in tues[cle]]
            ligne.update(dict.fromkeys([*ligne["masques"], "commentaire"]))


BENEFICIAIRES = PlanDeLecture(
    annoter=_annoter,
    completer=_masquer,
    colonnes={
        "id": "id",
        "contrat": "action__contrat",
        **colonnes_simples(
            "action",
            "annee",
            "population",
            "code_qpv",
            "nom_qpv",
            "personnes",
            "presences",
            "sont_distinctes",
            "source",
            "commentaire",
            "version",
            "modifie_le",
            "est_suivi",
        ),
    },
)


class BeneficiairesSerializer(Serialiseur):
    """Personnes distinctes et présences d’une action, une année : en tout, d’un public, d’un
    quartier. Deux comptes de personnes ne s’additionnent pas, sauf `sont_distinctes`."""

    contrat = serializers.UUIDField(source="action.contrat_id")
    masques = serializers.SerializerMethodField(
        help_text="Les nombres que le secret statistique rend nuls : personnes, presences."
    )

    class Meta:
        model = Beneficiaires
        fields = (*(nom for nom in BENEFICIAIRES.colonnes if nom != "est_suivi"), "masques")
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "commentaire": {"allow_null": True, "help_text": "Nul hors de l’équipe du contrat."}
        }

    def get_masques(self, compte: Any) -> list[str]:
        if compte.est_suivi:
            return []
        cle: tuple[UUID, int] = (compte.action.contrat_id, compte.annee)
        tues = tues_par_annee([cle])[cle]
        return [nature for nature in NATURES if Case(nature, *case_de(compte)) in tues]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        caches = [*ligne["masques"], *(() if instance.est_suivi else ("commentaire",))]
        return ligne | dict.fromkeys(caches)


class BeneficiairesViewSet(Ressource):
    """Les bénéficiaires des actions suivies, et ceux que publient les contrats publics."""

    serializer_class = BeneficiairesSerializer
    filterset_class = BeneficiairesFilterSet
    plan: ClassVar[PlanDeLecture] = BENEFICIAIRES

    def get_queryset(self) -> Any:
        visibles = Beneficiaires.objects.visibles_par(self.request.user)
        return visibles.select_related("action").ranges_par_action()
