"""L’onglet « Suivi » d’une fiche : étapes, journal, changements de statut, ce qui l’explique."""

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cls_platform.socle.navigation import Lien
from contrats.coque_fiche import contexte_fiche
from contrats.etapes import etapes_de
from contrats.etats import MOIS_SANS_NOUVELLES
from contrats.models import Action
from contrats.models.etat_action import seuil_des_nouvelles
from contrats.provenance import auteurs
from contrats.views.portes import action_suivie


@require_GET
def suivi(request: HttpRequest, pk: UUID) -> HttpResponse:
    action, le = action_suivie(request, pk), timezone.localdate()
    contexte = contexte_fiche(request, action, "suivi", suite=(Lien("Suivi"),))
    contexte |= {
        "etapes": etapes_de(action, le),
        "annees": notes_par_annee(action),
    } | statut_explique(action, le)
    return render(request, "contrats/suivi.html", contexte)


def statut_explique(action: Any, le: date) -> dict[str, Any]:
    """Le contexte de `_statut_explique.html` ; deux requêtes."""
    return {
        "passages": action.passages.derniers(),
        "risque": Action.objects.avec_risques(le).get(pk=action.pk),
        "mois_sans_nouvelles": MOIS_SANS_NOUVELLES,
        "depuis": seuil_des_nouvelles(le, MOIS_SANS_NOUVELLES),
    }


def notes_par_annee(action: Any) -> list[tuple[int, list[tuple[Any, str]]]]:
    """(note, d’où elle vient), les plus récentes d’abord ; deux requêtes au plus."""
    notes = list(action.notes.recentes())
    noms = auteurs(note.modifie_via for note in notes)
    return [
        (annee, [(note, noms.get(note.modifie_via, "")) for note in lues])
        for annee, lues in groupby(notes, key=lambda note: note.annee)
    ]
