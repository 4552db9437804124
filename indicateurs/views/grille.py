"""La grille : toutes les valeurs d’un contrat, chaque année se saisit sur place.

Une case, un bloc collé, une annulation et le formulaire entier sont un même envoi : des cases
nommées. Avec JavaScript, la réponse ne porte que les lignes touchées ; sans, c’est la page.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from contrats.models import Action, Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import droits_sur
from contrats.views.portes import contrat_suivi, en_place, voir
from indicateurs.echeancier import nombre_en_retard
from indicateurs.grille.annees import Fenetre
from indicateurs.grille.cles import demandes_de
from indicateurs.grille.etude import Issue
from indicateurs.grille.lecture import compter, compter_les_lues, lire_contenu
from indicateurs.grille.lignes import grille_de
from indicateurs.grille.rangs import indicateurs_de
from indicateurs.grille.resultat import (
    RIEN_DE_FAIT,
    Resultat,
    hors_de,
    refus_de,
    resultat_de,
)
from indicateurs.onglets import NOM, onglets_des_indicateurs
from indicateurs.presentation import DU_CONTRAT, Cadre
from indicateurs.services.cases import saisir_cases
from indicateurs.services.mesures import saisissables


@require_http_methods(["GET", "HEAD", "POST"])
def grille(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    if request.method == "POST":
        return _saisir(request, contrat)
    return _page(request, contrat)


def _saisir(request: HttpRequest, contrat: Contrat) -> HttpResponse:
    """Tout ce qui se tient est écrit ; ce qui est refusé revient, écrit comme il a été tapé."""
    demandes = demandes_de(request.POST)
    issues = saisir_cases(contrat=contrat, demandes=demandes, par=request.user)
    resultat = resultat_de(
        issues,
        dict(contrat.indicateurs.values_list("pk", "libelle")),
        hors=hors_de(request.POST.get("hors", "")),
        est_collage="collage" in request.POST,
    )
    if en_place(request):
        return _touchees(request, contrat, issues, resultat)
    fiche = _fiche_d_origine(request, contrat)
    if fiche and not resultat.erreurs and not resultat.ecartees:
        messages.success(request, f"{resultat.phrase}.")
        return voir(reverse("indicateurs:action", args=[fiche]))
    return _page(request, contrat, issues=issues, resultat=resultat)


def _fiche_d_origine(request: HttpRequest, contrat: Contrat) -> UUID | None:
    """La fiche d’où l’on saisit, si la personne la lit."""
    try:
        fiche = UUID(request.POST.get("fiche", ""))
    except ValueError:
        return None
    lisibles = Action.objects.lisibles_par(request.user)
    return fiche if lisibles.filter(contrat=contrat, pk=fiche).exists() else None


def _page(
    request: HttpRequest,
    contrat: Contrat,
    *,
    issues: list[Issue] | None = None,
    resultat: Resultat = RIEN_DE_FAIT,
) -> HttpResponse:
    contexte = contexte_espace(request, contrat, "indicateurs")
    droits = contexte["droits"]
    contenu = lire_contenu(contrat, indicateurs_de(contrat), _annees(request))
    lus = [indicateur.pk for indicateur in contenu.indicateurs]
    permises = saisissables(request.user, contrat, droits, tous=lus)
    le = timezone.localdate()
    contexte |= {
        "contenu": contenu,
        "fenetre": contenu.fenetre,
        "grille": grille_de(contrat, contenu, permises, le.year, refus=refus_de(issues or ())),
        "resultat": resultat,
        **compter_les_lues(contenu),
        **_annees_a_ajouter(contenu.fenetre),
        "fiche_d_origine": "",
        "peut_saisir": bool(permises),
        "peut_ajouter": Droit.GERER_INDICATEURS in droits,
        "montre_tout": "toutes" in request.GET,
        "nom_des_onglets": NOM,
        "onglets": onglets_des_indicateurs(
            contrat, "saisie", en_retard=nombre_en_retard(contrat, le, contenu.valeurs)
        ),
    }
    return render(request, "indicateurs/grille.html", contexte, status=_statut(resultat))


def _touchees(
    request: HttpRequest, contrat: Contrat, issues: list[Issue], resultat: Resultat
) -> HttpResponse:
    """Les lignes des cases envoyées, l’état de la saisie ; le reste de la page ne bouge pas."""
    cles = {issue.demande.cle.indicateur for issue in issues}
    touches = contrat.indicateurs.filter(pk__in=cles).pour_liste()
    contenu = lire_contenu(contrat, touches, _annees(request))
    droits = droits_sur(request.user, contrat)
    permises = saisissables(request.user, contrat, droits)
    fiche = _fiche_d_origine(request, contrat)
    cadre = Cadre(fiche, Droit.GERER_INDICATEURS in droits) if fiche else DU_CONTRAT
    grille_ = grille_de(
        contrat, contenu, permises, timezone.localdate().year,
        refus=refus_de(issues), cadre=cadre,
    )  # fmt: skip
    contexte = {
        "contrat": contrat,
        "contenu": contenu,
        "fenetre": contenu.fenetre,
        "grille": grille_,
        "resultat": resultat,
        "fiche_d_origine": fiche or "",
        **compter(contrat, contenu.fenetre.courante),
    }
    modele = "indicateurs/fragments/_saisie.html"
    return render(request, modele, contexte, status=_statut(resultat))


def _annees_a_ajouter(fenetre: Fenetre) -> dict[str, Any]:
    """Une année de plus, avant ou après."""
    avant, apres = fenetre.premiere - 1, fenetre.derniere + 1
    return {
        "annee_avant": avant,
        "annee_apres": apres,
        "avant": fenetre.adresse(de=avant, annee=fenetre.courante),
        "apres": fenetre.adresse(a=apres, annee=apres),
    }


def _annees(request: HttpRequest) -> Any:
    """Celles de l’adresse, ou celles que le formulaire répète."""
    return request.POST if request.method == "POST" else request.GET


def _statut(resultat: Resultat) -> int:
    return 422 if resultat.erreurs else 200
