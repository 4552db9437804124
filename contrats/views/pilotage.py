"""Le pilotage d’une région : ses tableaux, les lignes derrière chaque nombre, leur export."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.models import Region
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.typographie import pluriel
from contrats.couverture_place import Place, avec
from contrats.forms.pilotage import QuestionDuPilotage
from contrats.navigation_region import contexte_region
from contrats.pilotage.ensemble import Ensemble, ensemble, exiger_le_pilotage
from contrats.pilotage.lecture import pilotage
from contrats.presentation import page_pilotage as montrer
from contrats.presentation.listes_pilotage import LISTES
from contrats.presentation.matrices import themes_et_publics
from contrats.presentation.pilotage import Liens, tableaux
from contrats.views.couverture_exports import fichier

LIGNES_PAR_PAGE = 50
# Une feuille de tableur a un nom de 31 caractères au plus
NOM_DE_FEUILLE = 31


def _question(request: HttpRequest, code: str) -> tuple[Region, dict[str, Any], Ensemble]:
    """La région, les choix de l’adresse, et les contrats sur lesquels ils portent."""
    region = get_object_or_404(Region, pk=code)
    exiger_le_pilotage(request.user, code)
    question = QuestionDuPilotage(request.GET).exiger()
    return region, question, ensemble(request.user, code, timezone.localdate(), **question)


def _coque(request: HttpRequest, region: Region, *suite: Lien) -> dict[str, Any]:
    """`suite` : les étapes du fil après « Pilotage » ; aucune, c’est la page même."""
    ici = Place("region", region.pk, region.nom, region.pk, region.nom)
    adresse = reverse("contrats:pilotage", args=[region.pk]) if suite else ""
    fil = [Lien("Pilotage", adresse), *suite]
    return contexte_region(request, ici, "pilotage", suite=fil) | {
        "region": region,
        "place": ici,
        "le": timezone.localdate(),
    }


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    region, question, de = _question(request, code)
    lu = pilotage(de)
    parametres = montrer.parametres_choisis(question)
    faits = tableaux(lu, Liens(code, parametres))
    contexte = _coque(request, region) | {
        "ensemble": de,
        "pilotage": lu,
        "est_demonstration": any(c.est_demonstration for c in lu.contrats),
        "menus": montrer.menus(code, request.GET, question, de.le.year),
        "est_filtre": bool(parametres),
        "reperes": montrer.reperes(lu, de),
        "repartition": montrer.repartition_des_statuts(lu),
        "parties": montrer.parties(faits, code, parametres),
        "matrice": themes_et_publics(
            de.actions,
            request.GET,
            reverse("contrats:pilotage_liste", args=[code, "fiches"]),
        ),
    }
    return render(request, "contrats/pilotage/page.html", contexte)


def _en_paires(parametres: QueryDict) -> list[tuple[str, str]]:
    return [(nom, v) for nom, vs in parametres.lists() if nom != "page" for v in vs]


@require_GET
def lister(request: HttpRequest, code: str, liste: str) -> HttpResponse:
    """Les lignes que compte un nombre de la page."""
    if liste not in LISTES:
        raise Http404
    region, question, de = _question(request, code)
    voulue = LISTES[liste]
    filtre = voulue.filtrer(de, request.GET)
    filtre.exiger_valide()
    feuille = Paginator(voulue.lignes(filtre.qs), LIGNES_PAR_PAGE).get_page(request.GET.get("page"))
    retour = avec(
        reverse("contrats:pilotage", args=[code]), dict(montrer.parametres_choisis(question))
    )
    contexte = _coque(request, region, Lien(voulue.titre)) | {
        "liste": voulue,
        "page": feuille,
        "compte": pluriel(feuille.paginator.count, voulue.mot),
        "tableau": voulue.tableau(feuille.object_list, filtre.qs),
        "choix": montrer.choix_actifs(filtre, de, question, request.GET, request.path),
        "retour": retour,
        "exports": montrer.exports(code, liste, _en_paires(request.GET)),
        "est_demonstration": any(c.est_demonstration for c in de.contrats),
    }
    return render(request, "contrats/pilotage/liste.html", contexte)


@require_GET
def exporter(request: HttpRequest, code: str, quoi: str, extension: str) -> HttpResponse:
    """Un tableau de la page, ou une liste avec ses filtres ; les valeurs sont brutes."""
    if extension not in tableur.TYPES:
        raise Http404
    _, _, de = _question(request, code)
    if quoi in LISTES:
        filtre = LISTES[quoi].filtrer(de, request.GET)
        filtre.exiger_valide()
        tableau = LISTES[quoi].tableau(LISTES[quoi].lignes(filtre.qs))
    else:
        faits = tableaux(pilotage(de), Liens())
        if quoi not in faits:
            raise Http404
        tableau = faits[quoi]
    nom = f"pilotage-{code}-{quoi}-{de.le:%Y-%m-%d}.{extension}"
    feuille = tableau.titre[:NOM_DE_FEUILLE]
    return fichier(extension, nom, feuille, tableau.entetes, list(tableau.en_lignes()))
