"""Les indicateurs d’une région : chacun réuni sur les contrats suivis, puis contrat par contrat."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.contexte import valeurs
from acteurs.models import NiveauTerritoire, Region
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur import liste as tableur
from contrats.couverture_place import Place
from contrats.forms.pilotage import QuestionDuPilotage
from contrats.models import Contrat
from contrats.navigation_region import contexte_region
from contrats.pilotage.ensemble import Ensemble, ensemble, exiger_le_pilotage
from contrats.presentation.tableau_pilotage import TableauDePilotage
from indicateurs.models import IndicateurModele
from indicateurs.region import choix as choisir
from indicateurs.region import page as montrer
from indicateurs.region.lecture import Suivi, personne_ne_le_suit, region
from indicateurs.region.lignes import lignes_de

TITRE = "Indicateurs"
# Une feuille de tableur a un nom de 31 caractères au plus
NOM_DE_FEUILLE = 31


@dataclass(frozen=True, slots=True)
class Question:
    """Quels contrats, quelle année. `ordinaire` : l’année sans choix, la dernière finie."""

    region: Region
    choix: dict[str, Any]
    de: Ensemble
    annee: int
    ordinaire: int

    @property
    def contrats(self) -> list[Contrat]:
        return list(Contrat.objects.filter(pk__in=self.de.cles).tries())

    @property
    def annees(self) -> list[int]:
        """La choisie d’abord, puis celles que le menu propose."""
        courante = self.de.le.year
        return [self.annee, *range(courante, courante - choisir.ANNEES_PROPOSEES, -1)]

    @property
    def adresses(self) -> choisir.Adresses:
        choix = choisir.choix_de(self.choix, self.annee, self.ordinaire)
        return choisir.Adresses(self.region.pk, choix)


def _question(request: HttpRequest, code: str) -> Question:
    region_lue = get_object_or_404(Region, pk=code)
    exiger_le_pilotage(request.user, code)
    choix = QuestionDuPilotage(request.GET).exiger()
    le = timezone.localdate()
    annee = choix.pop("annee")
    de = ensemble(request.user, code, le, **choix)
    return Question(region_lue, choix, de, annee or le.year - 1, le.year - 1)


def _coque(request: HttpRequest, question: Question, *suite: Lien) -> dict[str, Any]:
    lue = question.region
    ici = Place("region", lue.pk, lue.nom, lue.pk, lue.nom)
    fil = [Lien(TITRE, question.adresses.page if suite else ""), *suite]
    return contexte_region(request, ici, "indicateurs", suite=fil) | {
        "place": ici,
        "le": question.de.le,
        "annee": question.annee,
        "ensemble": question.de,
        "menus": choisir.menus(lue.pk, request.path, request.GET, question.choix, question.annees),
        "est_filtre": bool(question.adresses.choix),
        "est_demonstration": any(c.est_demonstration for c in question.de.contrats),
    }


def _suivis(question: Question) -> list[Suivi]:
    modeles = list(IndicateurModele.objects.proposes_a(question.region.pk).tries())
    return region(question.contrats, modeles, le=question.de.le, annee=question.annee)


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    question = _question(request, code)
    suivis = _suivis(question)
    contexte = _coque(request, question) | {
        "compte": montrer.compte(suivis, len(question.de.contrats)),
        "regle": montrer.REGLE,
        "exports": question.adresses.exports(),
        "parties": montrer.parties(suivis, question.annee, question.de.le, question.adresses),
    }
    return render(request, "indicateurs/region.html", contexte)


@require_GET
def indicateur(request: HttpRequest, code: str, modele: str) -> HttpResponse:
    question = _question(request, code)
    lu, suivi, contrats = _un_indicateur(question, modele)
    publiee = valeurs(lu.pk, NiveauTerritoire.REGION, [code])[code]
    contexte = _coque(request, question, Lien(lu.libelle)) | {
        "modele": lu,
        "publiee": montrer.publiee(lu, publiee),
        "annees": montrer.par_annee(suivi, question.de.le),
        "contrats": contrats,
        "exports": question.adresses.exports(lu.pk),
        "sans_export": (),
        "retour": question.adresses.page,
    }
    return render(request, "indicateurs/region_indicateur.html", contexte)


def _un_indicateur(
    question: Question, code: str
) -> tuple[IndicateurModele, Suivi, TableauDePilotage]:
    """404 si le catalogue de la région ne l’a pas."""
    modeles = IndicateurModele.objects.proposes_a(question.region.pk)
    modele = get_object_or_404(modeles, pk=code)
    le, contrats = question.de.le, question.contrats
    suivis = region(contrats, [modele], le=le) or [personne_ne_le_suit(modele)]
    lignes = lignes_de(contrats, modele, question.annee, le)
    return modele, suivis[0], montrer.des_contrats(lignes, question.annee, le)


@require_GET
def exporter(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    question = _question(request, code)
    tableau = montrer.a_emporter(_suivis(question), question.annee)
    return _fichier(extension, f"indicateurs-{code}-{question.annee}", tableau)


@require_GET
def exporter_indicateur(
    request: HttpRequest, code: str, modele: str, extension: str
) -> HttpResponse:
    question = _question(request, code)
    lu, _, tableau = _un_indicateur(question, modele)
    return _fichier(extension, f"indicateur-{lu.pk}-{code}-{question.annee}", tableau)


def _fichier(extension: str, nom: str, tableau: TableauDePilotage) -> HttpResponse:
    """Les valeurs brutes, sous les titres de la page."""
    if extension not in tableur.TYPES:
        raise Http404
    lignes = list(tableau.en_lignes())
    return HttpResponse(
        tableur.ecrire(extension, tableau.titre[:NOM_DE_FEUILLE], tableau.entetes, lignes),
        content_type=tableur.TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{nom}.{extension}"'},
    )
