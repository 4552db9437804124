"""Télécharger des fiches : choisir lesquelles, quelles sections, quel format ; puis le fichier."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.dossier.sections import FormatDossier, SectionFiche, reglages, sections_proposees
from bilans.forms import DossierForm
from bilans.models import DossierFiches
from bilans.services import dossier as service
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.adresses import adresse_avec
from contrats.filters import FiltresDuPlan
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import droits_sur
from contrats.presentation.lignes import nom_numerote
from contrats.views.portes import action_suivie, contrat_suivi, recu, voir

TACHE = "bilans.rendre_dossier"
TITRE = "Télécharger les fiches"


@dataclass(frozen=True, slots=True)
class FicheAChoisir:
    cle: str
    nom: str
    est_cochee: bool


@dataclass(frozen=True, slots=True)
class AxeAChoisir:
    """Les fiches d’un axe ; `adresse` ne garde que lui."""

    titre: str
    adresse: str
    fiches: list[FicheAChoisir]


@require_http_methods(["GET", "HEAD", "POST"])
def choisir(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    lisibles = list(contrat.actions.lisibles_par(request.user).values_list("pk", flat=True))
    # Sans format, c’est la barre des fiches cochées qui ouvre cette page
    envoye = request.POST if "format" in request.POST else None
    demande = request.GET if envoye else (recu(request) or request.GET)
    proposees = _proposees(request, contrat, demande)
    form = DossierForm(
        envoye,
        fiches=lisibles,
        droits=(droits := droits_sur(request.user, contrat)),
        initial=_depart(len(proposees), sections_proposees(droits)),
    )
    if envoye and form.is_valid():
        try:
            return _servir(request, contrat, form)
        except ErreurMetier as erreur:
            form.add_error(None, erreur.message)
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien(TITRE)]) | {
        "titre": TITRE,
        "form": form,
        "axes": _axes(request, proposees, envoye),
        "nombre": len(proposees),
        "total": len(lisibles),
        "adresse_du_plan_entier": reverse("bilans:dossier_choisir", args=[pk]),
        "en_direct": service.FICHES_EN_DIRECT,
        "recents": DossierFiches.objects.en_garde().demandes_par(request.user, contrat)[:5],
    }
    return render(
        request, "bilans/dossier_choisir.html", contexte, status=422 if form.errors else 200
    )


def _proposees(request: HttpRequest, contrat: Contrat, demande: QueryDict) -> list[dict[str, Any]]:
    """Les fiches que les filtres du plan gardent, ou celles qui sont cochées.

    La barre du plan envoie les filtres dans `parametres`, et parfois un axe entier.
    """
    le = timezone.localdate()
    du_lot = "parametres" in demande
    parametres = QueryDict(demande.get("parametres", "")) if du_lot else request.GET
    lisibles = contrat.actions.lisibles_par(request.user)
    filtre = FiltresDuPlan(parametres, queryset=lisibles, le=le, par=request.user)
    filtre.exiger_valide()
    lignes = list(filtre.qs.pour_vues(le))
    cochees = set(demande.getlist("fiche")) | set(demande.getlist("axe") if du_lot else ())
    if not cochees or "tous" in demande:
        return lignes
    return [li for li in lignes if {str(li["id"]), str(li["axe_id"])} & cochees]


def _depart(nombre: int, sections: list[SectionFiche]) -> dict[str, Any]:
    """Une fiche seule se donne telle quelle ; plusieurs font un document."""
    return {
        "section": [s.value for s in sections],
        "format": FormatDossier.PDF,
        "couverture": nombre > 1,
        "sommaire": nombre > 1,
        "une_par_page": True,
    }


def _axes(
    request: HttpRequest, lignes: list[dict[str, Any]], envoye: QueryDict | None
) -> list[AxeAChoisir]:
    """Tout est coché d’abord ; un formulaire refusé garde ce qui a été coché."""
    envoyees = set(envoye.getlist("fiche")) if envoye else None
    axes: dict[Any, AxeAChoisir] = {}
    for ligne in lignes:
        cle = str(ligne["id"])
        axe = axes.setdefault(ligne["axe_id"], _axe(request, ligne))
        nom = nom_numerote(ligne["numero"], ligne["titre"])
        axe.fiches.append(FicheAChoisir(cle, nom, envoyees is None or cle in envoyees))
    return list(axes.values())


def _axe(request: HttpRequest, ligne: dict[str, Any]) -> AxeAChoisir:
    if ligne["axe_id"] is None:
        return AxeAChoisir("Fiches sans axe", "", [])
    titre = f"Axe {ligne['axe__numero']}. {ligne['axe__titre']}"
    adresse = adresse_avec(
        request.path, request.GET, {"axe": str(ligne["axe_id"]), "fiche": None, "vue": None}
    )
    return AxeAChoisir(titre, adresse, [])


def _servir(request: HttpRequest, contrat: Contrat, form: DossierForm) -> HttpResponse:
    """Tout de suite, ou dans le processus de fond au-delà de cinq fiches."""
    demande: dict[str, Any] = {
        "contrat": contrat,
        "fiches": form.cleaned_data["fiche"],
        "format_": form.cleaned_data["format"],
        "reglages": form.reglages(),
        "par": request.user,
    }
    if len(demande["fiches"]) <= service.FICHES_EN_DIRECT:
        return _en_fichier(service.produire_pour(**demande))
    dossier = service.demander_dossier(**demande)
    _confier(request, dossier)
    return voir(reverse("bilans:dossier", args=[dossier.pk]))


def _confier(request: HttpRequest, dossier: DossierFiches) -> None:
    if dossier.travail and not envoyer(TACHE, dossier.travail.pk):
        messages.warning(
            request, "La demande est notée. Le document se fera dès que le service aura repris."
        )


def _en_fichier(fichier: service.Fichier) -> HttpResponse:
    return HttpResponse(
        fichier.octets,
        content_type=fichier.type_mime,
        headers={
            "Content-Disposition": f'attachment; filename="{fichier.nom}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def fiche(request: HttpRequest, pk: UUID, format_: str) -> HttpResponse:
    """Une fiche, ses sections ordinaires : le fichier tout de suite."""
    action = action_suivie(request, pk)
    sections = sections_proposees(droits_sur(request.user, action.contrat))
    return _en_fichier(
        service.produire_pour(
            contrat=action.contrat,
            fiches=[action.pk],
            format_=format_,
            reglages=reglages(sections),
            par=request.user,
        )
    )


def dossier_lisible(request: HttpRequest, pk: UUID) -> DossierFiches:
    """Un dossier en garde, dont la personne lit chaque fiche ; 403 s’il a des montants cachés."""
    suivis = DossierFiches.objects.suivis_par(request.user).en_garde()
    trouve = get_object_or_404(suivis.select_related("contrat", "travail", "demande_par"), pk=pk)
    if not trouve.est_lisible_par(request.user):
        raise Http404
    service.exiger_les_sections(
        contrat=trouve.contrat, reglages=service.relire(trouve.reglages), par=request.user
    )
    return trouve


@require_safe
def dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    demande = dossier_lisible(request, pk)
    choisir_ = Lien(TITRE, reverse("bilans:dossier_choisir", args=[demande.contrat_id]))
    contexte = contexte_espace(request, demande.contrat, "plan", suite=[choisir_, Lien("Document")])
    return render(request, "bilans/dossier.html", contexte | _contexte_du_travail(demande))


def _contexte_du_travail(demande: DossierFiches) -> dict[str, Any]:
    return {"dossier": demande, "travail": demande.travail, "nombre": len(demande.fiches)}


@require_safe
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge."""
    demande = dossier_lisible(request, pk)
    if demande.travail is None:
        raise Http404
    contexte = _contexte_du_travail(demande)
    reponse = render(request, "bilans/fragments/_travail_dossier.html", contexte)
    if demande.travail.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse


@require_POST
def refaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    demande = service.refaire_dossier(dossier=dossier_lisible(request, pk), par=request.user)
    _confier(request, demande)
    return voir(reverse("bilans:dossier", args=[pk]))


@require_safe
def telecharger(request: HttpRequest, pk: UUID) -> FileResponse:
    demande = dossier_lisible(request, pk)
    try:
        contenu = service.ouvrir(demande)
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    reponse = FileResponse(
        contenu,
        as_attachment=True,
        filename=demande.titre,
        content_type=service.TYPES[FormatDossier(demande.format)],
    )
    reponse["Cache-Control"] = "private, no-store"
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
