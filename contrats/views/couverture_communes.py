"""Derrière un chiffre : ses communes et ses contrats ; et pourquoi une commune est blanche."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from acteurs.fiche_territoire import contexte_du_territoire
from acteurs.models import Commune, NiveauTerritoire, Region
from acteurs.resolution import resoudre
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree, Lien
from contrats.adresses import adresse_avec
from contrats.couverture import Niveau, Variante
from contrats.couverture_commune import heritages_de, presences_de
from contrats.couverture_detail import (
    communes_du_chiffre,
    contrats_du_chiffre,
    etats_des_communes,
    nombre_de_communes,
)
from contrats.couverture_etats import EtatCouverture
from contrats.couverture_place import Place, avec, phrase_de_commune_close
from contrats.forms.couverture import CONTRATS, SELECTIONS, QuestionDatee
from contrats.liens_de_contrats import liens_des_contrats
from contrats.navigation_region import contexte_region
from contrats.permissions import exiger_general
from contrats.presentation.commune_couverte import (
    TITRES,
    lignes_de_presence,
    phrase_des_voisines,
)
from contrats.presentation.communes import contrats_cites, lignes_de_communes
from contrats.presentation.couverture import Question, bascule, exports
from contrats.views.couverture_questions import question_de_la_liste

PAR_PAGE = 100


class CommunesPaginees:
    """La liste, lue page par page : ce que Paginator attend d’une suite."""

    def __init__(self, demande: dict[str, Any]) -> None:
        self.demande = demande

    @cached_property
    def _compte(self) -> tuple[int, int]:
        return nombre_de_communes(**self.demande)

    @property
    def habitants(self) -> int:
        return self._compte[1]

    def __len__(self) -> int:
        return self._compte[0]

    def __getitem__(self, tranche: slice) -> list[Any]:
        limite = tranche.stop - tranche.start
        return communes_du_chiffre(**self.demande, depart=tranche.start, limite=limite)


@require_GET
def communes(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    reponses, demande = question_de_la_liste(request)
    ici: Place = reponses["place"]
    question = Question(reponses["le"], reponses["variante"])
    suite = CommunesPaginees(demande)
    contrats = contrats_du_chiffre(**demande)
    contexte = contexte_region(request, ici, suite=[Lien("Communes et contrats")]) | {
        "place": ici,
        "question": question,
        "le": question.le,
        "variante": question.variante,
        "retour": question.page(ici),
        "zonage": reponses["zonage"],
        "recherche": reponses["recherche"],
        "gardes": [(n, v) for n, v in request.GET.items() if n not in {"recherche", "page"}],
        "limites": ", ".join(c for nom, c in reponses["lieu"].items() if nom not in ici.lieu),
        "exports": [
            ("Cette liste", exports("contrats:couverture_communes_exporter", request.GET.dict()))
        ],
        "selection_libelle": dict(SELECTIONS)[reponses["selection"]],
        "selections": _selections(request, reponses["selection"]),
        "variantes": bascule(
            request.path, request.GET, "variante", Variante.choices, question.variante
        ),
        "onglets": _onglets(request, len(suite), len(contrats), reponses["liste"]),
        "page": None,
        "contrats": None,
    }
    if reponses["liste"]:
        contexte |= _les_contrats(request, contrats)
    else:
        contexte |= _les_communes(request, suite, question, ici)
    return render(request, "contrats/couverture/communes.html", contexte)


def _onglets(request: HttpRequest, communes: int, contrats: int, ouvert: str) -> list[Entree]:
    return [
        Entree(
            libelle,
            adresse_avec(request.path, request.GET, {"liste": liste}),
            compte=typographie.nombre(compte),
            est_courante=liste == ouvert,
        )
        for libelle, liste, compte in (("Communes", "", communes), ("Contrats", CONTRATS, contrats))
    ]


def _selections(request: HttpRequest, actuelle: str) -> list[Entree]:
    return [
        Entree(
            libelle,
            adresse_avec(request.path, request.GET, {"etat": valeur, "liste": None}),
            est_courante=valeur == actuelle,
        )
        for valeur, libelle in SELECTIONS
    ]


def _les_communes(
    request: HttpRequest, suite: CommunesPaginees, question: Question, ici: Place
) -> dict[str, Any]:
    suivie: Any = suite
    page = Paginator(suivie, PAR_PAGE).get_page(request.GET.get("page"))
    lues = list(page.object_list)
    noms, projets = contrats_cites(lues)
    liens = liens_des_contrats(request.user, noms, projets=projets)
    avec_region = len({commune.region for commune in lues}) > 1
    regions = dict(Region.objects.values_list("pk", "nom")) if avec_region else {}
    page.object_list = list(lignes_de_communes(lues, liens, question, regions))
    return {
        "page": page,
        "habitants": suite.habitants,
        "avec_region": avec_region,
        "avec_departement": ici.niveau in (Niveau.FRANCE, Niveau.REGION),
        "avec_epci": ici.niveau != Niveau.EPCI,
    }


def _les_contrats(request: HttpRequest, contrats: list[Any]) -> dict[str, Any]:
    page = Paginator(contrats, PAR_PAGE).get_page(request.GET.get("page"))
    noms = {contrat.id: contrat.nom for contrat in page.object_list}
    projets = [contrat.id for contrat in page.object_list if not contrat.est_signe]
    liens = liens_des_contrats(request.user, noms, projets=projets)
    return {"contrats": page, "lignes": [(c, liens[c.id]) for c in page.object_list]}


def _ancien(code: str, lue: Commune) -> str:
    """Ce que l’on dit à qui a écrit le code d’une commune réunie à celle-ci."""
    if code not in lue.autres_codes:
        return ""
    return f"Le code {code} est celui d’une commune réunie à {lue.nom}, ou d’un arrondissement."


@require_GET
def commune(request: HttpRequest, code: str) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    reponses = QuestionDatee(request.GET).exiger()
    question = Question(reponses["le"], reponses["variante"])
    liees = ("departement", "region", "epci", "successeur")
    lue = Commune.objects.select_related(*liees).filter(pk=code.upper()).first()
    if lue is None:
        return _suivre(code.upper(), question)
    presences = presences_de(lue, question.le)
    heritages = heritages_de(lue, question.le)
    en_projet = [p.contrat for p in presences if not p.date_signature]
    en_projet += [h.contrat for h in heritages if not h.est_signe]
    noms = {h.contrat: h.nom for h in heritages} | {p.contrat: p.nom for p in presences}
    liens = liens_des_contrats(request.user, noms, projets=en_projet)
    voisines = etats_des_communes(question.le, epci=lue.epci_id) if lue.epci_id else {}
    etat = _etat(lue, question, voisines)
    ici = Place(
        Niveau.DEPARTEMENT.value,
        lue.departement_id,
        lue.departement.nom,
        lue.region_id,
        lue.region.nom,
        lue.departement_id,
        lue.departement.nom,
    )
    contexte = contexte_region(request, ici, suite=[Lien(lue.nom)]) | {
        "commune": lue,
        "place": ici,
        "question": question,
        "le": question.le,
        "etat": etat,
        "titre_etat": TITRES[EtatCouverture(etat)] if etat else "",
        "lignes": lignes_de_presence(presences, liens, question.le),
        "heritages": [(heritage, liens[heritage.contrat]) for heritage in heritages],
        "voisines": phrase_des_voisines(lue.pk, voisines),
        "adresse_voisines": question.communes(Place(Niveau.EPCI.value, lue.epci_id), "")
        if lue.epci_id
        else "",
        "close": phrase_de_commune_close(lue),
        "ancien": _ancien(request.GET.get("ancien", ""), lue),
        "absorbees": list(lue.absorbees.tries()),
        "contexte_territoire": contexte_du_territoire("commune", lue.pk, question.le),
    }
    return render(request, "contrats/couverture/commune.html", contexte)


def _suivre(code: str, question: Question) -> HttpResponse:
    """Le code d’une ancienne commune mène à celle d’aujourd’hui ; un autre est introuvable."""
    trouve = resoudre(NiveauTerritoire.COMMUNE, [code])[code]
    if not trouve.ancien:
        raise Http404(trouve.refus)
    suite = question.parametres | {"ancien": code}
    return redirect(avec(reverse("contrats:couverture_commune", args=[trouve.code]), suite))


def _etat(lue: Commune, question: Question, voisines: Any) -> str:
    """Vide si la commune n’existe plus ce jour-là."""
    if lue.date_fin is not None and lue.date_fin <= question.le:
        return ""
    connue = voisines.get(lue.pk)
    if connue is None:
        connue = etats_des_communes(question.le, departement=lue.departement_id)[lue.pk]
    return str(connue.etat)
