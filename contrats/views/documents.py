"""L’onglet « Documents » d’une fiche : joindre, télécharger, renommer, retirer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import types_de_fichier
from contrats.coque_fiche import contexte_fiche
from contrats.fiche import nom_court
from contrats.forms.document import FormulaireDocument, FormulaireTitre
from contrats.models import Action, DocumentAction
from contrats.navigation import contexte_espace
from contrats.permissions import exiger_sur_action
from contrats.services.documents import joindre_document, renommer_document, retirer_document
from contrats.views.portes import action_suivie, recu, voir

# Un fichier reçu ne s’affiche jamais dans la page, et ne peut rien y lancer
BAC_A_SABLE = "sandbox; default-src 'none'"


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    form = FormulaireDocument(recu(request), request.FILES or None)
    if request.method == "POST":
        exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
        if form.is_valid():
            try:
                joindre_document(action=action, par=request.user, **form.valeurs())
            except ErreurMetier as erreur:
                form.reporter(erreur)
            else:
                return voir(_onglet(action))
    contexte = contexte_fiche(request, action, "documents", suite=(Lien("Documents"),))
    contexte |= {"documents": action.documents.pour_liste(), "form": form}
    statut = 422 if form.errors else 200
    return render(request, "contrats/documents.html", contexte, status=statut)


def _onglet(action: Action) -> str:
    return reverse("contrats:action_documents", args=[action.pk])


def _document(request: HttpRequest, pk: UUID) -> DocumentAction:
    return get_object_or_404(DocumentAction.objects.suivis_par(request.user), pk=pk)


@require_safe
def telecharger(request: HttpRequest, pk: UUID) -> FileResponse:
    """Toujours enregistré sur l’appareil de la personne, jamais ouvert sur ce site."""
    document = _document(request, pk)
    try:
        fichier = document.fichier.open("rb")
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    genre = types_de_fichier.TYPES[types_de_fichier.extension(document.nom)]
    reponse = FileResponse(
        fichier, as_attachment=True, filename=document.nom, content_type=genre.mime
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = BAC_A_SABLE
    reponse["Cache-Control"] = "private, no-store"
    return reponse


@require_http_methods(["GET", "POST"])
def renommer(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = _document(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, document.action)
    initial = {"titre": document.titre, "version": document.version}
    form = FormulaireTitre(recu(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        valeurs = form.cleaned_data
        try:
            renommer_document(
                document=document,
                titre=valeurs["titre"],
                version=valeurs["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            actuel: Any = erreur.actuel
            form = _rouvert(valeurs["titre"], actuel)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_onglet(document.action))
    contexte = _contexte(request, document, "Renommer le document") | {"form": form}
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def _rouvert(titre: str, actuel: DocumentAction) -> FormulaireTitre:
    form = FormulaireTitre({"titre": titre, "version": actuel.version})
    form.is_valid()
    form.add_error(
        "titre",
        f"Le titre a changé entre-temps\u00a0: «\u00a0{actuel.titre}\u00a0». "
        "Enregistrez pour garder le vôtre.",
    )
    return form


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation : aucun effacement sur un seul clic."""
    document = _document(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, document.action)
    if request.method == "POST":
        retirer_document(document=document, par=request.user)
        messages.success(request, f"Le document «\u00a0{document.titre}\u00a0» est retiré.")
        return voir(_onglet(document.action))
    contexte = _contexte(request, document, "Retirer le document") | {
        "question": f"Retirer le document «\u00a0{document.titre}\u00a0» de la fiche ?",
        "consequence": "Le fichier est effacé. L’historique garde son titre.",
        "geste": "Retirer le document",
    }
    return render(request, "contrats/confirmation.html", contexte)


def _contexte(request: HttpRequest, document: DocumentAction, titre: str) -> dict[str, Any]:
    action, retour = document.action, _onglet(document.action)
    fiche = Lien(nom_court(action), reverse("contrats:action", args=[action.pk]))
    suite = [fiche, Lien("Documents", retour), Lien(titre)]
    contexte = contexte_espace(request, action.contrat, "plan", suite=suite)
    return contexte | {"titre": titre, "sujet": document.titre, "retour": retour}
