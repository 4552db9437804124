"""Un indicateur : où il en est, sa courbe, ses valeurs, ce qu’il veut dire, qui le raconte."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec
from indicateurs.calcul.lecture import lecture_du_contrat
from indicateurs.comparaison import comparaison_de
from indicateurs.dessins import dire_le_verdict
from indicateurs.lecture import trajectoire_de
from indicateurs.models import Indicateur, Mesure, Ventilation
from indicateurs.presentation_trajectoires import (
    COLONNES,
    COURBE,
    comparee_de,
    dessins_de,
    effectifs,
    est_entiere,
    lignes_de,
    repartitions_de,
    reperes_de,
)
from indicateurs.services.mesures import peut_saisir
from indicateurs.services.recits import peut_raconter
from indicateurs.trajectoire import Trajectoire, dernier_verdict, ecrire_ecart, regle
from indicateurs.views.portes import contexte_indicateur, indicateur_suivi

FORMES = {COURBE: "Courbe", COLONNES: "Colonnes"}


@require_safe
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?forme=colonnes` montre les mêmes valeurs en colonnes."""
    indicateur = indicateur_suivi(request, pk)
    lecture = lecture_du_contrat(indicateur.contrat, [indicateur])
    trajectoire = trajectoire_de(indicateur, lecture.series[indicateur.pk])
    mesures = list(
        indicateur.mesures.de_l_ensemble().chronologiques().select_related("modifie_par")
    )
    contexte = contexte_indicateur(request, indicateur)
    contexte |= _lecture(request, indicateur, trajectoire, mesures)
    contexte |= {
        "lignes": lignes_de(indicateur, trajectoire, lecture, mesures),
        "erreur_de_calcul": lecture.erreurs.get(indicateur.pk, ""),
        "actions": indicateur.actions.lisibles_par(request.user).dans_l_ordre(),
        "peut_saisir": indicateur.est_saisi and peut_saisir(request.user, indicateur),
        "peut_modifier": Droit.GERER_INDICATEURS in contexte["droits"],
        "peut_raconter": peut_raconter(request.user, indicateur),
        "cette_annee": timezone.localdate().year,
        "evenements": historique(indicateur, limite=12),
    }
    return render(request, "indicateurs/fiche.html", contexte)


def _lecture(
    request: HttpRequest,
    indicateur: Indicateur,
    trajectoire: Trajectoire,
    mesures: Sequence[Mesure],
) -> dict[str, Any]:
    """Le verdict, sa règle, les graphiques, la comparaison, les récits."""
    serie = trajectoire.serie
    rendu = dernier_verdict(trajectoire, timezone.localdate().year)
    recits = list(indicateur.recits.recents_d_abord())
    comparaison = comparaison_de(indicateur)
    comparee = comparee_de(comparaison, serie)
    forme = COLONNES if request.GET.get("forme") == COLONNES else COURBE
    dernier = serie.en(rendu.annee)
    return {
        "verdict": rendu,
        "verdict_dit": dire_le_verdict(serie, rendu),
        "regle": regle(trajectoire),
        "marge": ecrire_ecart(serie, trajectoire.tolerance) if len(trajectoire.points) > 1 else "",
        "dessins": dessins_de(
            trajectoire, rendu.annee, forme, nom=indicateur.contrat.nom,
            comparee=comparee, reperes=reperes_de(recits),
        ),
        "comparee": comparee if forme == COURBE else None,
        "forme": forme,
        "formes": _formes(request, forme),
        "repartitions": repartitions_de(serie, _parts(mesures)),
        "comparaison": comparaison,
        "recits": recits,
        "a_du_provisoire": any(r.est_provisoire for r in serie.releves),
        "effectifs": effectifs(dernier) if dernier else "",
        "derniere_mesure": next((m for m in reversed(mesures) if m.annee == rendu.annee), None),
    }  # fmt: skip


def _parts(mesures: Sequence[Mesure]) -> list[Ventilation]:
    """Celles des années entières : un trimestre ne se compare pas à une année."""
    entieres = {m.pk: m for m in mesures if est_entiere(m)}
    parts = Ventilation.objects.filter(mesure__in=entieres).select_related("modalite")
    lues = list(parts.dans_l_ordre())
    for part in lues:
        part.mesure = entieres[part.mesure_id]
    return lues


def _formes(request: HttpRequest, forme: str) -> list[Entree]:
    return [
        Entree(
            mot,
            adresse_avec(request.path, request.GET, {"forme": None if cle == COURBE else cle}),
            est_courante=cle == forme,
        )
        for cle, mot in FORMES.items()
    ]
