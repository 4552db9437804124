"""Un bilan dans l’espace de travail : écrire, demander le PDF, le relire, publier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as en_date
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from bilans.etats import StatutBilan, transitions_depuis
from bilans.forms import EtatForm, PublierForm, SectionForm
from bilans.instantane import Texte
from bilans.lecture_publique import LettrePublique, lettre
from bilans.models import Bilan, SectionBilan
from bilans.rapport.fiches import extraits
from bilans.services import publication, redaction, rendu
from bilans.services.depot import ouvrir
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.comparaison import souligner
from contrats.navigation import contexte_espace
from contrats.permissions import exiger

TACHE = "bilans.rendre"


def bilan_suivi(request: HttpRequest, pk: UUID) -> Bilan:
    return get_object_or_404(
        Bilan.objects.suivis_par(request.user).select_related("contrat", "travail"), pk=pk
    )


@require_safe
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "bilans/bilan.html", contexte_bilan(request, bilan_suivi(request, pk)))


def contexte_bilan(
    request: HttpRequest, bilan: Bilan, refuse: SectionForm | None = None
) -> dict[str, Any]:
    """La page du bilan ; `refuse` remplace le formulaire de la section qui vient d’être refusée."""
    contexte = contexte_espace(request, bilan.contrat, "bilans", suite=[Lien(titre(bilan))])
    droits = contexte["droits"]
    peut_rediger = Droit.REDIGER_BILAN in droits and bilan.est_modifiable
    disent = extraits(bilan.contrat, bilan.annee) if peut_rediger else {}
    forms = [SectionForm(section=section) for section in sections_ecrites(bilan)]
    forms.sort(key=lambda form: list(ORDRE_DES_SECTIONS).index(form.section.code))
    if refuse:
        forms = [refuse if f.section.pk == refuse.section.pk else f for f in forms]
    return contexte | {
        "bilan": bilan,
        "titre": titre(bilan),
        "forms": forms,
        "lettres": lettres([form.section for form in forms]),
        "erreurs": refuse,
        "sections": [(form, disent.get(form.section.code, [])) for form in forms],
        "peut_rediger": peut_rediger,
        "peut_publier": Droit.PUBLIER_BILAN in droits and bilan.est_modifiable,
        "peut_retirer": Droit.PUBLIER_BILAN in droits and bilan.statut == StatutBilan.PUBLIE,
        "gestes": gestes(bilan, droits),
        "travail": bilan.travail,
        "adresse_pdf": reverse("bilans:telecharger", args=[bilan.pk]),
        "donnees_plus_recentes": rendu.donnees_plus_recentes(bilan),
        "evenements": historique(bilan, limite=12, sauf=TECHNIQUES),
    }


def sections_ecrites(bilan: Bilan) -> list[SectionBilan]:
    return list(bilan.sections.filter(code__in=ORDRE_DES_SECTIONS).order_by("pk"))


def lettres(sections: list[SectionBilan]) -> list[tuple[str, str, LettrePublique]]:
    """Les textes écrits, comme le public les lira."""
    ecrits = ((s, lettre(Texte(texte=s.texte, signature=s.signature))) for s in sections if s.texte)
    return [(str(s), s.code.lower(), ecrit) for s, ecrit in ecrits if ecrit]


# Ce que l’historique d’un bilan ne montre pas : le fichier a son propre encadré
TECHNIQUES = frozenset({"chemin", "sha256", "taille", "pages", "travail", "instantane_le"})
ORDRE_DES_SECTIONS = ("EDITO", "DIFFICULTES", "PARTICIPATION", "PERSPECTIVES")


def titre(bilan: Bilan) -> str:
    edition = f", édition {bilan.edition}" if bilan.edition > 1 else ""
    return f"Bilan {bilan.annee}{edition}"


def gestes(bilan: Bilan, droits: frozenset[Droit]) -> list[Any]:
    """Les passages proposés ici ; publier et retirer ont leur propre place."""
    ailleurs = {StatutBilan.PUBLIE, StatutBilan.ARCHIVE}
    return [
        t for t in transitions_depuis(bilan.statut) if t.droit in droits and t.vers not in ailleurs
    ]


@require_POST
def ecrire(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    section = get_object_or_404(bilan.sections.select_related("bilan__contrat"), code=code)
    exiger(request.user, Droit.REDIGER_BILAN, bilan.contrat)
    form = SectionForm(request.POST, section=section)
    if not form.is_valid():
        contexte = contexte_bilan(request, bilan, refuse=form)
        return render(request, "bilans/bilan.html", contexte, status=422)
    try:
        a_jour = redaction.ecrire_section(section=section, **form.cleaned_data, par=request.user)
    except ConflitVersion as conflit:
        return page_de_conflit(request, bilan, form, conflit.actuel)
    messages.success(request, f"« {a_jour} » : enregistré à {heure()}.")
    adresse = reverse("bilans:bilan", args=[bilan.pk])
    return redirect(f"{adresse}#section-{code.lower()}")


def heure() -> str:
    return en_date(timezone.localtime(), "G\u00a0\\h\u00a0i")


def page_de_conflit(
    request: HttpRequest, bilan: Bilan, form: SectionForm, actuelle: SectionBilan
) -> HttpResponse:
    """La vôtre et la leur, côte à côte ; rien de ce qui a été tapé n’est perdu."""
    contexte = contexte_espace(request, bilan.contrat, "bilans", suite=[Lien(titre(bilan))])
    contexte |= {
        "bilan": bilan,
        "titre": titre(bilan),
        "section": actuelle,
        "mienne": form.cleaned_data,
        "les_deux": f"{form.cleaned_data['texte']}\n\n{actuelle.texte}",
        "comparaison": souligner(form.cleaned_data["texte"], actuelle.texte),
    }
    return render(request, "bilans/section_conflit.html", contexte, status=409)


@require_POST
def demander(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ouvre le travail et rend la main tout de suite ; sans courtier, il attendra son retour."""
    bilan = bilan_suivi(request, pk)
    travail = rendu.demander_pdf(bilan=bilan, par=request.user)
    if not envoyer(TACHE, travail.pk):
        messages.warning(
            request, "La demande est notée. Le PDF sera fait dès que le service aura repris."
        )
    return redirect("bilans:bilan", pk=pk)


@require_safe
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge pour montrer le PDF."""
    bilan = bilan_suivi(request, pk)
    if bilan.travail is None:
        raise Http404
    reponse = render(
        request,
        "bilans/fragments/_travail.html",
        {"bilan": bilan, "travail": bilan.travail, "peut_rediger": bilan.est_modifiable},
    )
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
        filename=f"{bilan.contrat.slug}-bilan-{bilan.annee}.pdf",
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


@require_POST
def publier(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    form = PublierForm(request.POST)
    empreinte = form.cleaned_data["sha256"] if form.is_valid() else ""
    try:
        publication.publier(bilan=bilan, sha256=empreinte, par=request.user)
    except ErreurMetier as erreur:
        if type(erreur) is not ErreurMetier:
            raise
        messages.error(request, erreur.message)
    else:
        messages.success(request, "Le bilan est public. Son adresse ne changera plus.")
    return redirect("bilans:bilan", pk=pk)


@require_POST
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    publication.retirer(bilan=bilan, par=request.user)
    messages.success(request, "Le bilan n’est plus sur le site public. Il est gardé ici.")
    return redirect("bilans:bilan", pk=pk)
