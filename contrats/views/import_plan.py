"""Importer un plan : le fichier, sa feuille, ses colonnes, le rapport, puis l’accord."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur.lecture import ouvrir
from cls_platform.socle.tableur.limites import ClasseurRefuse
from cls_platform.socle.transport import envoyer
from contrats.forms.import_plan import (
    FormulaireAccord,
    FormulaireColonnes,
    FormulaireFeuille,
    FormulaireFichier,
)
from contrats.models import Contrat, EtatImport, ImportPlan
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services import import_plan as service
from contrats.tableur.changements import Changements
from contrats.tableur.valeurs import montrer
from contrats.views.portes import contrat_suivi, recu, voir

TACHE = "contrats.importer"
EXEMPLES = 3
ECARTS_MONTRES = 100


def import_suivi(request: HttpRequest, pk: UUID) -> ImportPlan:
    """L’import d’un contrat suivi ; 403 pour qui n’écrit pas le plan."""
    imports: Any = ImportPlan.objects.suivis_par(request.user)
    trouve = get_object_or_404(imports.select_related("contrat", "travail"), pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, trouve.contrat)
    return trouve


def _contexte(request: HttpRequest, contrat: Contrat, etape: str) -> dict[str, Any]:
    importer_ = Lien("Importer un tableur", reverse("contrats:importer", args=[contrat.pk]))
    suite = [importer_, Lien(etape)] if etape else [Lien(importer_.libelle)]
    return contexte_espace(request, contrat, "plan", suite=suite)


@require_http_methods(["GET", "POST"])
def importer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    form = FormulaireFichier(recu(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        donne = form.cleaned_data["fichier"]
        try:
            cree = service.recevoir_fichier(
                contrat=contrat, nom=donne.name, contenu=donne, par=request.user
            )
        except ClasseurRefuse as refus:
            form.add_error("fichier", refus.message)
        else:
            return voir(reverse("contrats:import_colonnes", args=[cree.pk]))
    contexte = _contexte(request, contrat, "") | {"form": form}
    return render(request, "contrats/importer.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def feuille(request: HttpRequest, pk: UUID) -> HttpResponse:
    donne = import_suivi(request, pk)
    with donne.fichier.open("rb") as fichier:
        apercus = service.apercus(ouvrir(cast("BinaryIO", fichier), donne.nom))
    feuilles = [
        (nom, f"{nom} ({_reconnues(champs)}, {typographie.pluriel(lignes, 'ligne')})")
        for nom, champs, lignes in apercus
    ]
    form = FormulaireFeuille(recu(request), feuilles=feuilles, initial={"feuille": donne.feuille})
    if request.method == "POST" and form.is_valid():
        service.choisir_feuille(recu=donne, feuille=form.cleaned_data["feuille"], par=request.user)
        return voir(reverse("contrats:import_colonnes", args=[pk]))
    contexte = _contexte(request, donne.contrat, "Choisir la feuille") | {
        "form": form,
        "titre": "Choisir la feuille",
        "sujet": donne.nom,
        "geste": "Lire cette feuille",
        "retour": reverse("contrats:import_colonnes", args=[pk]),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def _reconnues(nombre: int) -> str:
    if not nombre:
        return "aucun titre d’action reconnu"
    return typographie.pluriel(nombre, "colonne reconnue", "colonnes reconnues")


@require_http_methods(["GET", "POST"])
def colonnes(request: HttpRequest, pk: UUID) -> HttpResponse:
    donne = import_suivi(request, pk)
    lue = service.lire_recu(donne)
    reconnues = service.colonnes_de(donne, lue)
    form = FormulaireColonnes(
        recu(request), entetes=reconnues.entetes, annees=_annees_de(donne.contrat)
    )
    if request.method == "POST" and form.is_valid():
        service.retenir_colonnes(
            recu=donne,
            choix=form.choix(),
            entetes={entete.rang: entete.cle for entete in reconnues.entetes},
            par=request.user,
        )
        return voir(reverse("contrats:import_rapport", args=[pk]))
    lignes = [
        {
            "champ": form[f"c{entete.rang}"],
            "texte": entete.texte,
            "est_inconnue": not entete.champ and not entete.est_laissee,
            "exemples": _exemples(lue.lignes[reconnues.ligne + 1 :], entete.rang),
        }
        for entete in reconnues.entetes
    ]
    contexte = _contexte(request, donne.contrat, "Vérifier les colonnes") | {
        "import": donne,
        "form": form,
        "lignes": lignes,
        "ligne_d_entete": reconnues.ligne + 1,
        "inconnues": len(reconnues.inconnues),
    }
    return render(
        request, "contrats/import_colonnes.html", contexte, status=422 if form.errors else 200
    )


def _annees_de(contrat: Contrat) -> range:
    """Celles du contrat, une de plus à chaque bout ; sans date, celles qui entourent ce jour."""
    cette_annee = timezone.localdate().year
    debut = contrat.date_debut.year if contrat.date_debut else cette_annee - 1
    fin = contrat.date_fin.year if contrat.date_fin else cette_annee + 4
    return range(debut - 1, fin + 2)


def _exemples(lignes: list[list[Any]], rang: int) -> list[str]:
    valeurs = (montrer(ligne[rang])[:60] for ligne in lignes[:400] if rang < len(ligne))
    return list(dict.fromkeys(valeur for valeur in valeurs if valeur))[:EXEMPLES]


@require_http_methods(["GET", "POST"])
def rapport(request: HttpRequest, pk: UUID) -> HttpResponse:
    donne = import_suivi(request, pk)
    if donne.etat == EtatImport.FAIT or donne.travail:
        return _page_du_resultat(request, donne)
    changements = service.etudier(donne)
    conflits = [str(fiche.action_id) for fiche in changements.conflits]
    form = FormulaireAccord(recu(request), conflits=conflits)
    if request.method == "POST" and form.is_valid() and not changements.erreurs:
        options = {
            "creer_organisations": form.cleaned_data["creer_organisations"],
            "miennes": [UUID(choix) for choix in form.cleaned_data["miennes"]],
        }
        try:
            return _ecrire(request, donne, changements, options)
        except ErreurMetier as erreur:
            form.add_error(None, erreur.message)
    contexte = _contexte(request, donne.contrat, "Rapport") | {
        "import": donne,
        "form": form,
        "c": changements,
        "resume": service.resume(changements),
        "ecarts_montres": ECARTS_MONTRES,
        "en_fond": changements.nombre > service.FICHES_EN_DIRECT,
    }
    refuse = request.method == "POST"
    return render(request, "contrats/import_rapport.html", contexte, status=422 if refuse else 200)


def _ecrire(
    request: HttpRequest, donne: ImportPlan, changements: Changements, options: dict[str, Any]
) -> HttpResponse:
    """Tout de suite, ou dans le processus de fond au-delà de 200 fiches."""
    if changements.nombre > service.FICHES_EN_DIRECT:
        travail = service.demander_import(recu=donne, par=request.user, **options)
        if not envoyer(TACHE, travail.pk):
            messages.warning(
                request, "La demande est notée. L’import se fera dès que le service aura repris."
            )
    else:
        service.importer_recu(recu=donne, par=request.user, **options)
    return voir(reverse("contrats:import_rapport", args=[donne.pk]))


def _page_du_resultat(request: HttpRequest, donne: ImportPlan) -> HttpResponse:
    contexte = _contexte(request, donne.contrat, "Résultat") | {
        "import": donne,
        "travail": donne.travail,
        "est_fait": donne.etat == EtatImport.FAIT,
        "resume": donne.rapport,
    }
    return render(request, "contrats/import_resultat.html", contexte)


@require_GET
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge."""
    donne = import_suivi(request, pk)
    if donne.travail is None:
        raise Http404
    reponse = render(
        request,
        "contrats/fragments/_travail_import.html",
        {"import": donne, "travail": donne.travail},
    )
    if donne.travail.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse
