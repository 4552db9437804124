"""La grille dans un tableur : l’emporter, la redonner, lire le rapport, puis l’accord."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur.limites import ClasseurRefuse
from cls_platform.socle.telechargement import a_telecharger
from cls_platform.socle.typographie import date_longue
from contrats.forms.import_plan import FormulaireFichier
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import droits_sur, refus
from contrats.views.portes import contrat_suivi, recu
from indicateurs.avertissements import avertir, regle_de
from indicateurs.classeur.ecriture import ecrire_le_classeur
from indicateurs.classeur.lecture import ClasseurLu, lire_le_classeur
from indicateurs.grille.cles import en_document
from indicateurs.grille.etude import Issue
from indicateurs.grille.lecture import lire_contenu
from indicateurs.models import Indicateur
from indicateurs.services.cases import etudier_cases
from indicateurs.services.mesures import saisissables

TITRE = "Importer un classeur"


@dataclass(frozen=True, slots=True)
class CaseDuRapport:
    """Une case du fichier : où, quoi, avant et après, ou pourquoi elle est refusée."""

    lieu: str
    libelle: str
    avant: str
    apres: str
    raison: str = ""


@require_safe
def exporter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pour qui lit le contrat ; les cases qu’elle ne saisit pas sont verrouillées."""
    contrat = contrat_suivi(request, pk)
    contenu = lire_contenu(contrat, contrat.indicateurs.pour_liste(), request.GET)
    permises = saisissables(request.user, contrat, droits_sur(request.user, contrat))
    jour = timezone.localdate()
    titre = f"{contrat.nom}, indicateurs au {date_longue(jour)}"
    fichier = ecrire_le_classeur(titre, contenu, permises)
    return a_telecharger(fichier, f"indicateurs-{slugify(contrat.nom)}-{jour:%Y-%m-%d}", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rien n’est écrit ici : l’accord renvoie les cases retenues à la grille."""
    contrat = contrat_suivi(request, pk)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien(TITRE)])
    if not contexte["droits"] & {Droit.SAISIR_MESURES, Droit.SAISIR_SES_MESURES}:
        raise refus(Droit.SAISIR_MESURES)
    form = FormulaireFichier(recu(request), request.FILES or None)
    contexte |= {"form": form, "titre": TITRE, "rapport": None}
    if request.method == "POST" and form.is_valid():
        donne = form.cleaned_data["fichier"]
        indicateurs = list(contrat.indicateurs.pour_liste())
        try:
            lu = lire_le_classeur(donne, donne.name, indicateurs)
        except ClasseurRefuse as refuse:
            form.add_error("fichier", refuse.message)
        else:
            contexte |= {"nom": donne.name, **_rapport(request, contrat, indicateurs, lu)}
    statut = 422 if form.errors else 200
    return render(request, "indicateurs/classeur.html", contexte, status=statut)


def _rapport(
    request: HttpRequest, contrat: Contrat, indicateurs: list[Indicateur], lu: ClasseurLu
) -> dict[str, Any]:
    issues = etudier_cases(contrat=contrat, demandes=lu.demandes, par=request.user)
    par_cle = {indicateur.pk: indicateur for indicateur in indicateurs}
    prises = [issue for issue in issues if issue.est_prise]
    return {
        "rapport": [_case(issue, lu, par_cle) for issue in prises],
        "refusees": [_case(issue, lu, par_cle) for issue in issues if issue.est_refusee],
        "ignorees": lu.ignorees,
        "inchangees": sum(not i.est_prise and not i.est_refusee for i in issues),
        "a_verifier": _a_verifier(prises, lu, par_cle, contrat),
        "cases": en_document(issue.demande for issue in prises),
    }


def _case(issue: Issue, lu: ClasseurLu, par_cle: dict[UUID, Indicateur]) -> CaseDuRapport:
    cle = issue.demande.cle
    return CaseDuRapport(
        lieu=lu.lieux[cle],
        libelle=f"{par_cle[cle.indicateur].libelle}, {cle.annee}",
        avant=issue.avant,
        apres=issue.demande.texte,
        raison=issue.raison,
    )


def _a_verifier(
    prises: list[Issue], lu: ClasseurLu, par_cle: dict[UUID, Indicateur], contrat: Contrat
) -> list[tuple[str, str]]:
    """Ce qui sera pris mais qui étonne : (lieu, phrases)."""
    dites = []
    for issue in prises:
        cle = issue.demande.cle
        indicateur = par_cle[cle.indicateur]
        phrases = avertir(
            regle_de(indicateur, contrat), issue.lue, cle.annee,
            reference=indicateur.annee_reference or 0,
        )  # fmt: skip
        if phrases:
            dites.append((lu.lieux[cle], " ".join(phrases)))
    return dites
