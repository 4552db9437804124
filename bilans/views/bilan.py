"""Le tableau de bord d’un bilan : où il en est, la prochaine action, son PDF."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from bilans.etats import StatutBilan, transitions_depuis
from bilans.forms import EtatForm
from bilans.instantane import Texte
from bilans.lecture_publique import LettrePublique, lettre
from bilans.models import Bilan, SectionBilan
from bilans.parution import avancement
from bilans.services import redaction, rendu
from bilans.services.depot import ouvrir
from bilans.services.documents import nom_de_fichier
from bilans.tableau_de_bord import lire_etat, phases, prochaine
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.navigation import contexte_espace

# D’une correction : quelles données le PDF montre
REPRISES = {"avant": True, "jour": False}
# Ce que l’historique d’un bilan ne montre pas : le fichier a son propre encadré
TECHNIQUES = frozenset({"chemin", "sha256", "taille", "pages", "travail", "instantane_le"})


def bilan_suivi(request: HttpRequest, pk: UUID) -> Bilan:
    suivis = Bilan.objects.suivis_par(request.user).defer("instantane", "technique")
    return get_object_or_404(suivis.select_related("contrat", "travail"), pk=pk)


def titre(bilan: Bilan) -> str:
    edition = f", édition {bilan.edition}" if bilan.edition > 1 else ""
    return f"Bilan {bilan.annee}{edition}"


def coque(request: HttpRequest, bilan: Bilan, *suite: Lien) -> dict[str, Any]:
    """`suite` : les étapes du fil après le bilan ; aucune, c’est sa page même."""
    racine = reverse("bilans:bilan", args=[bilan.pk]) if suite else ""
    contexte = contexte_espace(
        request, bilan.contrat, "bilans", suite=[Lien(titre(bilan), racine), *suite]
    )
    return contexte | {"bilan": bilan, "titre": titre(bilan)}


@require_safe
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    contexte = coque(request, bilan)
    droits = contexte["droits"]
    etat = lire_etat(bilan, droits, timezone.localdate())
    contexte |= {
        "etat": etat,
        "phases": phases(etat),
        "prochaine": prochaine(etat),
        "gestes": gestes(bilan, droits),
        "parties": [(s, bool(s.texte.strip())) for s in etat.a_ecrire],
        "lettres": lettres(etat.sections) if bilan.est_fige else [],
        "peut_rediger": Droit.REDIGER_BILAN in droits and bilan.est_modifiable,
        "peut_relire": Droit.RELIRE_BILAN in droits,
        "peut_publier": Droit.PUBLIER_BILAN in droits and bilan.est_modifiable,
        "peut_retirer": Droit.PUBLIER_BILAN in droits and bilan.statut == StatutBilan.PUBLIE,
        "peut_corriger": Droit.REDIGER_BILAN in droits and bilan.est_fige,
        "editions": list(bilan.contrat.bilans.editions_de(bilan)),
        "travail": bilan.travail,
        "adresse_pdf": reverse("bilans:telecharger", args=[bilan.pk]),
        "suit_l_annonce": Droit.PUBLIER_BILAN in droits and bilan.est_fige,
        "parution": avancement(bilan, timezone.now()) if bilan.est_fige else None,
        "evenements": historique(bilan, limite=12, sauf=TECHNIQUES),
    }
    return render(request, "bilans/bilan.html", contexte)


def lettres(sections: tuple[SectionBilan, ...]) -> list[tuple[str, str, LettrePublique]]:
    """Les textes écrits, comme le public les lit."""
    ecrits = ((s, lettre(Texte(texte=s.texte, signature=s.signature))) for s in sections if s.texte)
    return [(str(s), s.code.lower(), ecrit) for s, ecrit in ecrits if ecrit]


def gestes(bilan: Bilan, droits: frozenset[Droit]) -> list[Any]:
    """Relire, reprendre l’écriture ; valider et publier ont leur page."""
    vers = {StatutBilan.BROUILLON, StatutBilan.RELECTURE}
    return [t for t in transitions_depuis(bilan.statut) if t.droit in droits and t.vers in vers]


@require_POST
def demander(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ouvre le travail et rend la main tout de suite ; sans courtier, il attendra son retour."""
    bilan = bilan_suivi(request, pk)
    travail = rendu.demander_pdf(
        bilan=bilan,
        par=request.user,
        previent=bool(request.POST.get("previent")),
        reprises=REPRISES.get(request.POST.get("donnees", "")),
    )
    if not envoyer(rendu.TACHE, travail.pk):
        messages.warning(
            request, "La demande est notée. Le PDF sera fait dès que le service aura repris."
        )
    page = "bilans:documents" if request.POST.get("retour") == "documents" else "bilans:bilan"
    return redirect(page, pk=pk)


@require_safe
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge pour montrer le PDF."""
    bilan = bilan_suivi(request, pk)
    if bilan.travail is None:
        raise Http404
    contexte = {"bilan": bilan, "travail": bilan.travail}
    reponse = render(request, "bilans/fragments/_travail.html", contexte)
    if bilan.travail.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse


@require_safe
def telecharger(request: HttpRequest, pk: UUID) -> FileResponse:
    bilan = bilan_suivi(request, pk)
    try:
        fichier = ouvrir(bilan)
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    return FileResponse(
        fichier,
        content_type="application/pdf",
        filename=nom_de_fichier(bilan, "pdf"),
    )


@require_POST
def changer_etat(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    form = EtatForm(request.POST)
    if not form.is_valid():
        raise ErreurMetier("Choisissez un état.")
    a_jour = redaction.changer_statut(bilan=bilan, vers=form.cleaned_data["vers"], par=request.user)
    messages.success(request, f"Le bilan est maintenant : {a_jour.get_statut_display()}.")
    return redirect("bilans:bilan", pk=pk)
