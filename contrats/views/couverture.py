"""La couverture du territoire : le chiffre, la carte, les mêmes chiffres en tableau."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from acteurs.models import EditionTerritoires
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec
from contrats.carte import carte_des_departements, les_plus_couverts, ligne_affichee
from contrats.couverture import Niveau, Variante, nationale
from contrats.couverture_gardee import couvertures
from contrats.forms.couverture import NIVEAUX_DU_TABLEAU, FormulaireCouverture
from contrats.navigation import contexte_general
from contrats.permissions import exiger_general


@require_GET
def couverture_du_territoire(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.VOIR_COUVERTURE)
    form = FormulaireCouverture(request.GET)
    if not form.is_valid():
        phrases = [str(phrase) for erreurs in form.errors.values() for phrase in erreurs]
        raise DonneesRefusees(" ".join(phrases))
    reponses = form.reponses()
    le, variante, niveau = reponses["le"], reponses["variante"], reponses["niveau"]
    niveaux = {Niveau.FRANCE, Niveau.DEPARTEMENT, Niveau(niveau)}
    lues = couvertures(le=le, niveaux=niveaux, variante=variante)
    departements = lues[Niveau.DEPARTEMENT]
    contexte = contexte_general(request, "couverture") | reponses
    contexte |= {
        "france": nationale(lues[Niveau.FRANCE]),
        "carte": carte_des_departements(departements, lien=lambda code: f"{request.path}#t-{code}"),
        "premiers": les_plus_couverts(departements),
        "lignes": [ligne_affichee(ligne) for ligne in lues[niveau]],
        "niveau_libelle": Niveau(niveau).label,
        "variantes": _bascule(request.path, request.GET, "variante", Variante.choices, variante),
        "niveaux": _bascule(request.path, request.GET, "niveau", NIVEAUX_DU_TABLEAU, niveau),
        "edition": EditionTerritoires.objects.order_by("date_effet").last(),
    }
    return render(request, "contrats/couverture.html", contexte)


def _bascule(
    chemin: str, parametres: QueryDict, nom: str, choix: list[tuple[str, str]], actuel: str
) -> list[Entree]:
    return [
        Entree(
            libelle,
            adresse_avec(chemin, parametres, {nom: valeur}),
            est_courante=valeur == actuel,
        )
        for valeur, libelle in choix
    ]
