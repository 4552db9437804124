"""La liste de travail de l’agence : la page, son export, l’affectation des lignes cochées."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from acteurs.droits import Droit
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.typographie import pluriel
from contrats.a_faire.cible import Cible, cible_visible
from contrats.a_faire.compte import garder_le_compte
from contrats.a_faire.liste import ListeAFaire, liste_a_faire
from contrats.a_faire.regle import REGLES
from contrats.coque_a_faire import contexte_a_faire
from contrats.filtres_a_faire import AFaireFilterSet, demande_le_contexte
from contrats.forms.suivi_territoire import FormulaireLotDAffectation
from contrats.permissions import exiger_general
from contrats.presentation import a_faire as montrer
from contrats.presentation.export_a_faire import ENTETES, valeurs_exportees
from contrats.presentation.menus_a_faire import en_tetes, menus
from contrats.services.suivi_territoire import Affectees, affecter_en_lot
from contrats.views.portes import voir

LIGNES_PAR_PAGE = 50
LIGNES_DU_LOT = 500
LAISSEES_DITES = 5
TROP_DE_LIGNES = f"{LIGNES_DU_LOT} lignes au plus à la fois. Choisissez un filtre de plus."
RIEN_DE_COCHE = "Cochez au moins une ligne, puis choisissez son référent."


@require_GET
def a_faire(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.PILOTER_REGION)
    return page_de_la_liste(request, request.GET)


def liste_filtree(
    request: HttpRequest, parametres: QueryDict, *, avec_contexte: bool
) -> tuple[ListeAFaire, AFaireFilterSet]:
    """Tout ce que la personne voit, et le jeu de filtres qui en garde une part."""
    le = timezone.localdate()
    liste = liste_a_faire(request.user, le, avec_contexte=avec_contexte)
    filtre = AFaireFilterSet(parametres, queryset=liste, le=le, par=request.user)
    filtre.exiger_valide()
    return liste, filtre


def page_de_la_liste(
    request: HttpRequest, parametres: QueryDict, *, erreur: str = ""
) -> HttpResponse:
    avec_contexte = demande_le_contexte(parametres)
    liste, filtre = liste_filtree(request, parametres, avec_contexte=avec_contexte)
    gardees = filtre.qs
    page = Paginator(gardees, LIGNES_PAR_PAGE).get_page(parametres.get("page"))
    colonnes = montrer.colonnes(gardees)
    garder_le_compte(request.user, liste, filtre.le)
    contexte = contexte_a_faire(request, _region(liste, parametres)) | {
        "page": page,
        "rangees": [montrer.rangee(ligne, request.user) for ligne in page.object_list],
        "nombre": len(gardees),
        "total": len(liste),
        "colonnes": colonnes,
        "manquent": montrer.donnees_qui_manquent(liste) if avec_contexte else "",
        "en_tetes": en_tetes(parametres, colonnes),
        "puces": montrer.puces(filtre, parametres, liste),
        "menus": menus(parametres, liste, colonnes),
        "parametres": parametres.urlencode(),
        "caches": [(n, v) for n, v in parametres.items() if n not in {"recherche", "page"}],
        "recherche": parametres.get("recherche", ""),
        "est_filtree": bool(set(filtre.actifs) - {"tri"}),
        "lot": FormulaireLotDAffectation(regions=frozenset(ligne.region for ligne in gardees)),
        "erreur": erreur,
        "regles": REGLES,
        "est_demonstration": any(ligne.est_demonstration for ligne in page.object_list),
    }
    return render(request, "contrats/a_faire/liste.html", contexte, status=422 if erreur else 200)


def _region(liste: ListeAFaire, parametres: QueryDict) -> str:
    """Celle que l’on regarde : choisie, ou la seule que la personne voie."""
    regions = {ligne.region for ligne in liste}
    return parametres.get("region", "") or (regions.pop() if len(regions) == 1 else "")


@require_GET
def exporter(request: HttpRequest, extension: str) -> HttpResponse:
    """Exactement les lignes que montrent ces filtres, dans le même ordre."""
    exiger_general(request.user, Droit.PILOTER_REGION)
    if extension not in tableur.TYPES:
        raise Http404
    _, filtre = liste_filtree(request, request.GET, avec_contexte=True)
    lignes = [valeurs_exportees(ligne) for ligne in filtre.qs]
    nom = f"a-faire-{timezone.localdate():%Y-%m-%d}.{extension}"
    return HttpResponse(
        tableur.ecrire(extension, "À faire", ENTETES, lignes),
        content_type=tableur.TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@require_POST
def affecter(request: HttpRequest) -> HttpResponse:
    """Un référent pour les lignes cochées, ou pour toutes celles des filtres."""
    exiger_general(request.user, Droit.PILOTER_REGION)
    parametres = QueryDict(request.POST.get("parametres", ""))
    avec_contexte = demande_le_contexte(parametres)
    _, filtre = liste_filtree(request, parametres, avec_contexte=avec_contexte)
    saisies = _saisies_du_lot(request, filtre.qs)
    if len(saisies) > LIGNES_DU_LOT:
        return page_de_la_liste(request, parametres, erreur=TROP_DE_LIGNES)
    lignes = _lignes_du_lot(request, saisies)
    if not lignes:
        return page_de_la_liste(request, parametres, erreur=RIEN_DE_COCHE)
    regions = frozenset(cible.region for cible, _ in lignes)
    form = FormulaireLotDAffectation(request.POST, regions=regions)
    if not form.is_valid():
        phrases = [str(phrase) for erreurs in form.errors.values() for phrase in erreurs]
        return page_de_la_liste(request, parametres, erreur=" ".join(phrases))
    referent = form.valeurs()["referent"]
    _dire(request, affecter_en_lot(lignes=lignes, referent=referent, par=request.user), referent)
    adresse = reverse("contrats:a_faire")
    return voir(f"{adresse}?{parametres.urlencode()}" if parametres else adresse)


def _saisies_du_lot(request: HttpRequest, filtrees: ListeAFaire) -> list[str]:
    """Les cases cochées portent la version lue ; « toutes », celle d’aujourd’hui."""
    if "tous" in request.POST:
        return [f"{ligne.cle}.{ligne.suivi.version}" for ligne in filtrees]
    return request.POST.getlist("fiche")


def _lignes_du_lot(request: HttpRequest, saisies: list[str]) -> list[tuple[Cible, int]]:
    lignes = []
    for saisie in saisies:
        cle, _, version = saisie.rpartition(".")
        cible = cible_visible(request.user, cle)
        if cible and version.isdecimal():
            lignes.append((cible, int(version)))
    return lignes


def _dire(request: HttpRequest, resultat: Affectees, referent: Any) -> None:
    if resultat.faites:
        suite = f"a pour référent {referent}" if referent else "n’a plus de référent"
        if resultat.faites > 1:
            suite = suite.replace("a pour", "ont pour").replace("n’a", "n’ont")
        messages.success(request, f"{pluriel(resultat.faites, 'ligne')} {suite}.")
    dites = [f"{li.nom}\u00a0: {li.raison}" for li in resultat.laissees[:LAISSEES_DITES]]
    if dites:
        reste = len(resultat.laissees) - len(dites)
        suite = f" Et {pluriel(reste, 'autre')}." if reste else ""
        messages.warning(
            request,
            f"{pluriel(len(resultat.laissees), 'ligne laissée', 'lignes laissées')}. "
            f"{' ; '.join(dites)}.{suite}",
        )
