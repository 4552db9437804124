"""Les mêmes lignes à emporter : XLSX, ODS et CSV pour un tableur, JSON pour un outil."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.tableur import liste as tableur
from contrats.couverture_detail import communes_du_chiffre, contrats_du_chiffre
from contrats.couverture_gardee import ecarts_gardes
from contrats.couverture_reponse import ENTETES, ReponseDeSerie, denominateurs_gardes, repondre
from contrats.forms.couverture import QuestionCouverture, QuestionDEvolution
from contrats.liens_de_contrats import liens_des_contrats
from contrats.permissions import exiger_general
from contrats.presentation import communes as derriere
from contrats.views.couverture_questions import question_de_la_liste

JSON = "json"


@require_GET
def exporter(request: HttpRequest, extension: str) -> HttpResponse:
    """Les lignes de l’API."""
    _exiger(request, extension)
    reponse = repondre(**QuestionCouverture(request.GET).exiger())
    nom = f"couverture-{reponse.niveau}-{reponse.le:%Y-%m-%d}"
    if extension == JSON:
        return _en_json(nom, reponse.vers_dict())
    lignes = list(reponse.en_lignes())
    return fichier(extension, f"{nom}.{extension}", "Couverture", reponse.entetes, lignes)


@require_GET
def exporter_evolution(request: HttpRequest, extension: str) -> HttpResponse:
    """Une ligne par mois et par variante, du premier contrat à la seconde date."""
    _exiger(request, extension)
    reponses = QuestionDEvolution(request.GET).exiger()
    ici, au = reponses["place"], reponses["au"]
    millesime = denominateurs_gardes(au, ici.lieu).millesime_population
    serie = ReponseDeSerie(ici, ecarts_gardes(ici), au, millesime)
    nom = f"evolution-{ici.code}-{au:%Y-%m-%d}"
    return _emporter(extension, nom, "Évolution", ENTETES, list(serie.en_lignes()), {})


@require_GET
def exporter_communes(request: HttpRequest, extension: str) -> HttpResponse:
    """Toute la liste filtrée, sans pages : ses communes, ou ses contrats."""
    _exiger(request, extension)
    reponses, demande = question_de_la_liste(request)
    le, variante = reponses["le"], reponses["variante"]
    question = {"date": le.isoformat(), "variante": variante}
    suite = f"{reponses['place'].code}-{le:%Y-%m-%d}"
    if reponses["liste"]:
        contrats = contrats_du_chiffre(**demande)
        noms = {contrat.id: contrat.nom for contrat in contrats}
        projets = [contrat.id for contrat in contrats if not contrat.est_signe]
        liens = liens_des_contrats(request.user, noms, projets=projets)
        lignes = derriere.contrats_en_tableur(contrats, liens, le)
        entetes = derriere.ENTETES_DES_CONTRATS
        return _emporter(extension, f"contrats-{suite}", "Contrats", entetes, lignes, question)
    communes = communes_du_chiffre(**demande)
    noms, cites = derriere.contrats_cites(communes)
    liens = liens_des_contrats(request.user, noms, projets=cites)
    lignes = derriere.en_tableur(communes, liens, le)
    question["etat"] = reponses["selection"]
    return _emporter(extension, f"communes-{suite}", "Communes", derriere.ENTETES, lignes, question)


def _exiger(request: HttpRequest, extension: str) -> None:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    if extension != JSON and extension not in tableur.TYPES:
        raise Http404


def _emporter(
    extension: str,
    nom: str,
    feuille: str,
    entetes: Sequence[str],
    lignes: list[Any],
    question: Mapping[str, str],
) -> HttpResponse:
    """En JSON, les colonnes du tableur sont les clés de chaque ligne."""
    if extension != JSON:
        return fichier(extension, f"{nom}.{extension}", feuille, entetes, lignes)
    lues = [dict(zip(entetes, ligne, strict=True)) for ligne in lignes]
    return _en_json(nom, {**question, "count": len(lues), "results": lues})


def _en_json(nom: str, corps: Mapping[str, Any]) -> HttpResponse:
    return JsonResponse(
        corps,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{nom}.json"'},
    )


def fichier(
    extension: str, nom: str, feuille: str, entetes: Sequence[str], lignes: list[Any]
) -> HttpResponse:
    return HttpResponse(
        tableur.ecrire(extension, feuille, entetes, lignes),
        content_type=tableur.TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
