"""Balises de la charte. Dans une boucle longue, préparer plutôt la ligne avec `presentation`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from cls_platform.socle import legal, presentation
from cls_platform.socle.charte import Charte
from cls_platform.socle.charte import charte as charte_de_l_operateur
from cls_platform.socle.feuilles import empreinte_publique
from cls_platform.socle.navigation import Entree

register = template.Library()

TONS_DES_MESSAGES = {
    "debug": "info",
    "success": "succes",
    "warning": "attention",
    "error": "danger",
}


@register.simple_tag
def charte() -> Charte:
    """`{% charte as charte %}` : nom, courriel, adresses du thème et du logo de l’opérateur."""
    return charte_de_l_operateur()


@register.simple_tag
def feuille_publique() -> str:
    """L’adresse de la feuille unique du site public."""
    return f"{reverse('socle:feuille_publique')}?v={empreinte_publique()}"


@register.simple_tag
def etat_d_accessibilite() -> str:
    """« non conforme », tant qu’aucun audit ne dit mieux."""
    return legal.etat_d_accessibilite()


@register.simple_tag
def icone(nom: str, classe: str = "i") -> SafeString:
    return presentation.icone(nom, classe)


@register.simple_tag
def statut(code: str, mot: str, plein: bool = False) -> SafeString:  # noqa: FBT001, FBT002  (signature d’une balise de gabarit)
    return presentation.statut(str(code), str(mot), plein=plein)


@register.simple_tag
def jauge(pourcentage: float) -> SafeString:
    return presentation.jauge(round(pourcentage))


@register.simple_tag
def avancement(pourcentage: float) -> SafeString:
    return presentation.avancement(round(pourcentage))


@register.simple_tag
def pastille(nom: object = "") -> SafeString:
    return presentation.pastille(str(nom or ""))


@register.simple_tag
def menu_de_filtre(libelle: str, choix: Iterable[Entree]) -> SafeString:
    return presentation.menu_de_filtre(libelle, choix)


@register.simple_tag
def liste_d_onglets(entrees: Iterable[Entree]) -> SafeString:
    return presentation.onglets(entrees)


@register.simple_tag
def entrees_du_rail(entrees: Iterable[Entree]) -> SafeString:
    return presentation.entrees_du_rail(entrees)


@register.simple_tag
def puces_de(actifs: Sequence[Entree], absences: Sequence[Entree]) -> SafeString:
    return presentation.puces(actifs or (), absences or ())


@register.simple_tag
def signe_de_statut(code: str) -> SafeString:
    """La forme seule, quand le mot est écrit à côté."""
    return presentation.icone(f"st-{code}", "forme")


@register.simple_tag(takes_context=True)
def bouton_du_champ(context: Context) -> SafeString:
    """Le bouton de `composants/enplace.html`, d’après les paramètres de ce composant."""
    return presentation.bouton_en_place(
        context["nom"],
        context["valeur"],
        context["adresse"],
        manque=str(context.get("manque") or ""),
        lien=str(context.get("lien") or ""),
        multiligne=bool(context.get("multiligne")),
    )


@register.simple_tag
def ton_d_avis(niveau: str) -> str:
    """Le ton d’un avis, ou celui du niveau d’un message de Django."""
    return TONS_DES_MESSAGES.get(niveau, niveau)


@register.simple_tag
def pages_de(page: Page) -> list[int | None]:
    """Les numéros à montrer : la première, la dernière, les voisines ; None pour un saut."""
    paginateur = page.paginator
    numeros = paginateur.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [numero if isinstance(numero, int) else None for numero in numeros]


@register.simple_tag(takes_context=True)
def url_avec(context: Context, **changements: object) -> str:
    """L’adresse de la page avec d’autres paramètres ; None ou vide retire le paramètre.

    La page de résultats retombe à la première dès qu’un filtre change.
    """
    parametres: QueryDict = context["request"].GET.copy()
    if "page" not in changements:
        parametres.pop("page", None)
    for nom, valeur in changements.items():
        parametres.pop(nom, None)
        if valeur not in (None, ""):
            parametres[nom] = str(valeur)
    requete = parametres.urlencode()
    return f"?{requete}" if requete else context["request"].path
