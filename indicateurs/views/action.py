"""Les indicateurs d’une fiche action : un onglet de la fiche, où l’année en cours se saisit."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats.coque_fiche import contexte_fiche
from contrats.models import Action
from indicateurs.models import Mesure
from indicateurs.presentation import annees_de_la_grille, groupes_de_la_grille
from indicateurs.services.mesures import saisissables
from indicateurs.views.grille import Retour


@require_safe
def de_l_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    le = timezone.localdate()
    actions: Any = Action.objects.suivis_par(request.user)
    action = get_object_or_404(actions.pour_fiche(le), pk=pk)
    contexte = contexte_fiche(request, action, "indicateurs", suite=(Lien("Indicateurs"),))
    contrat, droits = action.contrat, contexte["droits"]
    annees = annees_de_la_grille(contrat, le.year)
    groupes = groupes_de_la_grille(
        contrat.indicateurs.de_l_action(action).pour_liste(),
        Mesure.objects.du_contrat(contrat, annees),
        annees,
        annees[-1],
        saisissables(request.user, contrat, droits),
    )
    contexte |= {
        "lignes": [ligne for groupe in groupes for ligne in groupe.lignes],
        "annees_passees": annees[:-1],
        "courante": annees[-1],
        "retour": Retour(),
        "saisie": None,
        "peut_ajouter": Droit.GERER_INDICATEURS in droits,
        "ajouter_ici": f"{reverse('indicateurs:ajouter', args=[contrat.pk])}?action={action.pk}",
        "autres": contrat.indicateurs.hors_de_l_action(action).exists(),
    }
    return render(request, "indicateurs/action.html", contexte)
