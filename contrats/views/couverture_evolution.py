"""La couverture entre deux dates : la série mois par mois, et tout ce qui l’a fait changer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats.couverture_evenements import Evenement, GenreEvenement, evenements, reunir
from contrats.couverture_gardee import ecarts_gardes
from contrats.couverture_place import Place
from contrats.couverture_serie import cumuler
from contrats.forms.couverture import QuestionDEvolution
from contrats.liens_de_contrats import liens_des_contrats
from contrats.navigation_region import contexte_region
from contrats.permissions import exiger_general
from contrats.presentation.couverture import exports
from contrats.presentation.tendance import ligne_de_tendance, tendance

LARGEUR = 930.0
# Au-delà, une page ne se lit plus : on resserre les dates ou le territoire
LIMITE = 200


@require_GET
def evolution(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    reponses = QuestionDEvolution(request.GET).exiger()
    ici: Place = reponses["place"]
    du, au = reponses["du"], reponses["au"]
    changements = ecarts_gardes(ici)
    faits = reunir(evenements(du, au, ici))
    avant, apres = cumuler(changements, [du, au])
    contexte = contexte_region(request, ici, suite=[Lien("Évolution")]) | {
        "place": ici,
        "du": du,
        "au": au,
        "avant": ligne_de_tendance(ici, avant, "mois"),
        "apres": ligne_de_tendance(ici, apres, "mois"),
        "ecart": apres.taux_signe - avant.taux_signe,
        "habitants": apres.signe.population_couverte - avant.signe.population_couverte,
        "entiere": tendance(ici, changements, au, pas="mois", largeur=LARGEUR),
        "etroite": tendance(ici, changements, au),
        "groupes": _par_genre(request, faits),
        "total": len(faits),
        "retour": ici.adresse,
        "est_a_venir": au > timezone.localdate(),
        "exports": [
            (
                "La série, mois par mois",
                exports(
                    "contrats:couverture_evolution_exporter",
                    ici.territoire | {"du": du.isoformat(), "au": au.isoformat()},
                ),
            )
        ],
    }
    return render(request, "contrats/couverture/evolution.html", contexte)


def _par_genre(request: HttpRequest, faits: list[Evenement]) -> list[dict[str, Any]]:
    """Un groupe par genre, dans l’ordre des genres ; ceux qui n’ont rien manquent."""
    noms = {fait.contrat: fait.contrat_nom for fait in faits}
    projets = [fait.contrat for fait in faits if not fait.est_signe]
    liens = liens_des_contrats(request.user, noms, projets=projets)
    return [
        {
            "genre": genre,
            "libelle": genre.label,
            "nombre": len(du_genre),
            "faits": [(fait, liens[fait.contrat]) for fait in du_genre[:LIMITE]],
            "suite": max(0, len(du_genre) - LIMITE),
        }
        for genre in GenreEvenement
        if (du_genre := [fait for fait in faits if fait.genre == genre])
    ]
