"""La carte de couverture à emporter : SVG, PNG, GeoJSON ; rien n’est renvoyé si rien n’a changé."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from contrats.carte_couverture import FORMES, Demande, NiveauDeCarte, fichier_de_carte
from contrats.forms.carte import QuestionDeCarte
from contrats.permissions import exiger_general
from contrats.views.portes import contrat_suivi


@require_GET
def carte(request: HttpRequest, extension: str) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    if extension not in FORMES:
        raise Http404
    demande = _demande(request, QuestionDeCarte(request.GET).exiger())
    fichier = fichier_de_carte(demande, extension)
    etiquette = f'"{fichier.sha256[:32]}"'
    reponse = get_conditional_response(request, etag=etiquette) or HttpResponse(
        fichier.octets,
        content_type=fichier.genre,
        headers={"Content-Disposition": f'attachment; filename="{fichier.nom}"'},
    )
    reponse["ETag"] = etiquette
    patch_cache_control(reponse, private=True, no_cache=True)
    return reponse


def _demande(request: HttpRequest, reponses: dict[str, Any]) -> Demande:
    """Un contrat que la personne ne suit pas n’a pas de carte (404)."""
    commun = {nom: reponses[nom] for nom in ("le", "variante", "couches")}
    if reponses["contrat"] is None:
        return Demande.de(reponses["place"], **commun)
    contrat = contrat_suivi(request, reponses["contrat"])
    return Demande(
        niveau=NiveauDeCarte.CONTRAT.value, territoire=str(contrat.pk), nom=contrat.nom, **commun
    )
