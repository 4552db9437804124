from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.droits import Droit
from acteurs.models import Portee
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.problemes import DejaLa
from cls_platform.socle.api.ressources import Ressource
from cls_platform.socle.erreurs import ConflitVersion
from contrats.permissions import exiger
from indicateurs import filters
from indicateurs.api import definition, lecture, serializers
from indicateurs.models import Indicateur, Mesure
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur
from indicateurs.services.mesures import effacer_mesure, exiger_saisie, saisir_mesure


class IndicateurViewSet(Ressource):
    """Les indicateurs publiés des contrats publics, et tous ceux des contrats suivis."""

    serializer_class = serializers.IndicateurSerializer
    filterset_class = filters.IndicateurFilterSet
    plan = lecture.INDICATEURS
    # Une définition est du plan, comme une action : qui ne saisit que des valeurs ne l’écrit pas
    portee_ecriture = Portee.ECRITURE_ACTIONS

    def get_queryset(self) -> Any:
        return Indicateur.objects.visibles_par(self.request.user).ranges_par_contrat()

    @extend_schema(
        request=definition.IndicateurAjoutSerializer,
        responses={201: serializers.IndicateurSerializer},
    )
    def create(self, request: Request) -> Response:
        """Ajoute un indicateur au contrat, à lui ou parti du catalogue (`modele`)."""
        contrat = self.valider(definition.ContratDeLAjout)["contrat"]
        exiger(request.user, Droit.GERER_INDICATEURS, contrat)
        valeurs = self.valider(definition.IndicateurAjoutSerializer, contrat=contrat)
        with definition.refus_par_champ_recu():
            indicateur = creer_indicateur(
                contrat=valeurs.pop("contrat"),
                valeurs=valeurs,
                par=request.user,
                via=moyen(request),
            )
        reponse = self.repondre(self.lire_un(indicateur.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[indicateur.pk])
        return reponse

    @extend_schema(
        request=definition.IndicateurSaisieSerializer,
        responses={200: serializers.IndicateurSerializer},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Corrige les champs donnés, si la définition est encore à la version lue."""
        indicateur = self.lire_un(pk)
        contrat = indicateur.contrat
        exiger(request.user, Droit.GERER_INDICATEURS, contrat)
        version = version_attendue(request, indicateur)
        valeurs = self.valider(
            definition.IndicateurSaisieSerializer,
            partial=True, contrat=contrat, actuel=indicateur,
        )  # fmt: skip
        with definition.refus_par_champ_recu():
            modifier_indicateur(
                indicateur=indicateur,
                version=version,
                valeurs=valeurs,
                par=request.user,
                via=moyen(request),
            )
        return self.repondre(self.lire_un(pk))


class MesureViewSet(Ressource):
    """Les valeurs des indicateurs que l’appelant peut lire, de la plus ancienne à la dernière."""

    serializer_class = serializers.MesureSerializer
    filterset_class = filters.MesureFilterSet
    plan = lecture.MESURES
    portee_ecriture = Portee.ECRITURE_MESURES

    def get_queryset(self) -> Any:
        return Mesure.objects.visibles_par(self.request.user).ranges_par_indicateur()

    @extend_schema(
        request=serializers.MesureSaisieSerializer, responses={201: serializers.MesureSerializer}
    )
    def create(self, request: Request) -> Response:
        """Saisit la valeur d’une période. Une valeur y existe déjà : 409, et la voici."""
        valeurs = self.valider(serializers.MesureSaisieSerializer)
        periode = {nom: valeurs.pop(nom) for nom in ("indicateur", "periode_debut", "periode_fin")}
        lieu = (valeurs.pop("niveau_territoire"), valeurs.pop("code_territoire"))
        try:
            mesure = saisir_mesure(
                **periode,
                territoire=lieu,
                valeurs=valeurs,
                version=None,
                par=request.user,
                via=moyen(request),
            )
        except ConflitVersion as conflit:
            raise DejaLa(
                "Une valeur existe déjà pour cette période. Modifiez-la par PATCH.",
                actuel=conflit.actuel,
            ) from conflit
        reponse = self.repondre(self.lire_un(mesure.pk), status=201)
        reponse["Location"] = self.reverse_action("detail", args=[mesure.pk])
        return reponse

    @extend_schema(
        request=serializers.ValeurSaisieSerializer, responses={200: serializers.MesureSerializer}
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Corrige une valeur, si elle est encore à la version lue."""
        mesure = self.lire_un(pk)
        exiger_saisie(request.user, mesure.indicateur)
        version = version_attendue(request, mesure)
        valeurs = self.valider(serializers.ValeurSaisieSerializer, partial=True)
        saisir_mesure(
            indicateur=mesure.indicateur,
            periode_debut=mesure.periode_debut,
            periode_fin=mesure.periode_fin,
            territoire=(mesure.niveau_territoire, mesure.code_territoire),
            valeurs=valeurs_reprises(mesure, valeurs),
            version=version,
            par=request.user,
            via=moyen(request),
        )
        return self.repondre(self.lire_un(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Efface une valeur, si elle est encore à la version lue ; l’historique la garde."""
        mesure = self.lire_un(pk)
        exiger_saisie(request.user, mesure.indicateur)
        effacer_mesure(
            mesure=mesure,
            version=version_attendue(request, mesure),
            par=request.user,
            via=moyen(request),
        )
        return Response(status=204)


def valeurs_reprises(mesure: Mesure, valeurs: dict[str, Any]) -> dict[str, Any]:
    """Le service attend une saisie entière : ce que le corps ne dit pas est repris de la valeur."""
    reprises = serializers.ValeurSaisieSerializer().fields.keys()
    return {nom: getattr(mesure, nom) for nom in reprises} | valeurs
