"""La chaîne d’un contrat : du besoin à l’effet, ce qui manque, et l’export."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree, Lien
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.telechargement import a_telecharger
from contrats.adresses import adresse_avec
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi
from indicateurs.chaine.affichage import groupes
from indicateurs.chaine.export import ENTETES, lignes
from indicateurs.chaine.filtre import NOMS, filtre_de
from indicateurs.chaine.lecture import chaine_de
from indicateurs.chaine.maillons import Chaine
from indicateurs.chaine.manques import Manque, manques
from indicateurs.models import Confiance, TypeEffet
from indicateurs.onglets import onglets_des_indicateurs


def adresse_de_la_chaine(contrat: UUID, parametres: QueryDict | None = None) -> str:
    return adresse_avec(
        reverse("indicateurs:chaine", args=[contrat]), parametres or QueryDict(), {}
    )


def filtres_gardes(ecrits: str) -> QueryDict:
    """Les filtres d’où l’on vient, tels que le formulaire les renvoie ; le reste est ignoré."""
    recus, gardes = QueryDict(ecrits), QueryDict(mutable=True)
    for nom in NOMS:
        if recus.get(nom):
            gardes[nom] = recus[nom]
    return gardes


@require_safe
def chaine(request: HttpRequest, pk: UUID) -> HttpResponse:
    return page(request, contrat_suivi(request, pk), filtres_gardes(request.GET.urlencode()))


def page(
    request: HttpRequest,
    contrat: Contrat,
    parametres: QueryDict,
    *,
    refus: str = "",
    form_besoin: Any = None,
) -> HttpResponse:
    """`refus` : pourquoi le dernier geste n’a rien changé. `form_besoin` : le besoin refusé."""
    lue = chaine_de(contrat, request.user, timezone.localdate())
    filtre = filtre_de(parametres, lue)
    tous = manques(contrat, lue)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Chaîne")])
    contexte |= {
        "onglets": onglets_des_indicateurs(contrat, "chaine"),
        "chaine": lue,
        "groupes": groupes(lue, filtre),
        "maillons": _maillons(lue),
        "puces": _puces(contrat, parametres, tous),
        "manque": next((m for m in tous if m.cle == parametres.get("manque")), None),
        "menus": list(_menus(contrat, parametres, lue)),
        "parametres": parametres.urlencode(),
        "caches": [(n, v) for n, v in parametres.items() if n not in {"recherche", "manque"}],
        "recherche": parametres.get("recherche", ""),
        "est_filtree": not filtre.est_vide,
        "peut_gerer": Droit.GERER_INDICATEURS in contexte["droits"],
        "peut_planifier": Droit.MODIFIER_PLAN in contexte["droits"],
        "refus": refus,
        "form_besoin": form_besoin,
    }
    statut = 422 if refus or form_besoin else 200
    return render(request, "indicateurs/chaine/chaine.html", contexte, status=statut)


def _maillons(lue: Chaine) -> list[tuple[str, int]]:
    """Combien de chaque maillon, dans l’ordre de la chaîne."""
    return [
        ("Besoins", len(lue.besoins)),
        ("Objectifs", len(lue.objectifs)),
        ("Actions", len(lue.actions)),
        ("Indicateurs", len(lue.indicateurs)),
        ("Effets décrits", len(lue.effets)),
    ]


def _puces(contrat: Contrat, parametres: QueryDict, tous: list[Manque]) -> list[Entree]:
    """Une puce par manque ; à zéro et inactive, elle disparaît."""
    chemin, choisie = adresse_de_la_chaine(contrat.pk), parametres.get("manque", "")
    return [
        Entree(
            libelle=_mot(manque),
            adresse=adresse_avec(
                chemin, parametres, {"manque": None if manque.cle == choisie else manque.cle}
            ),
            compte=typographie.nombre(manque.nombre),
            est_courante=manque.cle == choisie,
        )
        for manque in tous
        if manque.nombre or manque.cle == choisie
    ]


def _mot(manque: Manque) -> str:
    singulier, _, pluriel = manque.mot.partition(",")
    mot = singulier if manque.nombre < 2 else pluriel
    return mot[0].upper() + mot[1:]


def _menus(contrat: Contrat, parametres: QueryDict, lue: Chaine) -> Any:
    """Axe, besoin, effet, confiance : des liens, quand il y a de quoi choisir."""
    chemin = adresse_de_la_chaine(contrat.pk)
    for nom, libelle, choix in (
        ("axe", "Axe", [(str(a.pk), a.nom) for a in lue.axes]),
        ("besoin", "Besoin", [(str(b.pk), f"B{b.rang} {b.libelle}") for b in lue.besoins]),
        ("effet", "Effet", TypeEffet.choices if lue.effets else []),
        ("confiance", "Confiance", Confiance.choices if lue.effets else []),
    ):
        if not choix:
            continue
        choisie = parametres.get(nom, "")
        entrees = [Entree("Tous", adresse_avec(chemin, parametres, {nom: None}), "",
                          est_courante=not choisie)]  # fmt: skip
        entrees += [
            Entree(str(mot), adresse_avec(chemin, parametres, {nom: code}), "",
                   est_courante=code == choisie)
            for code, mot in choix
        ]  # fmt: skip
        yield libelle, entrees


@require_safe
def exporter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Les lignes que montrent ces filtres, une par indicateur de chaque action."""
    contrat = contrat_suivi(request, pk)
    lue = chaine_de(contrat, request.user, timezone.localdate())
    trouves = groupes(lue, filtre_de(filtres_gardes(request.GET.urlencode()), lue))
    contenu = tableur.ecrire("xlsx", "Chaîne", ENTETES, lignes(trouves))
    nom = f"chaine-{contrat.slug}-{timezone.localdate():%Y-%m-%d}"
    return a_telecharger(contenu, nom, "xlsx")
