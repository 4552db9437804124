"""La grille : toutes les valeurs d’un contrat, l’année en cours se saisit sur place."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.templatetags.francais import heure
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import peut
from indicateurs.forms import CaseForm
from indicateurs.models import Indicateur, Mesure
from indicateurs.presentation import (
    DU_CONTRAT,
    Cadre,
    annees_de_la_grille,
    case_de,
    groupes_de_la_grille,
    ligne_de,
)
from indicateurs.services.mesures import (
    effacer_mesure,
    exiger_saisie,
    peut_saisir,
    saisir_annee,
    saisissables,
)


@dataclass(frozen=True, slots=True)
class Retour:
    """Ce qu’une ligne dit après un enregistrement ; `version` 0 : celle de la case."""

    erreur: str = ""
    version: int = 0
    enregistre_a: str = ""


@require_safe
def grille(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = get_object_or_404(Contrat.objects.suivis_par(request.user), pk=pk)
    annees = annees_de_la_grille(contrat, timezone.localdate().year)
    courante = annee_choisie(request, annees)
    contexte = contexte_espace(request, contrat, "indicateurs")
    droits = contexte["droits"]
    groupes = groupes_de_la_grille(
        contrat.indicateurs.pour_liste(),
        Mesure.objects.du_contrat(contrat, annees),
        annees,
        courante,
        saisissables(request.user, contrat, droits),
    )
    lignes = [ligne for groupe in groupes for ligne in groupe.lignes]
    contexte |= {
        "groupes": groupes,
        "annees_passees": [a for a in annees if a != courante],
        "annees": annees,
        "courante": courante,
        "nombre": len(lignes),
        "saisies": sum(1 for ligne in lignes if ligne.courante.version),
        "retour": Retour(),
        "saisie": None,
        "peut_ajouter": Droit.GERER_INDICATEURS in droits,
    }
    return render(request, "indicateurs/grille.html", contexte)


def annee_choisie(request: HttpRequest, annees: list[int]) -> int:
    """L’année de la saisie, dans l’adresse ; par défaut la dernière."""
    demande = request.GET.get("annee", "")
    return int(demande) if demande.isdigit() and int(demande) in annees else annees[-1]


@require_POST
def case(request: HttpRequest, pk: UUID, annee: int) -> HttpResponse:
    """Enregistre une case. Avec htmx, rend la ligne ; sans, revient à la grille."""
    indicateur = get_object_or_404(
        Indicateur.objects.suivis_par(request.user).select_related("contrat", "axe"), pk=pk
    )
    exiger_saisie(request.user, indicateur)
    form = CaseForm(request.POST)
    if not form.is_valid():
        retour = Retour(erreur=" ".join(map(str, form.errors.get("valeur", ["Valeur illisible."]))))
    else:
        retour = enregistrer_case(request, indicateur, annee, form)
    if request.headers.get("HX-Request"):
        return rendre_ligne(request, indicateur, annee, form, retour)
    if retour.erreur:
        repris = urlencode({nom: request.POST.get(nom, "") for nom in ("valeur", "version")})
        return redirect(f"{reverse('indicateurs:valeur', args=[pk, annee])}?{repris}")
    messages.success(request, f"{indicateur} : enregistré à {heure(timezone.localtime())}.")
    return redirect(f"{page_de_saisie(indicateur, annee, form)}#ligne-{pk}")


def page_de_saisie(indicateur: Indicateur, annee: int, form: CaseForm) -> str:
    if fiche := form.cleaned_data["fiche"]:
        return reverse("indicateurs:action", args=[fiche])
    return f"{reverse('indicateurs:grille', args=[indicateur.contrat_id])}?annee={annee}"


def enregistrer_case(
    request: HttpRequest, indicateur: Indicateur, annee: int, form: CaseForm
) -> Retour:
    """Écrit, ou vide, la case ; rend ce que la ligne doit dire."""
    valeur, version = form.cleaned_data["valeur"], form.cleaned_data["version"]
    try:
        if valeur is None:
            vider(request, indicateur, annee, version)
        else:
            saisir_annee(
                indicateur=indicateur,
                annee=annee,
                valeurs={"valeur": valeur},
                version=version,
                par=request.user,
            )
    except ConflitVersion as conflit:
        autre = conflit.actuel
        texte = case_de(indicateur, autre, annee).texte
        qui = autre.modifie_par or "Quelqu’un"
        return Retour(
            erreur=f"{qui} a écrit {texte} à {heure(autre.modifie_le)}. "
            "Enregistrez de nouveau pour garder votre valeur.",
            version=autre.version,
        )
    except DonneesRefusees as refus:
        return Retour(erreur=refus.message)
    return Retour(enregistre_a=heure(timezone.localtime()))


def vider(request: HttpRequest, indicateur: Indicateur, annee: int, version: int) -> None:
    mesure = indicateur.mesures.filter(annee=annee).first()
    if mesure is not None:
        effacer_mesure(mesure=mesure, version=version, par=request.user)


def rendre_ligne(
    request: HttpRequest, indicateur: Indicateur, annee: int, form: CaseForm, retour: Retour
) -> HttpResponse:
    annees = annees_de_la_grille(indicateur.contrat, timezone.localdate().year)
    mesures = {m.annee: m for m in Mesure.objects.de_indicateur(indicateur, annees)}
    contexte = {
        "ligne": ligne_de(
            indicateur,
            mesures,
            annees,
            annee,
            peut_saisir=peut_saisir(request.user, indicateur),
            cadre=cadre_de(request, indicateur, form.cleaned_data.get("fiche")),
        ),
        "saisie": request.POST.get("valeur", "") if retour.erreur else None,
        "retour": retour,
    }
    statut = 422 if retour.erreur else 200
    return render(request, "indicateurs/fragments/_ligne.html", contexte, status=statut)


def cadre_de(request: HttpRequest, indicateur: Indicateur, fiche: UUID | None) -> Cadre:
    """La fiche d’où l’on saisit ; la grille du contrat si elle n’est plus mesurée par lui."""
    if fiche is None or not indicateur.actions.lisibles_par(request.user).filter(pk=fiche).exists():
        return DU_CONTRAT
    return Cadre(fiche, peut(request.user, Droit.GERER_INDICATEURS, indicateur.contrat))
