from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from acteurs.droits import Droit
from cls_platform.socle.api.champs import Serialiseur
from contrats.api.fiche_complete import (
    LISTES_DU_DETAIL,
    FicheCompleteSerializer,
    options_de_lecture,
)
from contrats.api.lecture import (
    ACTIONS,
    AXES,
    CHAMPS_INTERNES,
    CONTRATS,
    OBJECTIFS,
    masquer,
    nom_de_personne,
)
from contrats.etats import PHASE_PUBLIQUE, STATUT_PUBLIC, StatutAction
from contrats.models import Action, ActionActeur, Axe, Contrat, Jalon, Objectif, Partie
from contrats.permissions import droits_sur, droits_sur_action
from contrats.services.plan import CHAMPS_DE_LA_FICHE_COMPLETE

LISTE_DE_DROITS = serializers.ListField(child=serializers.ChoiceField(choices=Droit.choices))


class ContratSerializer(Serialiseur):
    """Un contrat local de santé. `nombre_communes` compte celles de son périmètre aujourd’hui."""

    nombre_communes = serializers.IntegerField(read_only=True)
    phase_publique = serializers.SerializerMethodField(help_text="La phase en mots simples.")

    class Meta:
        model = Contrat
        fields = (*CONTRATS.colonnes, "phase_publique")

    def get_phase_publique(self, contrat: Contrat) -> str:
        return PHASE_PUBLIQUE[contrat.phase]


class PartieSerializer(Serialiseur):
    """Une organisation liée au contrat, et son rôle."""

    nom = serializers.CharField(source="acteur.nom", read_only=True)

    class Meta:
        model = Partie
        fields = ("acteur", "nom", "role", "date_deliberation", "date_signature")


class ContratDetailSerializer(ContratSerializer):
    """Le contrat, son périmètre d’aujourd’hui, ses parties, et ce que l’appelant peut y faire."""

    communes = serializers.SerializerMethodField(help_text="Codes Insee du périmètre aujourd’hui.")
    parties = serializers.SerializerMethodField()
    droits = serializers.SerializerMethodField(help_text="Vos droits sur ce contrat.")

    class Meta(ContratSerializer.Meta):
        fields = (*ContratSerializer.Meta.fields, "communes", "parties", "droits")

    def get_communes(self, contrat: Contrat) -> list[str]:
        return list(contrat.perimetres.codes_au(self.context["le"]))

    @extend_schema_field(PartieSerializer(many=True))
    def get_parties(self, contrat: Contrat) -> Any:
        return PartieSerializer(contrat.parties.pour_liste(), many=True).data

    @extend_schema_field(LISTE_DE_DROITS)
    def get_droits(self, contrat: Contrat) -> list[str]:
        return sorted(droits_sur(self.context["request"].user, contrat))


class AxeSerializer(Serialiseur):
    class Meta:
        model = Axe
        fields = tuple(AXES.colonnes)


class ObjectifSerializer(Serialiseur):
    """Un niveau du plan entre l’axe et les actions ; `parent` donne la profondeur."""

    class Meta:
        model = Objectif
        fields = tuple(OBJECTIFS.colonnes)


class ActeurDeLActionSerializer(Serialiseur):
    """Une organisation associée à l’action."""

    nom = serializers.CharField(source="acteur.nom", read_only=True)

    class Meta:
        model = ActionActeur
        fields = ("acteur", "nom", "role")


class JalonSerializer(Serialiseur):
    """Une étape ; `fait_le` est vide tant qu’elle n’est pas terminée."""

    class Meta:
        model = Jalon
        fields = (
            "id", "libelle", "echeance", "fait_le", "est_abandonne", "est_annuel", "ordre",
        )  # fmt: skip


class ActionSerializer(Serialiseur):
    """Une fiche action. Les textes de travail sont nuls hors de l’équipe du contrat."""

    statut_affiche = serializers.ChoiceField(
        StatutAction.choices,
        read_only=True,
        help_text="Le statut, ou EN_RETARD quand l’échéance est passée ; sauf s’il est tenu.",
    )
    statut_public = serializers.SerializerMethodField(help_text="Le statut en mots simples.")
    avancement = serializers.FloatField(read_only=True, min_value=0, max_value=1)
    nombre_jalons = serializers.IntegerField(read_only=True)
    jalons_faits = serializers.IntegerField(read_only=True)
    pilote_nom = serializers.SerializerMethodField()
    pilote_personne_nom = serializers.SerializerMethodField()
    themes = serializers.SerializerMethodField()
    populations = serializers.SerializerMethodField()
    acteurs = serializers.SerializerMethodField()

    class Meta:
        model = Action
        fields = (
            *(nom for nom in ACTIONS.colonnes if nom not in {"est_suivi", "_prenom"}),
            "statut_public",
            "themes",
            "populations",
            "acteurs",
        )
        extra_kwargs = {
            nom: {"allow_null": True, "help_text": "Nul hors de l’équipe du contrat."}
            for nom in ("contexte", "description", "resultats_attendus", "statut_raison")
        }

    def to_representation(self, instance: Any) -> dict[str, Any]:
        ligne = super().to_representation(instance)
        if not instance.est_suivi:
            masquer(ligne, *CHAMPS_INTERNES)
        return ligne

    def get_statut_public(self, action: Any) -> str:
        return STATUT_PUBLIC[action.statut_affiche]

    def get_pilote_nom(self, action: Action) -> str | None:
        return action.pilote.nom if action.pilote else None

    def get_pilote_personne_nom(self, action: Action) -> str | None:
        personne = action.pilote_personne
        return nom_de_personne(personne.prenom, personne.nom) if personne else None

    def get_themes(self, action: Action) -> list[str]:
        return sorted(action.themes.values_list("pk", flat=True))

    def get_populations(self, action: Action) -> list[str]:
        return sorted(action.populations.values_list("pk", flat=True))

    @extend_schema_field(ActeurDeLActionSerializer(many=True))
    def get_acteurs(self, action: Action) -> list[dict[str, Any]]:
        liens = ActionActeur.objects.pour_api([action.pk])
        return [{"acteur": acteur, "nom": nom, "role": role} for _, acteur, nom, role in liens]


class ActionDetailSerializer(FicheCompleteSerializer, ActionSerializer):
    """La fiche, ses étapes, et ce que l’appelant peut y faire."""

    jalons = serializers.SerializerMethodField()
    droits = serializers.SerializerMethodField(help_text="Vos droits sur cette action.")

    class Meta(ActionSerializer.Meta):
        fields = (
            *ActionSerializer.Meta.fields,
            *CHAMPS_DE_LA_FICHE_COMPLETE,
            *LISTES_DU_DETAIL,
            "champs_libres",
            "jalons",
            "droits",
        )
        extra_kwargs = ActionSerializer.Meta.extra_kwargs | options_de_lecture()

    @extend_schema_field(JalonSerializer(many=True))
    def get_jalons(self, action: Action) -> Any:
        return JalonSerializer(action.jalons.order_by("ordre", "echeance", "pk"), many=True).data

    @extend_schema_field(LISTE_DE_DROITS)
    def get_droits(self, action: Action) -> list[str]:
        return sorted(droits_sur_action(self.context["request"].user, action))
