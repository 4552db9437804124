"""La complétude d’un plan : sa moyenne, et ses fiches de la moins à la plus complète."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats import affichage, completude
from contrats.fiche import ou_remplir
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi

MANQUES_NOMMES = 3


@require_GET
def completude_du_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une requête pour toutes les fiches ; chaque ligne nomme ce qui manque de plus important."""
    contrat = contrat_suivi(request, pk)
    fiches = list(contrat.actions.lisibles_par(request.user).pour_completude())
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Complétude")])
    peut_remplir = Droit.MODIFIER_PLAN in contexte["droits"]
    lignes = [_ligne(fiche, peut_remplir=peut_remplir) for fiche in fiches]
    lignes.sort(key=lambda ligne: ligne["pourcentage"])
    contexte |= {
        "moyenne": completude.moyenne(fiche["remplis"] for fiche in fiches),
        "lignes": lignes,
        "regle": completude.regle(),
        "seuil": completude.SEUIL_INCOMPLETE,
    }
    return render(request, "contrats/completude.html", contexte)


def _ligne(fiche: Mapping[str, Any], *, peut_remplir: bool) -> dict[str, Any]:
    """Chaque manque mène à l’endroit où l’écrire, pour qui peut l’écrire."""
    complet = completude.completude(fiche["remplis"])
    manques = [
        Lien(critere.libelle.lower(), ou_remplir(critere, fiche["id"]) if peut_remplir else "")
        for critere in complet.manques[:MANQUES_NOMMES]
    ]
    reste = len(complet.manques) - len(manques)
    return {
        "titre": fiche["titre"],
        "numero": fiche["numero"],
        "adresse": affichage.adresse_de(fiche["id"]),
        "pourcentage": complet.pourcentage,
        "part": affichage.avancement(complet.pourcentage / 100),
        "manques": manques,
        "reste": reste,
    }
