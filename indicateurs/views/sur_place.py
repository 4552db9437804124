"""La saisie sur place : un indicateur à la fois, en grand, du début à la fin de la liste."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from cls_platform.socle.typographie import nombre
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import refus
from contrats.views.portes import contrat_suivi, voir
from indicateurs.forms import SurPlaceForm
from indicateurs.grille.annees import fenetre_de
from indicateurs.models import Calcul, Indicateur
from indicateurs.presentation import case_de
from indicateurs.presentation_valeur import a_verifier
from indicateurs.services.mesures import saisir_annee, saisissables
from indicateurs.views.portes import avec_version


@dataclass(frozen=True, slots=True)
class Etape:
    """Un indicateur dans la file : son rang, ceux d’avant et d’après."""

    indicateur: Indicateur
    rang: int
    total: int
    precedent: UUID | None
    suivant: UUID | None


@require_http_methods(["GET", "HEAD", "POST"])
def sur_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Un par un")])
    permises = saisissables(request.user, contrat, contexte["droits"])
    if not contexte["droits"] & {Droit.SAISIR_MESURES, Droit.SAISIR_SES_MESURES}:
        raise refus(Droit.SAISIR_MESURES)
    file = list(contrat.indicateurs.filter(pk__in=permises, calcul=Calcul.SAISIE).pour_liste())
    annee = fenetre_de(contrat, timezone.localdate().year, None, request.GET).courante
    etape = _etape(file, request.GET.get("indicateur", ""))
    if etape is None:
        if request.method == "POST":
            raise refus(Droit.SAISIR_MESURES)
        return render(request, "indicateurs/sur_place.html", contexte | {"etape": None})
    return _saisir(request, contrat, etape, annee, contexte)


def _etape(file: list[Indicateur], demande: str) -> Etape | None:
    """Celui que l’adresse demande, sinon le premier."""
    if not file:
        return None
    rang = next((n for n, i in enumerate(file) if str(i.pk) == demande), 0)
    return Etape(
        indicateur=file[rang],
        rang=rang + 1,
        total=len(file),
        precedent=file[rang - 1].pk if rang else None,
        suivant=file[rang + 1].pk if rang + 1 < len(file) else None,
    )


def _saisir(
    request: HttpRequest, contrat: Contrat, etape: Etape, annee: int, contexte: dict[str, Any]
) -> HttpResponse:
    indicateur = etape.indicateur
    indicateur.contrat = contrat
    mesure = indicateur.mesures.de_l_ensemble().de_l_annee_entiere(annee).first()
    donnees = request.POST if request.method == "POST" else None
    form = SurPlaceForm(donnees, indicateur=indicateur, mesure=mesure)
    conflit = None
    if donnees is not None and form.is_valid():
        try:
            ecrite = saisir_annee(
                indicateur=indicateur,
                annee=annee,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            conflit = erreur.actuel
            reprises = avec_version(request, conflit.version)
            form = SurPlaceForm(reprises, indicateur=indicateur, mesure=conflit)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            return _suite(request, contrat, etape, annee, ecrite)
    contexte |= {
        "etape": etape,
        "annee": annee,
        "form": form,
        "conflit": conflit,
        "sienne": case_de(indicateur, conflit, annee) if conflit else None,
        "reperes": _reperes(indicateur, annee),
        "adresse": adresse_de(contrat.pk, annee),
    }
    statut = 409 if conflit else (422 if form.is_bound and form.errors else 200)
    return render(request, "indicateurs/sur_place.html", contexte, status=statut)


def _suite(
    request: HttpRequest, contrat: Contrat, etape: Etape, annee: int, ecrite: Any
) -> HttpResponse:
    """On passe au suivant ; ce qui étonne se dit en passant. Au dernier, on retrouve la grille."""
    libelle = etape.indicateur.libelle
    remarques = " ".join(a_verifier(etape.indicateur, ecrite))
    if remarques:
        messages.warning(request, f"{libelle} : enregistré, à vérifier. {remarques}")
    else:
        messages.success(request, f"{libelle} : enregistré.")
    if etape.suivant:
        return voir(f"{adresse_de(contrat.pk, annee)}&indicateur={etape.suivant}")
    return voir(f"{reverse('indicateurs:grille', args=[contrat.pk])}?annee={annee}")


def adresse_de(contrat: UUID, annee: int) -> str:
    return f"{reverse('indicateurs:sur_place', args=[contrat])}?annee={annee}"


def _reperes(indicateur: Indicateur, annee: int) -> list[tuple[str, str]]:
    """La valeur d’avant et la cible : ce qu’il faut pour sentir une erreur."""
    entieres = indicateur.mesures.de_l_ensemble().filter(annee__lt=annee)
    avant = entieres.order_by("-periode_fin").first()
    reperes = []
    if avant is not None:
        reperes.append((f"En {avant.annee}", case_de(indicateur, avant, avant.annee).texte))
    if indicateur.cible is not None:
        cible = nombre(indicateur.cible, indicateur.decimales)
        reperes.append((f"Cible {indicateur.annee_cible}", cible))
    return reperes
