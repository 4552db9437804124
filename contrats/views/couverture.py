"""La couverture d’un territoire : le chiffre d’abord, la carte, la tendance, le tableau jumeau."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from acteurs.fiche_territoire import contexte_du_territoire
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.carte_page import carte_de_page
from contrats.couverture import LigneCouverture, Niveau, Variante, nationale
from contrats.couverture_cible import Visee, cible_de_la_courbe, visee_de
from contrats.couverture_detail import communes_du_chiffre, comptes_par_etat
from contrats.couverture_gardee import couvertures, ecarts_gardes, garder
from contrats.couverture_place import FRANCE, Place, place
from contrats.couverture_reponse import denominateurs_gardes, zonages_gardes
from contrats.forms.couverture import CONTRATS, QuestionDePage
from contrats.liens_de_contrats import liens_des_contrats
from contrats.navigation_region import adresse_du_rapport, contexte_region
from contrats.permissions import exiger_general
from contrats.presentation.communes import contrats_cites, lignes_de_communes
from contrats.presentation.couverture import (
    TABLEAUX,
    Liens,
    Question,
    barre,
    bascule,
    exports,
    lignes_du_tableau,
    reperes,
)
from contrats.presentation.doctrine import carte_de_la_region
from contrats.presentation.extrait_a_faire import ExtraitAFaire, extrait
from contrats.presentation.suivi_ars import suivi_de_l_epci
from contrats.presentation.tendance import tendance
from contrats.presentation.zonages import lignes_de_zonages

# Les 1 255 intercommunalités de la France ne tiennent pas dans une page ; celles d’une région, si
PAR_PAGE = 200


@require_GET
def france(request: HttpRequest) -> HttpResponse:
    return _page(request, FRANCE)


@require_GET
def region(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _place(Niveau.REGION, code))


@require_GET
def departement(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _place(Niveau.DEPARTEMENT, code))


@require_GET
def epci(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _place(Niveau.EPCI, code))


def _place(niveau: str, code: str) -> Place:
    """Un code que rien ne porte est une adresse qui n’existe pas (404)."""
    try:
        return place(niveau, code.upper())
    except DonneesRefusees as erreur:
        raise Http404(erreur.message) from erreur


def _page(request: HttpRequest, ici: Place) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    reponses = QuestionDePage(request.GET).exiger()
    question = Question(reponses["le"], reponses["variante"])
    tableau = _tableau(ici, reponses["tableau"])
    chiffres = _chiffres(ici, question, {ici.niveau, Niveau.EPCI.value, tableau} - {""})
    contexte = contexte_region(request, ici)
    contexte["adresse_du_rapport"] = adresse_du_rapport(ici, contexte["rail"], contexte["droits"])
    contexte |= _contexte_du_chiffre(ici, question, chiffres)
    contexte |= _contexte_du_tableau(request, ici, question, chiffres, tableau)
    contexte |= {
        "place": ici,
        "question": question,
        "le": question.le,
        "variante": question.variante,
        "variantes": bascule(
            request.path, request.GET, "variante", Variante.choices, question.variante
        ),
        "suivi_ars": suivi_de_l_epci(request.user, ici.code, ici.region, question.le)
        if ici.niveau == Niveau.EPCI and Droit.PILOTER_REGION in contexte["droits"]
        else None,
        "a_faire": _a_faire(request, ici, question.le, contexte["droits"]),
        "contexte_territoire": contexte_du_territoire("epci", ici.code, question.le)
        if ici.niveau == Niveau.EPCI
        else None,
        "carte": carte_de_page(
            ici,
            le=question.le,
            variante=question.variante,
            chemin=request.path,
            parametres=request.GET,
        ),
    }
    return render(request, "contrats/couverture/page.html", contexte)


def _a_faire(
    request: HttpRequest, ici: Place, le: date, droits: frozenset[Droit]
) -> ExtraitAFaire | None:
    """Le début de la liste de travail, au jour d’aujourd’hui et pour une agence."""
    du_jour = ici.niveau == Niveau.REGION and le == timezone.localdate()
    if not (du_jour and Droit.PILOTER_REGION in droits):
        return None
    montre = extrait(request.user, ici.code, le)
    return montre if montre.rangees else None


def _tableau(ici: Place, voulu: str) -> str:
    """Le niveau du tableau : celui demandé si la page le propose, sinon le premier ; vide sans."""
    proposes = [niveau.value for niveau in TABLEAUX[ici.niveau]]
    return voulu if voulu in proposes else next(iter(proposes), "")


Chiffres = dict[str, dict[str, list[LigneCouverture]]]


def _chiffres(ici: Place, question: Question, niveaux: set[str]) -> Chiffres:
    """Les lignes de chaque niveau, dans les deux variantes ; deux requêtes si rien n’a changé."""
    return {
        variante: couvertures(le=question.le, niveaux=niveaux, variante=variante, **ici.lieu)
        for variante in Variante.values
    }


def _contexte_du_chiffre(ici: Place, question: Question, chiffres: Chiffres) -> dict[str, Any]:
    signe = nationale(chiffres[Variante.SIGNE][ici.niveau])
    avec_projets = nationale(chiffres[Variante.SIGNE_OU_PROJET][ici.niveau])
    chiffre = signe if question.variante == Variante.SIGNE else avec_projets
    etats = garder(
        f"couverture-etats-{ici.niveau}-{ici.code}-{question.le}",
        lambda: comptes_par_etat(question.le, **ici.lieu),
    )
    visee: Visee | None = visee_de(ici, question.le, signe)
    changements = ecarts_gardes(ici)
    return {
        "chiffre": chiffre,
        "signe": signe,
        "avec_projets": avec_projets,
        "visee": visee,
        "doctrine": carte_de_la_region(ici.code, question.le)
        if ici.niveau == Niveau.REGION
        else None,
        "barre": barre(
            signe.taux_population, avec_projets.taux_population, visee.part if visee else None
        ),
        "denominateurs": denominateurs_gardes(question.le, ici.lieu),
        "reperes": reperes(chiffre, etats, chiffres[question.variante][Niveau.EPCI], ici, question),
        "tendance": tendance(ici, changements, question.le, cible=cible_de_la_courbe(visee)),
        "adresse_couvertes": question.communes(ici, "COUVERTES"),
        "adresse_toutes": question.communes(ici),
        "adresse_sans_epci": question.communes(ici, "SANS_EPCI"),
        "adresse_sans_population": question.communes(ici, "SANS_POPULATION"),
        "adresse_pacifique": question.communes(ici, "PACIFIQUE"),
        "est_a_venir": question.le > timezone.localdate(),
        "adresse_evolution": ici.adresse_de("contrats:couverture_evolution"),
    }


def _contexte_du_tableau(
    request: HttpRequest, ici: Place, question: Question, chiffres: Chiffres, tableau: str
) -> dict[str, Any]:
    """Le tableau jumeau, les zonages, et les mêmes lignes à emporter."""
    proposes = [(niveau.value, niveau.label) for niveau in TABLEAUX[ici.niveau]]
    lignes = {variante: lues.get(tableau, []) for variante, lues in chiffres.items()}
    page = Paginator(lignes[Variante.SIGNE], PAR_PAGE).get_page(request.GET.get("page"))
    signees, toutes = list(page.object_list), lignes[Variante.SIGNE_OU_PROJET]
    zonages = zonages_gardes(question.le, question.variante, ici.lieu)
    return {
        "tableau": tableau,
        "tableau_libelle": Niveau(tableau).label if tableau else "Communes",
        "tableaux": bascule(request.path, request.GET, "tableau", proposes, tableau),
        "page": page,
        "lignes": list(lignes_du_tableau(tableau, signees, toutes, ici, question)),
        "communes": [] if tableau else _communes(request, ici, question),
        "zonages": list(lignes_de_zonages(zonages, ici, question)),
        "exports": _exports(ici, question, tableau, avec_zonages=bool(zonages)),
    }


def _exports(
    ici: Place, question: Question, tableau: str, *, avec_zonages: bool
) -> list[tuple[str, Liens]]:
    """(titre, fichiers) de chaque liste de la page."""
    niveaux = [("Ce tableau", tableau)] if tableau else []
    niveaux += [("Les quartiers et zonages", Niveau.ZONAGE.value)] if avec_zonages else []
    lieu = question.parametres | ici.lieu
    derriere = question.parametres | ici.territoire
    return [
        *(
            (titre, exports("contrats:couverture_exporter", lieu | {"niveau": niveau}))
            for titre, niveau in niveaux
        ),
        ("Les communes", exports("contrats:couverture_communes_exporter", derriere)),
        (
            "Les contrats",
            exports("contrats:couverture_communes_exporter", derriere | {"liste": CONTRATS}),
        ),
        ("La tendance", exports("contrats:couverture_evolution_exporter", ici.territoire)),
    ]


def _communes(request: HttpRequest, ici: Place, question: Question) -> list[Any]:
    """Les communes d’une intercommunalité, avec leurs contrats : au bas de sa page."""
    communes = communes_du_chiffre(le=question.le, variante=question.variante, **ici.lieu)
    noms, projets = contrats_cites(communes)
    liens = liens_des_contrats(request.user, noms, projets=projets)
    return list(lignes_de_communes(communes, liens, question))
